// What is there below a folder that a build may take files from.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace runner::check::convention {

enum class Presence {
    Missing,
    Present,
    Unknown, ///< Too much to look at, or a symlink leads out of the workspace.
};

/// Whether a source of COPY is there: a path below \a folder, in which "*", "?" and "[…]" match as in a shell but for
/// "/". ".." ends at the folder itself, as in a build. Never looks outside \a root.
/// \a budget: how many entries of folders may still be looked at; what was is taken off.
Presence lookFor(const std::filesystem::path &root, const std::filesystem::path &folder, std::string_view source,
                 std::size_t &budget);

/// Whether the source holds a pattern.
bool isPattern(std::string_view source);

} // namespace runner::check::convention
