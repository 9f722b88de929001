// Byte offsets of UTF-8 text as lines and columns.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace runner::text {

/// A half-open range of bytes.
struct ByteRange
{
    std::size_t begin = 0;
    std::size_t end = 0;

    std::size_t size() const { return end - begin; }
    bool operator==(const ByteRange &) const = default;
};

/// Line and column, both from 1; the column counts code points.
struct LineColumn
{
    int line = 1;
    int column = 1;

    bool operator==(const LineColumn &) const = default;
};

/// Finds the line of an offset in logarithmic time. The text must outlive the index. A line ends after "\n", "\r\n"
/// or a lone "\r".
class LineIndex
{
public:
    explicit LineIndex(std::string_view text);

    /// Offsets past the end give the position of the end.
    LineColumn at(std::size_t offset) const;
    /// Offset of the first byte of line \a line (from 1); the text's size where there is no such line.
    std::size_t lineStart(int line) const;
    int lineCount() const { return static_cast<int>(m_starts.size()); }

private:
    std::string_view m_text;
    std::vector<std::size_t> m_starts;
};

/// Offset of the first byte that is not well-formed UTF-8 (overlong forms and surrogates included), or npos.
std::size_t findInvalidUtf8(std::string_view text);

} // namespace runner::text
