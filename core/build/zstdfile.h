// Files compressed with Zstandard.
#pragma once

#include "diagnostics/problem.h"

#include <filesystem>
#include <functional>
#include <string_view>

namespace runner::build {

/// Compresses \a from into \a to, which appears when it is whole and on the disk. \a from stays. Errors:
/// file-unreadable, file-unwritable.
Result<bool> compressFile(const std::filesystem::path &from, const std::filesystem::path &to);

/// Calls \a use with the decompressed bytes, in pieces, until it returns false. Error: file-unreadable, also where the
/// file is broken or cut; what was good has been given by then.
Result<bool> readCompressed(const std::filesystem::path &file, const std::function<bool(std::string_view)> &use);

} // namespace runner::build
