#include "check/convention/commandchain.h"

#include <algorithm>
#include <array>

namespace runner::check::convention {

namespace {

constexpr std::string_view space = " \t\r\n";

bool isBlank(char c)
{
    return space.find(c) != std::string_view::npos;
}

class ChainReader
{
public:
    ChainReader(std::string_view text, char escape)
        : m_text(text)
        , m_escape(escape)
    {
    }

    CommandChain run()
    {
        skipWord();
        while (skipGap(), m_text.substr(m_at, 2) == "--")
            skipWord();
        m_chain.begin = m_at;
        while (m_at < m_text.size())
            step();
        m_chain.plain = m_chain.plain && m_depth == 0 && m_tests == 0;
        return std::move(m_chain);
    }

private:
    char peek(std::size_t ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0'; }
    bool nextIs(std::string_view what) const { return m_text.substr(m_at, what.size()) == what; }
    bool startsWord() const { return m_at == 0 || isBlank(m_text[m_at - 1]); }

    // Past a continuation: the escape, blanks, the line end.
    bool skipContinuation()
    {
        if (peek() != m_escape)
            return false;
        const std::size_t end = m_text.find_first_not_of(" \t\r", m_at + 1);
        if (end == std::string_view::npos || m_text[end] != '\n')
            return false;
        m_at = end + 1;
        m_lineStart = true;
        return true;
    }

    bool skipComment()
    {
        if (!m_lineStart)
            return false;
        m_lineStart = false;
        const std::size_t first = m_text.find_first_not_of(" \t", m_at);
        if (first == std::string_view::npos || m_text[first] != '#')
            return false;
        m_chain.plain = false;
        m_at = std::min(m_text.find('\n', first), m_text.size() - 1) + 1;
        m_lineStart = true;
        return true;
    }

    void skipGap()
    {
        while (m_at < m_text.size()) {
            if (skipComment() || skipContinuation())
                continue;
            if (!isBlank(peek()))
                return;
            m_lineStart = peek() == '\n';
            ++m_at;
        }
    }

    void skipWord()
    {
        while (m_at < m_text.size() && !isBlank(peek()))
            if (!skipQuoted())
                ++m_at;
    }

    bool skipQuoted()
    {
        const char quote = peek();
        if (quote != '"' && quote != '\'')
            return false;
        for (++m_at; m_at < m_text.size() && m_text[m_at] != quote; ++m_at) {
            if (quote == '"' && m_text[m_at] == '\\')
                ++m_at;
        }
        m_at = std::min(m_at + 1, m_text.size());
        return true;
    }

    void step()
    {
        if (skipComment() || skipContinuation() || skipQuoted())
            return;
        if (peek() == '\\') {
            m_at = std::min(m_at + 2, m_text.size());
            return;
        }
        if (peek() == '\n')
            m_lineStart = true;
        readOperator();
    }

    void readOperator()
    {
        if (nextIs("&&")) {
            if (m_depth == 0 && m_tests == 0)
                m_chain.joints.push_back(m_at);
            m_at += 2;
            return;
        }
        if (nextIs("[[") && startsWord())
            ++m_tests;
        else if (nextIs("]]") && m_tests > 0)
            --m_tests;
        const char c = peek();
        const bool subshell = c == '(' && m_depth == 0 && m_tests == 0 && startsWord() && peek(1) != '(';
        m_chain.plain = m_chain.plain && !subshell;
        m_depth += c == '(' && !subshell ? 1 : 0;
        m_depth -= c == ')' && m_depth > 0 ? 1 : 0;
        const bool redirection = c == '&' && (peek(1) == '>' || (m_at > 0 && m_text[m_at - 1] == '>'));
        if (nextIs("||") || nextIs("<<") || c == ';' || c == '`' || (c == '&' && !redirection)
            || ((c == '#' || c == '!') && startsWord()))
            m_chain.plain = false;
        ++m_at;
    }

    std::string_view m_text;
    char m_escape;
    std::size_t m_at = 0;
    int m_depth = 0;
    int m_tests = 0;
    bool m_lineStart = false;
    CommandChain m_chain;
};

// Without the blanks and continuations around it.
std::string_view stripped(std::string_view text, char escape)
{
    for (;;) {
        const std::size_t begin = text.find_first_not_of(space);
        if (begin == std::string_view::npos)
            return {};
        const std::size_t end = text.find_last_not_of(space);
        const bool lineFollows = text.find('\n', end) != std::string_view::npos;
        const bool gapInFront = text[begin] == escape && begin + 1 < text.size() && isBlank(text[begin + 1]);
        if (gapInFront)
            text.remove_prefix(begin + 1);
        else if (text[end] == escape && lineFollows)
            text = text.substr(0, end);
        else
            return text.substr(begin, end + 1 - begin);
    }
}

// Whether what it does holds for the commands behind it, so that it is not the same on a line of its own.
bool changesShell(std::string_view command)
{
    constexpr std::array<std::string_view, 7> words{"exec", "exit", "return", "set", "shopt", "trap", "unset"};
    const std::string_view first = command.substr(0, command.find_first_of(space));
    return std::find(words.begin(), words.end(), first) != words.end();
}

} // namespace

CommandChain readChain(std::string_view text, char escape)
{
    return ChainReader(text, escape).run();
}

std::string asLines(std::string_view text, const CommandChain &chain, char escape, const std::string &lineEnd)
{
    if (!chain.plain || escape != '\\' || chain.joints.empty())
        return {};
    std::string lines;
    std::size_t begin = chain.begin;
    for (std::size_t i = 0; i <= chain.joints.size(); ++i) {
        const std::size_t end = i < chain.joints.size() ? chain.joints[i] : text.size();
        const std::string_view command = stripped(text.substr(begin, end - begin), escape);
        if (command.empty() || changesShell(command))
            return {};
        lines += "    " + std::string(command) + lineEnd;
        begin = end + 2;
    }
    return lines;
}

} // namespace runner::check::convention
