// What a change of the catalogue does to the images that are released.
#pragma once

#include "workspace/effect.h"

#include <span>
#include <string>
#include <vector>

namespace runner::workspace {

/// A mark that an image gets or loses.
struct MarkChange
{
    std::string name; ///< "deprecated", "polished", "rc" (a release candidate) or "unlisted" (not in the table).
    bool set = false; ///< Else it is cleared.

    bool operator==(const MarkChange &) const = default;
};

/// What happens to a released image on one platform, or to a version that the table lists without an image.
struct ReleaseChange
{
    ImageChange::Kind kind = ImageChange::Kind::Added; ///< Never Retagged.
    std::string image;                                 ///< Its name for all platforms.
    std::string platform;
    bool released = true;          ///< There is an image.
    bool wasDeprecated = false;    ///< Before the change; false for an added one.
    std::vector<MarkChange> marks; ///< Those that differ; of an added image those it has.
    ArgumentChange original;       ///< The backend's version as released, where it differs; else without a name.

    bool operator==(const ReleaseChange &) const = default;
};

/// Compares the released images of two states of a pack centre. In the catalogue's order, removed images behind the
/// others, and what has no image behind these; platforms of one image that share a fate follow each other.
std::vector<ReleaseChange> releaseEffectOf(const Workspace &before, const Workspace &after);

/// The platforms of one image to which the same happens, whether they were deprecated or not.
using ReleaseFate = std::span<const ReleaseChange>;

/// What releaseEffectOf() has given, fate by fate. The changes must outlive it.
std::vector<ReleaseFate> fatesOf(const std::vector<ReleaseChange> &changes);

} // namespace runner::workspace
