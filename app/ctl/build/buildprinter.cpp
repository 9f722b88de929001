#include "build/buildprinter.h"

#include "build/ansi.h"
#include "build/session.h"
#include "output.h"
#include "printable.h"

#include <cstdio>

namespace runner::ctl {

using build::StepState;

namespace {

constexpr std::uint64_t linesAtOnce = 10'000;

std::string describeState(const build::Step &step)
{
    switch (step.state) {
    case StepState::Running:
        return step.name;
    case StepState::Cached:
        return "CACHED " + step.name;
    case StepState::Done:
        return "DONE " + shownDuration(step.busy);
    case StepState::Failed:
        return "ERROR " + step.error;
    case StepState::Cancelled:
        return "CANCELLED";
    case StepState::NoCache:
        return "NO CACHE " + step.error;
    case StepState::Waiting:
        break;
    }
    return {};
}

} // namespace

BuildPrinter::BuildPrinter(Context &context, bool several, bool quiet)
    : m_context(context)
    , m_several(several)
    , m_quiet(quiet)
    , m_terminal(canRedraw())
    , m_begun(build::currentTime())
{
}

std::string BuildPrinter::prefixOf(const build::QueueItem &item) const
{
    return m_several ? item.request.platformTag + " " : std::string();
}

void BuildPrinter::update(const build::QueueItem &item, const build::Recording &recording)
{
    Shown &shown = m_shown[item.id];
    const std::uint64_t revision = recording.revision();
    const std::string prefix = prefixOf(item);
    // A step's lines are in the log before it is done: those that came while the steps were read stand behind its end.
    const build::Steps steps = recording.steps();
    printLines(prefix, shown, *recording.log());
    if (revision != shown.revision)
        printSteps(prefix, shown, steps);
    shown.revision = revision;
    m_context.flush();
}

void BuildPrinter::printSteps(const std::string &prefix, Shown &shown, const build::Steps &steps)
{
    const std::vector<build::Step> &all = steps.steps();
    shown.states.resize(all.size(), StepState::Waiting);
    shown.steps = all.size() - 1;
    shown.ended = 0;
    for (std::size_t i = 1; i < all.size(); ++i) {
        shown.ended += all[i].ended() ? 1 : 0;
        if (all[i].state == shown.states[i])
            continue;
        // A step that was done between two looks has a name to tell as well.
        const bool hasName = all[i].state == StepState::Running || all[i].state == StepState::Cached;
        if (!m_quiet && shown.states[i] == StepState::Waiting && !hasName)
            line(prefix + stepMark(i) + all[i].name);
        if (!m_quiet)
            line(prefix + stepMark(i) + describeState(all[i]));
        shown.states[i] = all[i].state;
    }
}

void BuildPrinter::printLines(const std::string &prefix, Shown &shown, const build::Log &log)
{
    for (;;) {
        const auto lines = m_quiet ? std::vector<build::LogLine>() : log.read(shown.lines, linesAtOnce);
        for (const build::LogLine &entry : lines)
            line(prefix + stepMark(entry.step) + build::plainLine(entry.bytes));
        shown.lines += lines.size();
        if (lines.size() < linesAtOnce)
            return;
    }
}

void BuildPrinter::ended(const build::QueueItem &item, const build::Recording *recording)
{
    if (recording)
        update(item, *recording);
    clearProgress();
    m_context.flush();
    Problems problems = item.end.problems;
    if (m_quiet)
        std::erase_if(problems, [](const Problem &problem) { return problem.severity == Severity::Note; });
    m_context.report(problems);
    std::string text = item.request.platformTag + " " + build::outcomeName(item.end.outcome);
    if (item.end.started > 0 && item.end.ended > item.end.started)
        text += " after " + shownDuration(item.end.ended - item.end.started);
    if (!item.end.metadata.digest.empty())
        text += ", " + item.end.metadata.digest;
    if (item.build > 0)
        text += " (build " + std::to_string(item.build) + ")";
    m_context.message(text);
}

void BuildPrinter::drawProgress(const std::vector<build::QueueItem> &items, std::size_t count, build::Time rest)
{
    if (!m_terminal)
        return;
    std::size_t ended = 0;
    std::size_t running = 0;
    std::string steps;
    for (const build::QueueItem &item : items) {
        ended += item.state == build::QueueState::Ended ? 1 : 0;
        if (item.state != build::QueueState::Running)
            continue;
        ++running;
        const Shown &shown = m_shown[item.id];
        steps += ", " + std::to_string(shown.ended) + "/" + std::to_string(shown.steps) + " steps";
    }
    std::string text = shownDuration(build::currentTime() - m_begun);
    if (rest > 0)
        text += ", about " + shownDuration(rest) + " left";
    text += "; " + std::to_string(ended) + "/" + std::to_string(count) + " builds ended, " + std::to_string(running)
            + " running" + steps;
    m_context.flush();
    std::fprintf(stderr, "\r\x1b[K%s", text.substr(0, std::size_t(outputWidth()) - 1).c_str());
    std::fflush(stderr);
    m_drawn = true;
}

void BuildPrinter::line(const std::string &text)
{
    clearProgress();
    m_context.print(printableLine(text) + "\n");
}

void BuildPrinter::clearProgress()
{
    if (std::exchange(m_drawn, false))
        std::fputs("\r\x1b[K", stderr);
}

} // namespace runner::ctl
