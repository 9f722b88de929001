#include "command.h"

#include "printable.h"

#include <algorithm>
#include <cstdio>
#include <system_error>

namespace runner::ctl {

namespace {

void printError(const std::string &line)
{
    std::fputs((line + "\n").c_str(), stderr);
}

std::string checkArgument(const std::string &text)
{
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
        return "'" + printable(text) + "' is no argument: write NAME=VALUE";
    return {};
}

} // namespace

Result<const workspace::Workspace *> Context::openWorkspace(const std::string &postOperation)
{
    if (!m_workspace) {
        const auto root = workspace::findRoot(directory);
        if (!root)
            return tl::unexpected(root.error());
        auto opened = workspace::open(*root, postOperation);
        if (!opened)
            return tl::unexpected(std::move(opened.error()));
        m_workspace = std::move(*opened);
    }
    return m_workspace.get();
}

const workspace::Workspace *Context::workspace(const std::string &postOperation)
{
    const auto opened = openWorkspace(postOperation);
    if (opened)
        return *opened;
    report(opened.error());
    return nullptr;
}

bool Context::reportReadingErrors(const std::vector<std::string> &files)
{
    bool any = false;
    for (const Problem &problem : m_workspace ? m_workspace->problems : Problems()) {
        if (problem.severity != Severity::Error
            || std::find(files.begin(), files.end(), problem.where.file) == files.end())
            continue;
        report(problem);
        any = true;
    }
    return any;
}

void Context::message(std::string_view text) const
{
    printError("runnerctl: " + printable(text));
}

void Context::report(const Problem &problem) const
{
    printError(printable(diagnostics::describe(problem)));
}

void Context::report(const Problems &problems) const
{
    for (const Problem &problem : problems)
        report(problem);
}

int Context::usage(std::string_view text) const
{
    message(text);
    return Usage;
}

int Context::finish(int code)
{
    if (m_output.flush())
        return code;
    message("the output cannot be written: " + std::generic_category().message(m_output.error()));
    return Failed;
}

std::vector<std::string> Context::complete(const CLI::Option *option)
{
    const auto found = m_completers.find(option);
    return found == m_completers.end() ? std::vector<std::string>() : found->second(*this);
}

void onRun(CLI::App *command, Context &context, std::function<int()> run)
{
    command->callback([&context, run = std::move(run)] { context.run = run; });
}

CLI::Option *addChoice(CLI::App *command, Context &context, const std::string &name, std::string &value,
                       const std::vector<std::string> &choices, const std::string &description)
{
    CLI::Option *option = command->add_option(name, value, description)
                              ->check(CLI::IsMember(choices))
                              ->option_text(CLI::detail::join(choices, "|"));
    context.setCompleter(option, [choices](Context &) { return choices; });
    return option;
}

CLI::Option *addRepeatable(CLI::App *command, const std::string &name, std::vector<std::string> &values,
                           const std::string &description)
{
    return command->add_option(name, values, description)->allow_extra_args(false);
}

CLI::Option *addArgumentOption(CLI::App *command, std::vector<std::string> &values)
{
    return addRepeatable(command, "--arg", values, "Set a build argument, above the rules' own (repeatable)")
        ->check(CLI::Validator(checkArgument, ""))
        ->option_text("NAME=VALUE");
}

} // namespace runner::ctl
