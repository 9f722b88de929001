#include "images/progress.h"

#include "output.h"
#include "printable.h"
#include "transfer/plan.h"

#include <algorithm>
#include <cstdio>

namespace runner::ctl {

using transfer::Outcome;

namespace {

std::string nameOf(const transfer::Move &move)
{
    return move.kind == transfer::MoveKind::Load ? move.destination : move.source;
}

const char *wordFor(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Done:
        return "done";
    case Outcome::Skipped:
        return "skipped";
    case Outcome::Failed:
        return "failed";
    case Outcome::Cancelled:
        break;
    }
    return "cancelled";
}

std::string seconds(std::chrono::milliseconds time)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1f s", static_cast<double>(time.count()) / 1000);
    return text;
}

std::string megabytes(std::uint64_t bytes)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1f MB", static_cast<double>(bytes) / 1e6);
    return text;
}

} // namespace

Progress::Progress(const Context &context, const transfer::Moves &moves)
    : m_context(context)
    , m_moves(moves)
    , m_terminal(canRedraw())
{
}

void Progress::started(std::size_t index)
{
    m_current.insert(index);
    if (!m_terminal)
        line(transfer::describe(m_moves[index]));
}

void Progress::retrying(std::size_t index, const std::string &why, std::chrono::milliseconds wait)
{
    line(nameOf(m_moves[index]) + ": again in " + seconds(wait) + ": " + why);
}

void Progress::ended(std::size_t index, const transfer::MoveEnd &end)
{
    m_current.erase(index);
    m_ends.emplace_back(index, end);
    if (end.outcome == Outcome::Cancelled)
        return;
    const std::string why = end.message.empty() ? std::string() : ": " + end.message;
    line(std::to_string(m_ends.size()) + "/" + std::to_string(m_moves.size()) + " " + wordFor(end.outcome) + " "
         + nameOf(m_moves[index]) + why);
}

void Progress::tick(std::uint64_t bytes)
{
    if (!m_terminal || m_current.empty())
        return;
    std::string text = std::to_string(m_ends.size()) + "/" + std::to_string(m_moves.size()) + " "
                       + printable(nameOf(m_moves[*m_current.begin()]));
    if (m_current.size() > 1)
        text += " and " + std::to_string(m_current.size() - 1) + " more";
    if (bytes > 0)
        text += ", " + megabytes(bytes);
    text.resize(std::min(text.size(), static_cast<std::size_t>(std::max(20, outputWidth() - 1))));
    clear();
    std::fputs(text.c_str(), stderr);
    m_drawn = true;
}

int Progress::summary()
{
    clear();
    const auto count = [this](Outcome outcome) {
        return std::count_if(m_ends.begin(), m_ends.end(), [&](const auto &e) { return e.second.outcome == outcome; });
    };
    std::string text = std::to_string(count(Outcome::Done)) + " done";
    for (const Outcome outcome : {Outcome::Skipped, Outcome::Failed, Outcome::Cancelled}) {
        if (const auto number = count(outcome); number > 0)
            text += ", " + std::to_string(number) + " " + wordFor(outcome);
    }
    m_context.message(text);
    for (const auto &[index, end] : m_ends) {
        if (end.outcome == Outcome::Failed)
            m_context.message("failed: " + nameOf(m_moves[index]) + ": " + end.message);
    }
    return count(Outcome::Failed) + count(Outcome::Cancelled) > 0 ? Failed : Done;
}

void Progress::line(const std::string &text)
{
    clear();
    std::fputs((printable(text) + "\n").c_str(), stderr);
}

void Progress::clear()
{
    if (std::exchange(m_drawn, false))
        std::fputs("\r\x1b[K", stderr);
}

} // namespace runner::ctl
