#include "dockerfile/wordcollector.h"

#include "dockerfile/characters.h"

#include <utility>

namespace runner::dockerfile {

void WordCollector::addSplitting(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const CodePoint point = codePointAt(text, i);
        if (!isSpace(point.value)) {
            addWhole(text.substr(i, point.size));
        } else if (m_inWord && !m_current.empty()) {
            m_words.push_back(std::exchange(m_current, {}));
            m_inWord = false;
        }
        i += point.size;
    }
}

void WordCollector::addWhole(std::string_view text)
{
    m_current += text;
    m_inWord = true;
}

std::vector<std::string> WordCollector::take()
{
    if (!m_current.empty())
        m_words.push_back(std::exchange(m_current, {}));
    m_inWord = false;
    return std::exchange(m_words, {});
}

} // namespace runner::dockerfile
