#include "dockerfile/lines.h"

#include <algorithm>

namespace runner::dockerfile {

std::optional<Line> LineCursor::next()
{
    if (m_at >= m_text.size())
        return std::nullopt;
    const std::size_t feed = m_text.find('\n', m_at);
    Line line;
    line.end = feed == std::string_view::npos ? m_text.size() : feed + 1;
    line.content = {m_at, feed == std::string_view::npos ? m_text.size() : feed};
    while (line.content.end > line.content.begin && m_text[line.content.end - 1] == '\r')
        --line.content.end;
    line.number = ++m_number;
    m_at = line.end;
    return line;
}

void LineCursor::continueAfter(const Line &line)
{
    m_at = line.end;
    m_number = line.number;
}

std::string_view LineCursor::contentOf(const Line &line) const
{
    return m_text.substr(line.content.begin, line.content.size());
}

void LogicalLine::append(std::string_view text, std::size_t sourceOffset)
{
    m_parts.push_back({m_text.size(), sourceOffset});
    m_text += text;
}

std::size_t LogicalLine::sourceOffset(std::size_t offset) const
{
    if (m_parts.empty())
        return 0;
    offset = std::min(offset, m_text.size());
    const auto next = std::upper_bound(m_parts.begin(), m_parts.end(), offset,
                                       [](std::size_t at, const Part &part) { return at < part.begin; });
    const Part &part = next == m_parts.begin() ? m_parts.front() : *(next - 1);
    return part.source + (offset - part.begin);
}

text::ByteRange LogicalLine::sourceRange(std::size_t begin, std::size_t end) const
{
    return {sourceOffset(begin), end > begin ? sourceOffset(end - 1) + 1 : sourceOffset(begin)};
}

// An escape that another escape stands before does not continue the line.
bool takeContinuation(std::string_view &content, char escape)
{
    const std::size_t last = content.find_last_not_of(" \t");
    if (last == std::string_view::npos || content[last] != escape)
        return false;
    if (last > 0 && content[last - 1] == escape)
        return false;
    content = content.substr(0, last);
    return true;
}

} // namespace runner::dockerfile
