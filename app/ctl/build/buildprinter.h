// A running build as plain text.
#pragma once

#include "build/queue.h"
#include "command.h"

#include <map>
#include <string>
#include <vector>

namespace runner::ctl {

/// Steps and their lines as they come, each with the step's number and, where several builds run, the build's tag.
/// On a terminal one line below tells how far everything is.
class BuildPrinter
{
public:
    /// \a several: more than one build is printed. \a quiet: only ends and problems.
    BuildPrinter(Context &context, bool several, bool quiet);

    /// Prints what is new of a build.
    void update(const build::QueueItem &item, const build::Recording &recording);
    void ended(const build::QueueItem &item, const build::Recording *recording);
    /// Redraws the line on the terminal. \a count: of builds in all. \a rest: an estimate in nanoseconds, or 0.
    void drawProgress(const std::vector<build::QueueItem> &items, std::size_t count, build::Time rest);

private:
    struct Shown
    {
        std::vector<build::StepState> states; ///< By step.
        std::uint64_t lines = 0;
        std::uint64_t revision = 0;
        std::size_t ended = 0;
        std::size_t steps = 0;
    };

    void printSteps(const std::string &prefix, Shown &shown, const build::Steps &steps);
    void printLines(const std::string &prefix, Shown &shown, const build::Log &log);
    void line(const std::string &text);
    void clearProgress();
    std::string prefixOf(const build::QueueItem &item) const;

    Context &m_context;
    bool m_several;
    bool m_quiet;
    bool m_terminal;
    bool m_drawn = false;
    build::Time m_begun;
    std::map<std::int64_t, Shown> m_shown; ///< By the item's identifier.
};

} // namespace runner::ctl
