// Physical lines of a Dockerfile, and the logical line that continuation makes of several.
#pragma once

#include "text/position.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace runner::dockerfile {

/// A line ends after "\n" alone, as BuildKit counts; carriage returns before it belong to the line end.
struct Line
{
    text::ByteRange content; ///< Without the line end.
    std::size_t end = 0;     ///< Past the line end.
    int number = 0;          ///< From 1.
};

/// Gives the lines of a text in order. The text must outlive it.
class LineCursor
{
public:
    explicit LineCursor(std::string_view text)
        : m_text(text)
    {
    }

    std::optional<Line> next();
    /// Goes on after \a line.
    void continueAfter(const Line &line);
    std::string_view contentOf(const Line &line) const;

private:
    std::string_view m_text;
    std::size_t m_at = 0;
    int m_number = 0;
};

/// Text joined from several places of a file, which still knows where each byte came from.
class LogicalLine
{
public:
    void append(std::string_view text, std::size_t sourceOffset);
    std::string_view text() const { return m_text; }
    /// Where the byte at \a offset stands in the file; past the end: right after the last byte.
    std::size_t sourceOffset(std::size_t offset) const;
    /// The range in the file of a range of this line that is not empty.
    text::ByteRange sourceRange(std::size_t begin, std::size_t end) const;

private:
    struct Part
    {
        std::size_t begin;  // in m_text
        std::size_t source; // in the file
    };

    std::string m_text;
    std::vector<Part> m_parts;
};

/// Whether the line goes on; \a content then loses the escape and the blanks after it.
bool takeContinuation(std::string_view &content, char escape);

} // namespace runner::dockerfile
