// What the sub-commands of runnerctl share. A sub-command is a function
//     void addXCommand(CLI::App &app, Context &context);
// that declares its options and says with onRun() what to do; it runs after the whole command line has been parsed.
#pragma once

#include "diagnostics/problem.h"
#include "output.h"
#include "workspace/workspace.h"

#include <CLI/CLI.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace runner::ctl {

/// What the process ends with.
enum ExitCode : int {
    Done = 0,
    Failed = 1,     ///< Findings, or something went wrong.
    Usage = 2,      ///< The command line is wrong.
    Unreadable = 3, ///< The workspace cannot be found or read.
};

class Context;

/// Values that may stand at an option's or argument's place, for the shell's completion.
using Completer = std::function<std::vector<std::string>(Context &)>;

class Context
{
public:
    std::string directory = "."; ///< Of -C: the workspace is searched from here upwards.
    std::function<int()> run;    ///< The chosen sub-command; gives an exit code.

    /// Opens the workspace at the first call and keeps it. Prints nothing.
    Result<const workspace::Workspace *> openWorkspace(const std::string &postOperation = {});
    /// The same, or null after the problem was reported: end with Unreadable then.
    const workspace::Workspace *workspace(const std::string &postOperation = {});
    /// The workspace that was opened, to be shared; null before.
    std::shared_ptr<const workspace::Workspace> sharedWorkspace() const { return m_workspace; }
    /// A change of several files that was interrupted and waits for its end; commands that only read tell it.
    std::optional<Problem> interrupted() const;
    /// Ends it, and says how; whether none is left.
    bool endInterrupted() const;
    /// Reports the errors of reading these files (as the workspace names them); whether there are any.
    bool reportReadingErrors(const std::vector<std::string> &files);

    /// Result text to stdout, as it is.
    void print(std::string_view text) { m_output.write(text); }
    /// Writes what was printed so far; for commands that take long.
    void flush() { m_output.flush(); }
    /// "runnerctl: TEXT" to stderr, control characters escaped.
    void message(std::string_view text) const;
    /// One line to stderr, control characters escaped.
    void report(const Problem &problem) const;
    void report(const Problems &problems) const;
    /// Message for a wrong command line; gives Usage.
    int usage(std::string_view text) const;
    /// Writes what is left of the output; gives \a code, or Failed after a message where stdout cannot be written.
    int finish(int code);

    void setCompleter(const CLI::Option *option, Completer completer) { m_completers[option] = std::move(completer); }
    /// Empty where the option has none.
    std::vector<std::string> complete(const CLI::Option *option);

private:
    Output m_output;
    std::shared_ptr<const workspace::Workspace> m_workspace;
    std::map<const CLI::Option *, Completer> m_completers;
};

/// Makes the sub-command the one to run when it stands on the command line.
void onRun(CLI::App *command, Context &context, std::function<int()> run);

/// An option with a few possible values; others are a usage error.
CLI::Option *addChoice(CLI::App *command, Context &context, const std::string &name, std::string &value,
                       const std::vector<std::string> &choices, const std::string &description);

/// An option that may be given several times with one value each; values are never split.
CLI::Option *addRepeatable(CLI::App *command, const std::string &name, std::vector<std::string> &values,
                           const std::string &description);

/// "--arg NAME=VALUE" of expand and args. A value without '=' is a usage error.
CLI::Option *addArgumentOption(CLI::App *command, std::vector<std::string> &values);

void addTableCommand(CLI::App &app, Context &context);
void addRunnersCommand(CLI::App &app, Context &context);
void addExpandCommand(CLI::App &app, Context &context);
void addArgsCommand(CLI::App &app, Context &context);
void addImageCommand(CLI::App &app, Context &context);
void addCheckCommand(CLI::App &app, Context &context);
void addResumeCommand(CLI::App &app, Context &context);
void addCompletionCommand(CLI::App &app, Context &context);

} // namespace runner::ctl
