// What a change of the catalogue does to the images that are released.
#pragma once

#include "workspace/effect.h"

#include <string>
#include <vector>

namespace runner::workspace {

/// A mark that an image gets or loses.
struct MarkChange
{
    std::string name; ///< "deprecated" or "polished".
    bool set = false; ///< Else it is cleared.

    bool operator==(const MarkChange &) const = default;
};

/// What happens to a released image on one platform.
struct ReleaseChange
{
    ImageChange::Kind kind = ImageChange::Kind::Added; ///< Never Retagged.
    std::string image;                                 ///< Its name for all platforms.
    std::string platform;
    bool wasDeprecated = false;    ///< Before the change; false for an added one.
    std::vector<MarkChange> marks; ///< Those that differ; of an added image those it has.
    ArgumentChange original;       ///< The backend's version as released, where it differs; else without a name.

    bool operator==(const ReleaseChange &) const = default;
};

/// Compares the released images of two states of a pack centre. In the catalogue's order, removed images behind the
/// others.
std::vector<ReleaseChange> releaseEffectOf(const Workspace &before, const Workspace &after);

} // namespace runner::workspace
