// Base images that carry this pack centre's own names: whether they are released or made.
#pragma once

#include "check/subject.h"
#include "expand/rulejobs.h"

#include <set>
#include <string>
#include <unordered_map>

namespace runner::check {

/// A base image of a rule's stages with one of this pack centre's own names.
struct OwnBase
{
    std::string image; ///< For all platforms.
    Location where;
    std::string platform; ///< Of a name for one platform; empty for all.

    bool operator==(const OwnBase &) const = default;
};

/// Which of the wanted images exist or will exist, and for which platforms.
class KnownImages
{
public:
    KnownImages(const Subject &subject, const expand::Expansion &expansion, const std::set<std::string> &wanted);

    /// \a base must be of the wanted ones.
    void check(const OwnBase &base, const matrix::Rule &rule, Problems &problems) const;

private:
    void add(const std::string &image, const std::string &platform);

    std::unordered_map<std::string, std::set<std::string>> m_platforms;
};

} // namespace runner::check
