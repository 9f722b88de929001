// What a change of a pack centre does to the images it builds.
#pragma once

#include "expand/rulejobs.h"
#include "workspace/workspace.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace runner::workspace {

/// A build argument that differs; absent where one of the two does not give it.
struct ArgumentChange
{
    std::string name;
    std::optional<std::string> before;
    std::optional<std::string> after;

    bool operator==(const ArgumentChange &) const = default;
};

/// What happens to one image, on platforms that share the fate.
struct ImageChange
{
    enum class Kind { Added, Removed, Retagged, Changed };

    Kind kind = Kind::Added;
    std::string tag;       ///< For all platforms, without "-dev"; of a removed image the one it had.
    std::string beforeTag; ///< Of a retagged image.
    std::string backend;
    std::string service;
    std::vector<std::string> platforms;    ///< In the rule's order.
    std::optional<std::size_t> ruleBefore; ///< Indices of the rules that give it, from 0.
    std::optional<std::size_t> ruleAfter;
    /// Of a retagged or changed image, by name: what the rules give, with the values that a build sees; defaults of the
    /// Dockerfile as well where its text differs.
    std::vector<ArgumentChange> arguments;

    bool operator==(const ImageChange &) const = default;
};

/// In the order of the rules: what is left or new by its rule afterwards, removed images behind the others.
using Effect = std::vector<ImageChange>;

/// Compares the images of all rules and services. A rule that was changed is found again by its place among those that
/// were not, so that another version is a retagged image, not a removed and an added one.
Effect effectOf(const Workspace &before, const Workspace &after);

/// The same with the expansions at hand: those of releaseExpansion(). What both share is not looked at.
Effect effectOf(const Workspace &before, const expand::Expansion &expansionBefore, const Workspace &after,
                const expand::Expansion &expansionAfter);

/// How what effectOf() compares is expanded: all services, for release.
const expand::Options &releaseOptions();
expand::Expansion releaseExpansion(const Workspace &workspace);

/// "added", "removed", "retagged" or "changed".
const char *kindName(ImageChange::Kind kind);

} // namespace runner::workspace
