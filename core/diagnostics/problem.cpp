#include "diagnostics/problem.h"

#include <algorithm>

namespace runner::diagnostics {

const char *severityName(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return "error";
    case Severity::Warning:
        return "warning";
    case Severity::Note:
        break;
    }
    return "note";
}

std::string describe(const Location &where)
{
    std::string text = where.file;
    if (where.line > 0)
        text += ":" + std::to_string(where.line);
    if (where.line > 0 && where.column > 0)
        text += ":" + std::to_string(where.column);
    return text;
}

static bool endsSentence(const std::string &text)
{
    return text.ends_with('.') || text.ends_with('?') || text.ends_with('!');
}

std::string describe(const Problem &problem)
{
    std::string text = describe(problem.where);
    if (!text.empty())
        text += ": ";
    text += std::string(severityName(problem.severity)) + ": " + problem.message;
    if (!problem.advice.empty())
        text += (endsSentence(problem.message) ? " " : ". ") + problem.advice;
    if (!problem.id.empty())
        text += " [" + problem.id + "]";
    return text;
}

bool hasErrors(const Problems &problems)
{
    return std::any_of(problems.begin(), problems.end(),
                       [](const Problem &p) { return p.severity == Severity::Error; });
}

} // namespace runner::diagnostics
