#include "check/convention/shellscript.h"

#include "check/convention/shellassignments.h"

#include <algorithm>

namespace runner::check::convention {

namespace {

constexpr int deepestShell = 100;

// Behind the name in "${": what to take where there is no value.
bool saysOtherwise(std::string_view rest)
{
    rest.remove_prefix(rest.starts_with(':') ? 1 : 0);
    return !rest.empty() && std::string_view("-+?=").find(rest.front()) != std::string_view::npos;
}

// Adds the use whose "$" is at \a dollar; gives where its name ends, or the place behind the "$" where it has none.
std::size_t addUse(std::string_view text, std::size_t dollar, std::vector<VariableUse> &uses)
{
    const bool braced = dollar + 1 < text.size() && text[dollar + 1] == '{';
    const std::size_t begin = dollar + (braced ? 2 : 1);
    const std::size_t end = shellNameEnd(text, begin);
    if (end == begin || (text[begin] >= '0' && text[begin] <= '9'))
        return begin;
    uses.push_back({std::string(text.substr(begin, end - begin)), dollar, braced && saysOtherwise(text.substr(end))});
    return end;
}

class ShellReader
{
public:
    explicit ShellReader(std::string_view text)
        : m_text(text)
    {
        m_script.plain = text;
    }

    ShellScript run()
    {
        while (m_at < m_text.size())
            readCommands('\0');
        return std::move(m_script);
    }

    std::vector<VariableUse> runHeredoc()
    {
        readExpanding();
        return std::move(m_script.uses);
    }

private:
    struct Pending
    {
        std::string name;
        bool quoted;
        bool stripsTabs;
    };

