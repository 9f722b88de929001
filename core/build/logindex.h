// Where the lines of a build's log are: of all steps together, in the order in which they came, and of each step.
#pragma once

#include "build/blocks.h"
#include "build/mappedfile.h"
#include "diagnostics/problem.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

namespace runner::build {

/// Takes less than 16 bytes a line: 8 for offset and step, 3 for the time, 4 for the step's own list, and at most one
/// block of each that is not full. Not thread-safe.
class LogIndex
{
public:
    static constexpr std::size_t mostSteps = std::size_t(1) << 24U;

    /// A line that begins at \a offset of the log (below 2^40) and belongs to \a step (below mostSteps). It ends where
    /// the next one begins. \a milliseconds since the first line; kept in units of 10, for up to 46 hours.
    void append(std::uint64_t offset, std::size_t step, std::uint32_t milliseconds);
    /// Where the last line ends.
    void setEnd(std::uint64_t end) { m_end = end; }

    std::uint64_t lines() const;
    std::uint64_t end() const { return m_end; }
    /// Offset of the line's first byte; the end for anything beyond the last line.
    std::uint64_t offset(std::uint64_t line) const;
    std::size_t step(std::uint64_t line) const;
    std::uint32_t milliseconds(std::uint64_t line) const;
    /// The line that holds the byte at \a offset; lines() where none does.
    std::uint64_t lineAt(std::uint64_t offset) const;

    std::uint64_t linesOfStep(std::size_t step) const;
    /// The number among all lines of the step's line \a index.
    std::uint64_t lineOfStep(std::size_t step, std::uint64_t index) const;
    /// How many lines of the step are before \a line.
    std::uint64_t indexInStep(std::size_t step, std::uint64_t line) const;

    /// Memory that the index takes, in bytes; nothing for one that was opened from a file.
    std::size_t bytes() const;

    /// Writes it to a file beside the log, replacing what is there. Error: file-unwritable.
    Result<bool> save(const std::filesystem::path &path) const;
    /// Opens what save() wrote, without reading it. Errors: file-unreadable, log-index-broken.
    static Result<LogIndex> open(const std::filesystem::path &path);

private:
    struct Saved; ///< The parts of a mapped file.

    std::uint64_t packed(std::uint64_t line) const;

    Blocks<std::uint64_t, 4096> m_places;      ///< Offset in the lower 40 bits, step above.
    using Ticks = std::array<std::uint8_t, 3>; ///< Units of 10 ms, the lowest byte first.
    Blocks<Ticks, 4096> m_times;
    std::vector<Blocks<std::uint32_t, 1024>> m_steps;
    std::uint64_t m_end = 0;
    std::shared_ptr<const Saved> m_saved; ///< Instead of the blocks, where it was opened from a file.
};

} // namespace runner::build
