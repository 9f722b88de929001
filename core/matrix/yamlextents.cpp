#include "matrix/yamlextents.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace runner::matrix {

namespace {

using Kind = YamlNode::Kind;
using Style = YamlNode::Style;

bool isBreak(char c)
{
    return c == '\n' || c == '\r';
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

class ExtentFinder
{
public:
    explicit ExtentFinder(const std::string &text)
        : m_text(text)
    {
    }

    void find(YamlNode &node)
    {
        node.begin = std::min(node.offset, m_text.size());
        const std::size_t content = skipProperties(node.begin);
        node.tagged = content != node.begin;
        switch (node.kind) {
        case Kind::Null:
            node.end = node.begin;
            break;
        case Kind::Alias:
            node.end = endOfWord(node.begin);
            break;
        case Kind::Scalar:
            findScalar(node, content);
            break;
        case Kind::Sequence:
            findCollection(node, content, '[', ']');
            break;
        case Kind::Map:
            findCollection(node, content, '{', '}');
            break;
        }
    }

    std::optional<std::size_t> unclosedQuote() const { return m_unclosed; }

private:
    char at(std::size_t index) const { return index < m_text.size() ? m_text[index] : '\0'; }

    // Behind "&anchor" and "!tag".
    std::size_t skipProperties(std::size_t offset) const
    {
        std::size_t here = offset;
        while (at(here) == '&' || at(here) == '!')
            here = skipBlanksAndComments(m_text, endOfWord(here));
        return here;
    }

    std::size_t endOfWord(std::size_t here) const
    {
        while (here < m_text.size() && !isBlank(m_text[here]) && !isBreak(m_text[here])
               && std::string_view(",[]{}").find(m_text[here]) == std::string_view::npos)
            ++here;
        return here;
    }

    void findScalar(YamlNode &node, std::size_t content)
    {
        switch (at(content)) {
        case '"':
            node.style = Style::DoubleQuoted;
            findQuoted(node, content, '"');
            break;
        case '\'':
            node.style = Style::SingleQuoted;
            findQuoted(node, content, '\'');
            break;
        case '|':
        case '>':
            node.style = Style::BlockText;
            node.end = endOfBlockText(content);
            break;
        default:
            node.style = Style::Plain;
            node.end = endOfPlain(content, node.text);
        }
    }

    // yaml-cpp takes the end of the text for a quote that is missing.
    void findQuoted(YamlNode &node, std::size_t open, char quote)
    {
        const std::size_t end = endOfQuoted(open, quote);
        if (end == std::string::npos)
            m_unclosed = open;
        node.end = std::min(end, m_text.size());
    }

    std::size_t endOfQuoted(std::size_t open, char quote) const
    {
        for (std::size_t i = open + 1; i < m_text.size(); ++i) {
            const bool isEscape = quote == '"' && m_text[i] == '\\';
            if (isEscape || (quote == '\'' && m_text[i] == quote && at(i + 1) == quote))
                ++i;
            else if (m_text[i] == quote)
                return i + 1;
        }
        return std::string::npos;
    }

    // A plain scalar's text is its value but for line ends, which may be folded into blanks.
    std::size_t endOfPlain(std::size_t content, const std::string &value) const
    {
        std::size_t here = content;
        for (const char c : value) {
            if (isBlank(c) || isBreak(c)) {
                while (isBlank(at(here)) || isBreak(at(here)))
                    ++here;
            } else {
                while (isBlank(at(here)) || isBreak(at(here)))
                    ++here;
                ++here;
            }
        }
        return std::min(here, m_text.size());
    }

    std::size_t endOfLine(std::size_t here) const
    {
        return std::min(m_text.find_first_of("\r\n", here), m_text.size());
    }

    std::size_t afterLine(std::size_t here) const
    {
        const std::size_t end = endOfLine(here);
        return std::min(end + (at(end) == '\r' && at(end + 1) == '\n' ? 2U : 1U), m_text.size());
    }

    std::size_t indentation(std::size_t lineStart) const
    {
        return std::min(m_text.find_first_not_of(' ', lineStart), m_text.size()) - lineStart;
    }

    // The header's line and all lines that are blank or indented as far as the first one.
    std::size_t endOfBlockText(std::size_t header) const
    {
        const bool keep = m_text.find('+', header) < endOfLine(header);
        std::size_t end = endOfLine(header);
        std::size_t wanted = 0;
        for (std::size_t line = afterLine(header); line < m_text.size(); line = afterLine(line)) {
            const std::size_t indent = indentation(line);
            const bool blank = line + indent >= endOfLine(line);
            if (!blank && wanted == 0)
                wanted = std::max<std::size_t>(indent, 1);
            if (!blank && indent < wanted)
                break;
            if (!blank || keep)
                end = endOfLine(line);
        }
        return end;
    }

    void findCollection(YamlNode &node, std::size_t content, char open, char close) const
    {
        const bool flow = at(content) == open && node.style == Style::Flow;
        std::size_t last = flow ? content + 1 : content;
        if (node.kind == Kind::Sequence)
            last = placeItems(node, last, flow);
        else
            last = placeEntries(node, last);
        node.end = flow ? closing(last, close) : last;
    }

    std::size_t closing(std::size_t from, char close) const
    {
        std::size_t here = skipBlanksAndComments(m_text, from);
        while (at(here) == ',')
            here = skipBlanksAndComments(m_text, here + 1);
        return at(here) == close ? here + 1 : std::min(from, m_text.size());
    }

    std::size_t placeItems(YamlNode &node, std::size_t last, bool flow) const
    {
        for (const YamlNode *item : node.items) {
            if (item->kind == Kind::Null) {
                const std::size_t dash = skipBlanksAndComments(m_text, last);
                placeNull(const_cast<YamlNode &>(*item), flow ? item->begin : at(dash) == '-' ? dash + 1 : last);
            }
            last = std::max(last, item->end);
        }
        return last;
    }

    std::size_t placeEntries(YamlNode &node, std::size_t last) const
    {
        for (const auto &[key, value] : node.entries) {
            last = std::max(last, key->end);
            if (value->kind == Kind::Null) {
                const std::size_t colon = skipBlanksAndComments(m_text, key->end);
                placeNull(const_cast<YamlNode &>(*value), at(colon) == ':' ? colon + 1 : key->end);
            }
            last = std::max(last, value->end);
        }
        return last;
    }

    // A null stands either behind its colon or dash, or it is not written at all.
    void placeNull(YamlNode &node, std::size_t place) const
    {
        constexpr std::array<std::string_view, 4> words{"~", "null", "Null", "NULL"};
        node.begin = node.end = place;
        const std::size_t here = skipProperties(skipBlanksAndComments(m_text, place));
        for (const std::string_view word : words) {
            if (m_text.compare(here, word.size(), word) != 0 || node.offset > here || node.offset < place)
                continue;
            const std::size_t after = here + word.size();
            const std::size_t next = std::min(m_text.find_first_not_of(" \t", after), m_text.size());
            if (at(next) != ':' && endOfWord(here) == after) {
                node.begin = node.offset;
                node.end = after;
                node.style = Style::Plain;
            }
        }
    }

    const std::string &m_text;
    std::optional<std::size_t> m_unclosed;
};

} // namespace

std::size_t skipBlanksAndComments(const std::string &text, std::size_t at)
{
    while (at < text.size()) {
        if (isBlank(text[at]) || isBreak(text[at]))
            ++at;
        else if (text[at] == '#' && (at == 0 || isBlank(text[at - 1]) || isBreak(text[at - 1])))
            at = std::min(text.find_first_of("\r\n", at), text.size());
        else
            break;
    }
    return at;
}

std::optional<std::size_t> findExtents(const std::string &text, YamlTree &tree)
{
    ExtentFinder finder(text);
    // Children come after their parents, and a collection's end is that of its last child.
    for (auto node = tree.nodes.rbegin(); node != tree.nodes.rend(); ++node)
        finder.find(*node);
    return finder.unclosedQuote();
}

} // namespace runner::matrix
