// Which revision of the pack centre a build was made of.
#pragma once

#include <filesystem>
#include <string>

namespace runner::build {

struct GitState
{
    std::string revision; ///< The commit's hash; empty outside of a repository and before its first commit.
    bool dirty = false;   ///< Files differ from the commit, untracked ones included.

    bool operator==(const GitState &) const = default;
};

/// Of the repository around a folder. Never fails: what is not known stays empty.
GitState gitState(const std::filesystem::path &folder);

} // namespace runner::build
