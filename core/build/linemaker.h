// From the pieces that steps write to lines of the log.
#pragma once

#include "build/log.h"

#include <string>
#include <string_view>
#include <vector>

namespace runner::build {

/// A line that one step has not ended does not mix with what others write; it waits in memory. One of more than
/// longestLine is cut, and so is one that grows where all that waits is more than most; what follows begins with
/// goesOn.
class LineMaker
{
public:
    static constexpr std::size_t longestLine = std::size_t(16) << 20U;
    static constexpr std::size_t mostWaiting = std::size_t(64) << 20U;

    /// Begins a line that is no line of its own.
    static constexpr std::string_view goesOn = "[the line above goes on] ";

    /// A line that says the builder dropped output, as the daemon words it.
    static bool isClipMark(std::string_view line);

    /// Bytes of a step, cut anywhere.
    void add(std::size_t step, std::string_view bytes, std::uint32_t milliseconds);
    /// Ends the step's line if one waits.
    void end(std::size_t step);
    /// Ends every line that waits.
    void finish();

    /// Whole lines that no one has taken yet, and where they begin in it.
    const std::string &text() const { return m_text; }
    const std::vector<Log::Entry> &entries() const { return m_entries; }
    /// Steps whose log was found clipped since the last call of taken().
    const std::vector<std::size_t> &clipped() const { return m_clipped; }
    /// The lines have been taken.
    void taken();

    /// What a step has written behind its last line end.
    std::string_view waiting(std::size_t step) const;

private:
    struct Waiting
    {
        std::string bytes;
        std::uint32_t milliseconds = 0; ///< When it began.
        bool cut = false;               ///< What comes next belongs to the line before.
    };

    void addLine(std::size_t step, std::string_view line, std::uint32_t milliseconds);
    void addWaiting(Waiting &waiting, std::size_t step);
    void wait(std::size_t step, std::string_view bytes, std::uint32_t milliseconds);

    std::string m_text;
    std::vector<Log::Entry> m_entries;
    std::vector<std::size_t> m_clipped;
    std::vector<Waiting> m_waiting; ///< By step.
    std::size_t m_waitingBytes = 0;
};

} // namespace runner::build