    char peek(std::size_t ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0'; }
    bool nextIs(std::string_view what) const { return m_text.substr(m_at, what.size()) == what; }
    bool startsWord() const
    {
        return m_at == 0 || std::string_view(" \t\r\n;&|(").find(m_text[m_at - 1]) != std::string_view::npos;
    }
    void skip(std::size_t count) { m_at = std::min(m_at + count, m_text.size()); }

    /// Whether there is still room within; else nothing more is read.
    bool enter()
    {
        if (++m_depth < deepestShell)
            return true;
        m_at = m_text.size();
        return false;
    }

    // Up to \a end, which is taken, or the end of the text.
    void readCommands(char end)
    {
        if (enter()) {
            while (m_at < m_text.size() && peek() != end)
                step();
            skip(1);
        }
        --m_depth;
    }

    void step()
    {
        const char c = peek();
        if (c == '\\')
            skip(2);
        else if (c == '\'')
            skipSingleQuoted(false);
        else if (c == '"')
            readDoubleQuoted();
        else if (c == '$')
            readDollar(false);
        else if (c == '#' && startsWord())
            skipComment();
        else if (c == '\n')
            readLineEnd();
        else if (nextIs("<<"))
            readAnnouncement();
        else
            readBracket(c);
    }

    void readBracket(char c)
    {
        if (nextIs("((")) {
            readArithmetic(2);
            return;
        }
        skip(1);
        if (c == '(')
            readCommands(')');
        else if (c == '`')
            readCommands('`');
    }

    void skipSingleQuoted(bool escapes)
    {
        for (skip(1); m_at < m_text.size() && peek() != '\''; skip(1)) {
            if (escapes && peek() == '\\')
                skip(1);
        }
        skip(1);
    }

    void readDoubleQuoted()
    {
        if (enter()) {
            skip(1);
            while (m_at < m_text.size() && peek() != '"')
                stepQuoted();
            skip(1);
        }
        --m_depth;
    }

    void stepQuoted()
    {
        if (peek() == '\\') {
            skip(2);
        } else if (peek() == '$') {
            readDollar(true);
        } else if (peek() == '`') {
            skip(1);
            readCommands('`');
        } else {
            skip(1);
        }
    }

    void readDollar(bool quoted)
    {
        if (nextIs("$((")) {
            readArithmetic(3);
        } else if (nextIs("$(")) {
            skip(2);
            readCommands(')');
        } else if (nextIs("${")) {
            readBraced(quoted);
        } else if (nextIs("$'") && !quoted) {
            skip(1);
            skipSingleQuoted(true);
        } else {
            const std::size_t end = addUse(m_text, m_at, m_script.uses);
            skip(end - m_at);
            if (m_text[m_at - 1] == '$' && peek() != '\0'
                && std::string_view("#$!?@*-").find(peek()) != std::string::npos)
                skip(1);
        }
    }

    void readBraced(bool quoted)
    {
        if (enter()) {
            skip(addUse(m_text, m_at, m_script.uses) - m_at);
            while (m_at < m_text.size() && peek() != '}') {
                if (peek() == '\'' && !quoted)
                    skipSingleQuoted(false);
                else if (peek() == '"')
                    readDoubleQuoted();
                else
                    stepQuoted();
            }
            skip(1);
        }
        --m_depth;
    }

    void readArithmetic(std::size_t opening)
    {
        if (enter()) {
            skip(opening);
            int open = 0;
            while (m_at < m_text.size() && (open > 0 || !nextIs("))"))) {
                open += peek() == '(' ? 1 : peek() == ')' ? -1 : 0;
                stepQuoted();
            }
            skip(2);
        }
        --m_depth;
    }

    void skipComment()
    {
        for (; m_at < m_text.size() && peek() != '\n'; skip(1))
            m_script.plain[m_at] = ' ';
    }

    // "<<NAME"; of "<<<" only the sign is taken.
    void readAnnouncement()
    {
        skip(2);
        if (peek() == '<') {
            skip(1);
            return;
        }
        const bool strips = peek() == '-';
        skip(strips ? 1 : 0);
        while (peek() == ' ' || peek() == '\t')
            skip(1);
        Pending heredoc{{}, false, strips};
        for (; m_at < m_text.size() && std::string_view(" \t\r\n;&|()<>").find(peek()) == std::string_view::npos;
             skip(1)) {
            const bool sign = std::string_view("'\"\\").find(peek()) != std::string_view::npos;
            heredoc.quoted = heredoc.quoted || sign;
            if (!sign)
                heredoc.name += peek();
        }
        if (!heredoc.name.empty())
            m_pending.push_back(std::move(heredoc));
    }

    void readLineEnd()
    {
        skip(1);
        std::vector<Pending> pending;
        pending.swap(m_pending);
        for (const Pending &heredoc : pending)
            readBody(heredoc);
    }

    void readBody(const Pending &heredoc)
    {
        const std::size_t begin = m_at;
        std::size_t end = begin;
        while (m_at < m_text.size()) {
            end = m_at;
            std::string_view line = m_text.substr(m_at, m_text.find('\n', m_at) - m_at);
            skip(line.size() + 1);
            line.remove_prefix(heredoc.stripsTabs ? std::min(line.find_first_not_of('\t'), line.size()) : 0);
            line.remove_suffix(line.ends_with('\r') ? 1 : 0);
            if (line == heredoc.name)
                break;
            end = m_at;
        }
        if (heredoc.quoted)
            return;
        const std::size_t after = m_at;
        const std::string_view whole = m_text;
        m_at = begin;
        m_text = whole.substr(0, end);
        readExpanding();
        m_text = whole;
        m_at = after;
    }

    void readExpanding()
    {
        while (m_at < m_text.size())
            stepQuoted();
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_depth = 0;
    std::vector<Pending> m_pending;
    ShellScript m_script;
};

} // namespace

ShellScript readShell(std::string_view text)
{
    ShellScript script = ShellReader(text).run();
    std::stable_sort(script.uses.begin(), script.uses.end(),
                     [](const VariableUse &a, const VariableUse &b) { return a.at < b.at; });
    findAssignments(script);
    return script;
}

std::vector<VariableUse> usesInHeredoc(std::string_view text)
{
    return ShellReader(text).runHeredoc();
}

std::vector<VariableUse> usesInWords(std::string_view text, char escape)
{
    std::vector<VariableUse> uses;
    bool doubled = false;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == escape) {
            at += 2;
        } else if (text[at] == '\'' && !doubled) {
            at = std::min(text.find('\'', at + 1), text.size() - 1) + 1;
        } else if (text[at] == '$') {
            at = addUse(text, at, uses);
        } else {
            doubled = doubled != (text[at] == '"');
            ++at;
        }
    }
    return uses;
}

} // namespace runner::check::convention
