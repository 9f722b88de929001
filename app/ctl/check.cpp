// runnerctl check: everything that is wrong with the pack centre.
#include "check/check.h"
#include "diagnostics/problemjson.h"

#include "command.h"
#include "printable.h"

#include <algorithm>

namespace runner::ctl {

namespace {

std::string jsonOf(const Problems &problems)
{
    return diagnostics::problemsJson(problems).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string textOf(const Problems &problems)
{
    std::string text;
    for (const Problem &problem : problems)
        text += printable(diagnostics::describe(problem)) + "\n";
    return text;
}

std::string counted(const Problems &problems, Severity severity)
{
    const auto count = std::count_if(problems.begin(), problems.end(),
                                     [&](const Problem &problem) { return problem.severity == severity; });
    return std::to_string(count) + " " + diagnostics::severityName(severity) + (count == 1 ? "" : "s");
}

std::string summaryOf(const Problems &problems)
{
    if (problems.empty())
        return "nothing is wrong";
    return counted(problems, Severity::Error) + ", " + counted(problems, Severity::Warning) + ", "
           + counted(problems, Severity::Note);
}

int runCheck(Context &context, const std::string &format)
{
    const auto opened = context.openWorkspace();
    if (!opened && opened.error().id == "workspace-not-found") {
        context.report(opened.error());
        return Unreadable;
    }
    Problems problems = opened ? check::checkWorkspace(**opened) : Problems{opened.error()};
    if (const auto interrupted = context.interrupted())
        problems.insert(problems.begin(), *interrupted);
    context.print(format == "json" ? jsonOf(problems) : textOf(problems));
    context.message(summaryOf(problems));
    return diagnostics::hasErrors(problems) ? Failed : Done;
}

} // namespace

void addCheckCommand(CLI::App &app, Context &context)
{
    auto format = std::make_shared<std::string>("text");
    CLI::App *command = app.add_subcommand("check", "Print every problem of the pack centre");
    addChoice(command, context, "--format", *format, {"text", "json"}, "How to print them (text)");
    onRun(command, context, [&context, format] { return runCheck(context, *format); });
}

} // namespace runner::ctl
