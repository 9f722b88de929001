// How a transfer tells on stderr what it is doing.
#pragma once

#include "command.h"
#include "transfer/mover.h"

#include <set>

namespace runner::ctl {

/// On a terminal, lines of what has ended above one line that changes; elsewhere plain lines.
class Progress
{
public:
    Progress(const Context &context, const transfer::Moves &moves);

    void started(std::size_t index);
    void retrying(std::size_t index, const std::string &why, std::chrono::milliseconds wait);
    void ended(std::size_t index, const transfer::MoveEnd &end);
    /// Redraws the changing line.
    void tick(std::uint64_t bytes);
    /// What failed, and a count of everything; gives the exit code.
    int summary();

private:
    void line(const std::string &text);
    void clear();

    const Context &m_context;
    const transfer::Moves &m_moves;
    bool m_terminal;
    bool m_drawn = false;
    std::set<std::size_t> m_current;
    std::vector<std::pair<std::size_t, transfer::MoveEnd>> m_ends;
};

} // namespace runner::ctl
