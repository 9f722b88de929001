#include "text/position.h"

#include <algorithm>

namespace runner::text {

LineIndex::LineIndex(std::string_view text)
    : m_text(text)
{
    m_starts.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool loneReturn = text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n');
        if (text[i] == '\n' || loneReturn)
            m_starts.push_back(i + 1);
    }
}

LineColumn LineIndex::at(std::size_t offset) const
{
    offset = std::min(offset, m_text.size());
    const auto next = std::upper_bound(m_starts.begin(), m_starts.end(), offset);
    const std::size_t start = *(next - 1);
    int column = 1;
    for (std::size_t i = start; i < offset; ++i)
        column += (static_cast<unsigned char>(m_text[i]) & 0xC0U) != 0x80U ? 1 : 0;
    return {static_cast<int>(next - m_starts.begin()), column};
}

std::size_t LineIndex::lineStart(int line) const
{
    if (line < 1)
        return 0;
    const auto index = static_cast<std::size_t>(line) - 1;
    return index < m_starts.size() ? m_starts[index] : m_text.size();
}

namespace {

// Length of the well-formed sequence at i (RFC 3629, table in section 4), 0 where there is none.
std::size_t sequenceLength(std::string_view text, std::size_t i)
{
    const auto byte = [&](std::size_t at) -> unsigned {
        return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
    };
    const auto tail = [&](std::size_t at, unsigned low = 0x80U, unsigned high = 0xBFU) {
        return byte(at) >= low && byte(at) <= high;
    };
    const unsigned lead = byte(i);
    if (lead < 0x80U)
        return 1;
    if (lead >= 0xC2U && lead <= 0xDFU)
        return tail(i + 1) ? 2 : 0;
    if (lead >= 0xE0U && lead <= 0xEFU) {
        const unsigned low = lead == 0xE0U ? 0xA0U : 0x80U;
        const unsigned high = lead == 0xEDU ? 0x9FU : 0xBFU;
        return tail(i + 1, low, high) && tail(i + 2) ? 3 : 0;
    }
    if (lead >= 0xF0U && lead <= 0xF4U) {
        const unsigned low = lead == 0xF0U ? 0x90U : 0x80U;
        const unsigned high = lead == 0xF4U ? 0x8FU : 0xBFU;
        return tail(i + 1, low, high) && tail(i + 2) && tail(i + 3) ? 4 : 0;
    }
    return 0;
}

} // namespace

std::size_t findInvalidUtf8(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = sequenceLength(text, i);
        if (length == 0)
            return i;
        i += length;
    }
    return std::string_view::npos;
}

} // namespace runner::text
