// Whether new images would get names that are taken, or that nobody could take apart. Private to this folder.
#pragma once

#include "onboard/fieldcheck.h"
#include "workspace/effect.h"

#include <string>
#include <vector>

namespace runner::onboard {

/// A new image's parts.
struct NewTag
{
    std::string field; ///< That a clash is told at.
    std::string backend;
    std::string backendVersion; ///< Full.
    std::string variant;
    std::string service;
    std::string serviceVersion;
};

/// Tells tags that a rule or a released image has already, that two of them share, that are too long, and that read
/// back as other parts than they were made of.
void checkTags(FieldCheck &check, const workspace::Workspace &centre, const std::vector<NewTag> &tags);

} // namespace runner::onboard
