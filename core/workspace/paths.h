// Which names and paths of a workspace may be followed.
#pragma once

#include "diagnostics/problem.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace runner::workspace {

/// [A-Za-z0-9][A-Za-z0-9_-]*: a backend or service that can name a folder or the end of a file's name.
bool isSafeName(std::string_view name);

/// [A-Za-z0-9][A-Za-z0-9._-]*: one component of a path, never "." or "..".
bool isSafeComponent(std::string_view name);

/// Something of that name is there, be it a symlink that leads nowhere.
bool isPresent(const std::filesystem::path &path);

/// No symlink on the way leads out of \a root. A path whose target is unknown counts as inside.
bool isInside(const std::filesystem::path &root, const std::filesystem::path &path);

/// Reads a text file of the workspace by its path relative to \a root. Errors: path-outside-workspace where a symlink
/// leads out of the root, and those of text::readTextFile.
Result<std::string> readInside(const std::filesystem::path &root, const std::string &relative, std::size_t limit);

} // namespace runner::workspace
