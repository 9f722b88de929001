#include "catalog/tablelayout.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace runner::catalog {

namespace {

constexpr const char *styleOff = "\x1b[0m";

// The first code point of a text and its length in bytes; a bad byte counts as one character.
std::pair<char32_t, std::size_t> firstCharacter(std::string_view text)
{
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead >= 0xF0U ? 4 : lead >= 0xE0U ? 3 : lead >= 0xC0U ? 2 : 1;
    if (length == 1 || length > text.size())
        return {lead, 1};
    char32_t code = lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i)
        code = (code << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
    return {code, length};
}

int characterWidth(char32_t code)
{
    constexpr std::array<std::pair<char32_t, char32_t>, 5> combining{
        {{0x300, 0x36F}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}}};
    constexpr std::array<std::pair<char32_t, char32_t>, 9> wide{{{0x1100, 0x115F},
                                                                 {0x2E80, 0xA4CF},
                                                                 {0xAC00, 0xD7A3},
                                                                 {0xF900, 0xFAFF},
                                                                 {0xFE30, 0xFE6F},
                                                                 {0xFF00, 0xFF60},
                                                                 {0xFFE0, 0xFFE6},
                                                                 {0x1F300, 0x1FAFF},
                                                                 {0x20000, 0x3FFFD}}};
    const auto contains = [code](const auto &range) { return code >= range.first && code <= range.second; };
    if (std::any_of(combining.begin(), combining.end(), contains))
        return 0;
    return std::any_of(wide.begin(), wide.end(), contains) ? 2 : 1;
}

std::string styled(const Word &word, const std::string &text)
{
    return word.styleOn.empty() ? text : word.styleOn + text + styleOff;
}

// As many characters of the text as fit, at least one.
std::string_view fittingPart(std::string_view text, int width)
{
    std::size_t end = 0;
    int used = 0;
    while (end < text.size()) {
        const auto [code, length] = firstCharacter(text.substr(end));
        used += characterWidth(code);
        if (used > width && end > 0)
            break;
        end += length;
    }
    return text.substr(0, end);
}

std::string_view withoutTrailingBlanks(std::string_view text)
{
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

// Puts words on lines; what follows a word counts without its blanks, which a line's end swallows.
class Wrapper
{
public:
    explicit Wrapper(int width)
        : m_width(std::max(width, 1))
    {
    }

    void add(const Word &word, bool isLast)
    {
        const std::string_view glue = isLast ? std::string_view() : withoutTrailingBlanks(word.glue);
        const int needed = displayWidth(word.text) + displayWidth(glue);
        const int blanks = m_line.width > 0 ? m_blanks : 0;
        if (m_line.width > 0 && m_line.width + blanks + needed > m_width)
            endLine();
        else
            append(std::string(static_cast<std::size_t>(blanks), ' '), blanks);
        addBroken(word, glue);
        m_blanks = static_cast<int>(word.glue.size() - withoutTrailingBlanks(word.glue).size());
    }

    std::vector<Line> takeLines()
    {
        if (m_line.width > 0 || m_lines.empty())
            endLine();
        return std::move(m_lines);
    }

private:
    void append(const std::string &text, int width)
    {
        m_line.text += text;
        m_line.width += width;
    }

    void endLine()
    {
        m_lines.push_back(std::move(m_line));
        m_line = {};
    }

    void addBroken(const Word &word, std::string_view glue)
    {
        std::string_view rest = word.text;
        while (m_line.width + displayWidth(rest) > m_width) {
            const std::string_view part = fittingPart(rest, m_width - m_line.width);
            append(styled(word, std::string(part)), displayWidth(part));
            rest.remove_prefix(part.size());
            if (rest.empty())
                break;
            endLine();
        }
        if (!rest.empty())
            append(styled(word, std::string(rest)), displayWidth(rest));
        if (m_line.width + displayWidth(glue) > m_width)
            endLine();
        append(std::string(glue), displayWidth(glue));
    }

    int m_width;
    int m_blanks = 0;
    Line m_line;
    std::vector<Line> m_lines;
};

} // namespace

int displayWidth(std::string_view text)
{
    int width = 0;
    while (!text.empty()) {
        const auto [code, length] = firstCharacter(text);
        width += characterWidth(code);
        text.remove_prefix(length);
    }
    return width;
}

std::vector<Line> wrap(const Words &words, int width)
{
    Wrapper wrapper(width);
    for (std::size_t i = 0; i < words.size(); ++i)
        wrapper.add(words[i], i + 1 == words.size());
    return wrapper.takeLines();
}

Words wordsOf(std::string_view text)
{
    Words words;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        if (end > begin)
            words.push_back({std::string(text.substr(begin, end - begin)), {}, " "});
        begin = end + 1;
    }
    return words;
}

int naturalWidth(const Words &words)
{
    int width = 0;
    for (std::size_t i = 0; i < words.size(); ++i)
        width += displayWidth(words[i].text) + (i + 1 < words.size() ? displayWidth(words[i].glue) : 0);
    return width;
}

int leastWidth(const Words &words)
{
    int width = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view glue = i + 1 < words.size() ? withoutTrailingBlanks(words[i].glue) : std::string_view();
        width = std::max(width, displayWidth(words[i].text) + displayWidth(glue));
    }
    return width;
}

std::vector<int> fitColumns(const std::vector<int> &least, const std::vector<int> &natural, int available)
{
    int left = available - std::accumulate(least.begin(), least.end(), 0);
    if (left < 0)
        return {};
    std::vector<int> widths = least;
    const int wish = std::accumulate(natural.begin(), natural.end(), 0) - (available - left);
    // In proportion to what each column wishes for, so that long lists get the most.
    const int shared = left;
    for (std::size_t i = 0; i < widths.size() && wish > 0; ++i) {
        const int wished = std::max(natural[i] - least[i], 0);
        const int given = std::min({wished, left, wish <= shared ? wished : wished * shared / wish});
        widths[i] += given;
        left -= given;
    }
    return widths;
}

} // namespace runner::catalog
