// What every command around builds needs before it can do anything.
#pragma once

#include "build/history.h"
#include "build/tool.h"
#include "command.h"

#include <QCoreApplication>

#include <functional>
#include <memory>
#include <optional>

namespace runner::ctl {

/// An event loop, and the history where it is wanted.
class Session
{
public:
    Session();

    /// The user's docker, or the sandbox's with \a sandbox. Reports what is missing.
    std::optional<build::Tool> tool(const Context &context, bool sandbox) const;
    /// Null after the problem was reported.
    build::History *history(const Context &context);

private:
    int m_argc = 1;
    char m_name[10] = "runnerctl";
    char *m_argv[2] = {m_name, nullptr};
    QCoreApplication m_application;
    std::unique_ptr<build::History> m_history;
};

/// Tells of the sandbox where docker's daemon does not answer and the sandbox's does.
void offerSandbox(const Context &context, const Problems &problems);

/// Calls docker and waits for its answer. SIGINT ends it.
build::Answer ask(const build::Tool &tool, const std::vector<std::string> &arguments);

/// "#3 ", in front of a line of that step; empty for build::Steps::noStep.
std::string stepMark(std::size_t step);

/// "1.2 s", "3 min 04 s", "2 h 05 min".
std::string shownDuration(build::Time nanoseconds);

/// "1.5 GB".
std::string shownSize(std::uint64_t bytes);

} // namespace runner::ctl
