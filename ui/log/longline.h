// A line of a log that may be too long to be shown, or read, at once: which part of it a row shows.
#pragma once

#include "log/shownline.h"

#include <cstdint>
#include <functional>
#include <string>

namespace runner::ui {

/// Offsets count bytes of the line as it was written. No call reads much more than headBytes at a time.
class LongLine
{
public:
    /// Escape sequences take bytes that are not shown: so many are read for what a row shows.
    static constexpr std::size_t headBytes = 8 * ShownLine::mostBytes;
    /// Bytes from \a begin on, at most so many.
    using Read = std::function<std::string(std::uint64_t begin, std::size_t most)>;

    /// \a head: the line with its first headBytes, or with all of its \a size bytes; \a read: gives the others.
    LongLine(build::LogLine head, std::uint64_t size, Read read = {});

    std::uint64_t size() const { return m_size; }
    /// What a row shows until it is asked for more: what a progress bar wrote last, else the begin.
    ShownLine first() const;
    /// The part that begins there.
    ShownLine from(std::uint64_t begin) const;
    /// A part that holds that byte, which \a now does not, and some of what is between the two.
    ShownLine around(std::uint64_t byte, const ShownLine &now) const;

    /// Columns are UTF-16 units of what is shown; beyond it, on either side, each byte is one.
    int columnOf(const ShownLine &shown, std::uint64_t byte) const;
    std::uint64_t byteOf(const ShownLine &shown, int column) const;
    /// As it is copied: without escape sequences.
    std::string plain(std::uint64_t begin, std::uint64_t end) const;

private:
    std::string read(std::uint64_t begin, std::uint64_t most) const;
    void findTurns();
    std::size_t endIn(std::string_view bytes, std::uint64_t begin) const;
    std::uint64_t aligned(std::uint64_t byte) const;
    std::string coloursBefore(std::uint64_t byte) const;

    build::LogLine m_head;
    std::uint64_t m_size;
    Read m_read;
    std::uint64_t m_first = 0; ///< Where the row's first part begins.
    std::uint64_t m_turns = 0; ///< Carriage returns before this were written over.
};

/// Of a line that is known as a whole.
ShownLine shownLine(const build::LogLine &line);

} // namespace runner::ui
