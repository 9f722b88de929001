// How the parts of a job become its tags.
#pragma once

#include "expand/plan.h"

#include <string>
#include <vector>

namespace runner::expand {

struct TagSet
{
    std::string platformTag;
    std::string tag;
    std::vector<std::string> cacheTags; ///< Most specific first, each once.
};

/// The first \a count dotted parts: "8.2.rc1" gives "8.2"; a version with fewer parts stays as it is.
std::string firstParts(const std::string &version, int count);

/// Tags of a service's job; "-dev" on the tag unless for release.
TagSet serviceTags(const Job &job, bool forRelease);

/// Tags of the runtime image: BACKEND VERSION EXTRA [-VARIANT] -pythonVERSION, never "-dev".
TagSet runtimeTags(const Job &job, const std::string &versionExtra, const std::string &pythonVersion);

/// "ubuntu-22.04", with "-arm" for linux/arm64 and the profile's name unless it is "normal".
std::string runnerLabel(const std::string &platform, const std::string &profile);

} // namespace runner::expand
