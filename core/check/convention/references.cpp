// What the defaults of arguments and FROM refer to is declared above, once.
#include "check/convention/families.h"

#include "dockerfile/expansion.h"

#include <set>

namespace runner::check::convention {

namespace {

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
    // ${NAME:-default} and ${NAME:+instead} say what happens without it; one place that does not is enough to ask.
    void check(const std::string &text, const Location &where, const std::string &who)
    {
        const auto isKnown = [this](std::string_view name) {
            return m_declared.contains(name) || dockerfile::isPredefinedArgument(name);
        };
        const auto lookup = [&](std::string_view name) {
            return isKnown(name) ? std::optional<std::string>("set") : std::nullopt;
        };
        const auto expanded = dockerfile::expandWord(text, m_subject.file.escape, lookup);
        if (!expanded)
            return; // told by the expansion
        for (const std::string &name : expanded->unguarded) {
            if (!isKnown(name))
                add("convention-undefined-argument", where,
                    who + " refers to " + name + ", which no ARG above declares",
                    "BuildKit takes it for blank: declare it above, or correct the name");
        }
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
