// What the defaults of arguments and FROM refer to is declared above, once.
#include "check/convention/families.h"

#include "dockerfile/expansion.h"

#include <set>

namespace runner::check::convention
{

namespace
{

using dockerfile::ArgumentLine;

class ReferenceCheck
{
public:
    ReferenceCheck(const Subject &subject, Findings &findings)
        : m_subject(subject)
        , m_findings(findings)
    {
    }

    void run()
    {
        for (const ArgumentLine &line : m_subject.file.globalArguments) {
            if (line.defaultText)
                check(*line.defaultText, line.where, "The default of " + line.name);
            if (!m_declared.insert(line.name).second)
                add("convention-declared-twice", line.where, line.name + " is declared above already",
                    "Keep one of the two declarations");
        }
        for (const dockerfile::Stage &stage : m_subject.file.stages)
            check(stage.base, stage.where, "FROM");
    }

private:
    void check(const std::string &text, const Location &where, const std::string &who)
    {
        std::set<std::string> unknown;
        const auto lookup = [&](std::string_view name) -> std::optional<std::string> {
            if (!m_declared.contains(name) && !dockerfile::isPredefinedArgument(name))
                unknown.emplace(name);
            return std::nullopt;
        };
        (void)dockerfile::expandWord(text, m_subject.file.escape, lookup);
        for (const std::string &name : unknown) {
            if (!isOptional(text, name))
                add("convention-undefined-argument", where, who + " refers to " + name + ", which no ARG above declares",
                    "BuildKit takes it for blank: declare it above, or correct the name");
        }
    }

    // ${NAME:-default} and ${NAME:+instead} say what happens without it; one place that does not is enough to ask.
    static bool isOptional(std::string_view text, const std::string &name)
    {
        const std::string braced = "${" + name;
        for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + name.size())) {
            const bool isBraced = at >= 2 && text.substr(at - 2).starts_with(braced);
            const bool isBare = at >= 1 && text[at - 1] == '$';
            const std::size_t behind = at + name.size();
            const bool ends = behind == text.size() || !isWordCharacter(text[behind]);
            if (ends && (isBare || (isBraced && !saysOtherwise(text.substr(behind)))))
                return false;
        }
        return true;
    }

    static bool saysOtherwise(std::string_view behind)
    {
        return !behind.empty() && std::string_view(":-+?").find(behind.front()) != std::string_view::npos;
    }

    static bool isWordCharacter(char c)
    {
        return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    void add(const char *id, const Location &where, std::string message, std::string advice)
    {
        m_findings.push_back({m_subject.problem(id, where, std::move(message), std::move(advice)), std::nullopt});
    }

    const Subject &m_subject;
    Findings &m_findings;
    std::set<std::string, std::less<>> m_declared; // up to here
};

} // namespace

void checkReferences(const Subject &subject, Findings &findings)
{
    ReferenceCheck(subject, findings).run();
}

} // namespace runner::check::convention
