#include "build/escapes.h"

#include <algorithm>

namespace runner::build {

namespace {

// Bytes of the range at \a from, then one of the final range if it is there.
std::size_t sequenceEnd(std::string_view text, std::size_t from, char last, char firstFinal)
{
    std::size_t end = from;
    while (end < text.size() && text[end] >= 0x20 && text[end] <= last)
        ++end;
    const bool final = end < text.size() && text[end] >= firstFinal && text[end] < 0x7f;
    return end + (final ? 1 : 0);
}

std::size_t stringEnd(std::string_view text)
{
    const std::size_t bell = text.find('\a');
    const std::size_t terminator = text.find("\x1b\\", 1);
    return std::min(
        {bell == text.npos ? bell : bell + 1, terminator == text.npos ? terminator : terminator + 2, text.size()});
}

} // namespace

std::size_t escapeLength(std::string_view text)
{
    if (text.empty() || text.front() != '\x1b')
        return 0;
    const char kind = text.size() > 1 ? text[1] : '\0';
    if (kind == '[')
        return sequenceEnd(text, 2, 0x3f, 0x40);
    if (kind == ']' || kind == 'P' || kind == '_' || kind == '^')
        return stringEnd(text);
    return sequenceEnd(text, 1, 0x2f, 0x30); // "(B" chooses a character set
}

VisibleText::VisibleText(std::string_view line)
{
    std::size_t at = 0;
    while (at < line.size()) {
        const std::size_t escape = std::min(line.find('\x1b', at), line.size());
        if (escape > at) {
            m_pieces.emplace_back(m_text.size(), at);
            m_text += line.substr(at, escape - at);
        }
        at = escape + escapeLength(line.substr(escape));
    }
}

std::size_t VisibleText::inLine(std::size_t place) const
{
    const auto next = std::upper_bound(m_pieces.begin(), m_pieces.end(), place,
                                       [](std::size_t wanted, const auto &piece) { return wanted < piece.first; });
    if (next == m_pieces.begin())
        return place;
    const auto &[inText, begin] = *std::prev(next);
    return begin + (place - inText);
}

} // namespace runner::build
