// Reading a file that somebody else wrote, with every way it can fail told apart.
#pragma once

#include "diagnostics/problem.h"

#include <cstddef>
#include <filesystem>
#include <string>

namespace runner::text {

/// Bytes of a text file as UTF-8, without the byte-order mark.
struct TextFile
{
    std::string text;
    bool hasByteOrderMark = false;
};

/// Reads a regular file of at most \a limit bytes (also through a symlink).
/// \a shownName is the name that problems carry. Never blocks on a FIFO or device.
/// Errors: file-missing, file-not-regular, file-unreadable, file-too-large, file-binary (with the position of the
/// first NUL byte), file-not-utf8 (with the position of the first bad byte).
Result<TextFile> readTextFile(const std::filesystem::path &path, const std::string &shownName, std::size_t limit);

/// The same checks for bytes that are in memory already.
Result<TextFile> decodeText(std::string bytes, const std::string &shownName);

} // namespace runner::text
