#include "build/session.h"

#include "build/compare.h"

#include "images/interrupts.h"

#include <QEventLoop>

#include <algorithm>
#include <cstdio>

namespace runner::ctl {

Session::Session()
    : m_application(m_argc, m_argv)
{
}

std::optional<build::Tool> Session::tool(const Context &context, bool sandbox) const
{
    const std::optional<build::Tool> private_ = build::sandboxDocker();
    if (sandbox) {
        if (!private_)
            context.message("the sandbox does not run; start it with scripts/sandbox up");
        return private_;
    }
    const auto docker = build::findDocker();
    if (docker)
        return *docker;
    context.report(docker.error());
    if (private_)
        context.message("the daemon of scripts/sandbox runs; use it with --sandbox");
    return {};
}

build::History *Session::history(const Context &context)
{
    if (m_history)
        return m_history.get();
    auto opened = build::History::open(build::stateFolder());
    if (!opened) {
        context.report(opened.error());
        return nullptr;
    }
    m_history = std::move(*opened);
    return m_history.get();
}

void offerSandbox(const Context &context, const Problems &problems)
{
    const bool unreachable =
        std::any_of(problems.begin(), problems.end(), [](const Problem &p) { return p.id == "daemon-unreachable"; });
    if (unreachable && build::sandboxDocker())
        context.message("the daemon of scripts/sandbox runs; use it with --sandbox");
}

build::Answer ask(const build::Tool &tool, const std::vector<std::string> &arguments)
{
    build::Answer answer;
    QEventLoop loop;
    build::ToolCall call(tool, arguments, [&](const build::Answer &given) {
        answer = given;
        loop.quit();
    });
    const Interrupts interrupts([&] { call.interrupt(); });
    loop.exec();
    return answer;
}

std::string stepMark(std::size_t step)
{
    return step == build::Steps::noStep ? std::string() : '#' + std::to_string(step) + ' ';
}

std::string shownDuration(build::Time nanoseconds)
{
    char text[64];
    const double seconds = double(nanoseconds) / 1e9;
    const long whole = long(seconds);
    if (seconds < 60)
        std::snprintf(text, sizeof text, "%.1f s", seconds);
    else if (whole < 3600)
        std::snprintf(text, sizeof text, "%ld min %02ld s", whole / 60, whole % 60);
    else
        std::snprintf(text, sizeof text, "%ld h %02ld min", whole / 3600, whole / 60 % 60);
    return text;
}

std::string shownSize(std::uint64_t bytes)
{
    return build::describeSize(static_cast<std::int64_t>(bytes));
}

} // namespace runner::ctl
