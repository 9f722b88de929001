#include "check/convention/shellassignments.h"

#include "text/ascii.h"

#include <algorithm>
#include <array>

namespace runner::check::convention {

namespace {

// Commands whose arguments are names that they give values.
bool givesValues(std::string_view command)
{
    constexpr std::array<std::string_view, 7> commands{"for",       "select",  "read",  "mapfile",
                                                       "readarray", "getopts", "printf"};
    return std::find(commands.begin(), commands.end(), command) != commands.end();
}

// Walks over the words of a script's commands.
class AssignmentReader
{
public:
    explicit AssignmentReader(ShellScript &script)
        : m_script(script)
        , m_text(script.plain)
    {
    }

    void run()
    {
        for (std::size_t at = 0; at < m_text.size();) {
            const std::size_t end = shellNameEnd(m_text, at);
            if (end > at) {
                readName(at, end);
                at = end;
                continue;
            }
            const char c = m_text[at];
            if (std::string_view("\n;|&(`").find(c) != std::string_view::npos)
                m_gives = false;
            else if (c == '.' && isCommand(at) && at + 1 < m_text.size() && m_text[at + 1] == ' ')
                readSource(at, at + 1);
            ++at;
        }
    }

private:
    bool isCommand(std::size_t at) const
    {
        const std::size_t before = at == 0 ? std::string_view::npos : m_text.find_last_not_of(" \t", at - 1);
        if (before == std::string_view::npos
            || std::string_view("\n;|&({`!").find(m_text[before]) != std::string_view::npos)
            return true;
        const std::string_view head = m_text.substr(0, before + 1);
        return before + 1 < at
               && (head.ends_with("then") || head.ends_with("do") || head.ends_with("else")
                   || head.ends_with("set -a"));
    }

    void readName(std::size_t at, std::size_t end)
    {
        const std::string_view name = m_text.substr(at, end - at);
        const std::string_view rest = m_text.substr(end);
        if (name == "source" && isCommand(at))
            readSource(at, end);
        else if (name == "eval" && isCommand(at))
            m_script.unknownFrom = std::min(m_script.unknownFrom, at);
        m_gives = m_gives || givesValues(name);
        const bool read = at > 0 && std::string_view("${!#").find(m_text[at - 1]) != std::string_view::npos;
        const bool defaulted = read && (rest.starts_with(":=") || rest.starts_with("="));
        if (defaulted
            || (!read && (m_gives || rest.starts_with("=") || rest.starts_with("+=") || rest.starts_with("["))))
            m_script.assigned.emplace(name);
    }

    void readSource(std::size_t at, std::size_t end)
    {
        const std::size_t begin = std::min(m_text.find_first_not_of(" \t\"'", end), m_text.size());
        const std::string_view file = m_text.substr(begin);
        if (!file.starts_with("/etc/os-release") && !file.starts_with("/etc/lsb-release"))
            m_script.unknownFrom = std::min(m_script.unknownFrom, at);
    }

    ShellScript &m_script;
    std::string_view m_text;
    bool m_gives = false; // the command at hand gives names values
};

} // namespace

void findAssignments(ShellScript &script)
{
    AssignmentReader(script).run();
}

std::size_t shellNameEnd(std::string_view text, std::size_t at)
{
    while (at < text.size() && text::isWord(text[at]))
        ++at;
    return at;
}

} // namespace runner::check::convention
