// Where lines begin and end around a byte of a text. A line ends with "\n", "\r\n" or a lone "\r".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace runner::text {

/// The first byte of the line that holds \a offset.
std::size_t lineBegin(std::string_view text, std::size_t offset);

/// Where that line's end-of-line begins; the text's size for a last line without one.
std::size_t lineEnd(std::string_view text, std::size_t offset);

/// The first byte of the next line; the text's size where there is none.
std::size_t nextLine(std::string_view text, std::size_t offset);

/// Blanks and tabs only between begin and end of the line that holds \a offset.
bool isBlankLine(std::string_view text, std::size_t offset);

/// Offset of the line's first character that is no blank or tab; the line's end where there is none.
std::size_t lineContent(std::string_view text, std::size_t offset);

/// What most lines of the text end with; "\n" for a text of one line.
std::string usualLineEnd(std::string_view text);

} // namespace runner::text
