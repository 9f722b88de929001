#include "support/textpool.h"

#include <algorithm>
#include <cstring>

namespace runner::ui {

std::string lowered(std::string_view text)
{
    std::string result(text);
    for (char &c : result) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

void TextPool::add(std::string_view text)
{
    m_starts.push_back(m_buffer.size());
    m_buffer += lowered(text);
    std::replace(m_buffer.begin() + static_cast<std::ptrdiff_t>(m_starts.back()), m_buffer.end(), '\n', ' ');
    m_buffer += '\n';
}

void TextPool::reserve(std::size_t texts, std::size_t bytes)
{
    m_starts.reserve(texts);
    m_buffer.reserve(bytes);
}

std::string_view TextPool::at(std::size_t index) const
{
    const std::size_t end = index + 1 < m_starts.size() ? m_starts[index + 1] : m_buffer.size();
    return std::string_view(m_buffer).substr(m_starts[index], end - m_starts[index] - 1);
}

bool TextPool::contains(std::size_t index, std::string_view word) const
{
    const std::string_view text = at(index);
    return memmem(text.data(), text.size(), word.data(), word.size()) != nullptr;
}

void TextPool::find(std::string_view word, std::vector<std::uint8_t> &hits) const
{
    std::fill(hits.begin(), hits.end(), std::uint8_t{0});
    const char *begin = m_buffer.data();
    const char *end = begin + m_buffer.size();
    auto next = m_starts.begin();
    for (const char *at = begin; at < end;) {
        const auto *hit =
            static_cast<const char *>(memmem(at, static_cast<std::size_t>(end - at), word.data(), word.size()));
        if (!hit)
            return;
        const auto place = static_cast<std::size_t>(hit - begin);
        while (next != m_starts.end() && *next <= place) // All steps together are one per text.
            ++next;
        hits[static_cast<std::size_t>(next - m_starts.begin()) - 1] = 1;
        at = next == m_starts.end() ? end : begin + *next; // One hit is enough for a text.
    }
}

} // namespace runner::ui
