// Text out of files, made safe for a terminal.
#pragma once

#include "matrix/matrix.h"

#include <string>
#include <string_view>

namespace runner::ctl {

/// Control characters, line breaks, bidirectional overrides and bytes that are not UTF-8 as "\n", "\x1b", "\u202e";
/// everything else as it is. Always one line.
std::string printable(std::string_view text);

/// The same for a line of a log, whose tabs stay: what make and tables print stands in columns.
std::string printableLine(std::string_view line);

/// How many columns the text takes, one per code point.
std::size_t columnsOf(std::string_view text);

/// The matrix with every text that a support table shows made printable.
matrix::Matrix printable(matrix::Matrix matrix);

} // namespace runner::ctl
