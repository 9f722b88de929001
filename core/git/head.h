// What a repository has checked out.
#pragma once

#include <filesystem>
#include <string>

namespace runner::git {

/// The hash of the commit that HEAD of the repository around a folder is; empty outside of a repository and before its
/// first commit. Cheap; from any thread.
std::string headRevision(const std::filesystem::path &folder);

} // namespace runner::git
