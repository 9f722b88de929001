// What a repository has checked out.
#pragma once

#include <filesystem>
#include <string>

struct git_repository;

namespace runner::git {

struct Library;

/// The hash of the commit that HEAD of the repository around a folder is; empty outside of a repository and before its
/// first commit. Cheap; from any thread.
std::string headRevision(const std::filesystem::path &folder);

/// The same of a repository that is open.
std::string headRevision(const Library &git, git_repository &repository);

} // namespace runner::git
