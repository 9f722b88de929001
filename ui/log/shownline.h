// A line of a log, or a part of it, as the view draws it: bounded, decoded, with its colours.
#pragma once

#include "build/ansi.h"
#include "build/log.h"

#include <QString>

#include <cstdint>
#include <string>
#include <vector>

namespace runner::ui {

struct ShownLine
{
    /// No more characters of a line are drawn at once.
    static constexpr std::size_t mostBytes = 8192;

    QString text;
    std::string bytes; ///< The same in UTF-8; spans count in it.
    std::vector<build::Span> spans;
    std::uint64_t begin = 0;  ///< In bytes of the line as it was written.
    std::uint64_t end = 0;    ///< The same.
    std::uint64_t before = 0; ///< Bytes that are not shown because they stand before it, but for what was written over.
    std::uint64_t hidden = 0; ///< Bytes that are not shown because they stand behind it.
    std::uint64_t number = 0; ///< Among the lines of all steps.
    std::size_t step = 0;
    std::uint32_t milliseconds = 0; ///< Since the first line of the log.
    bool isClipMark = false;        ///< The builder says that it has dropped what follows.

    int length() const { return static_cast<int>(text.size()); }
    /// The column where the line begins, and ends: see LongLine::columnOf().
    int first() const { return -static_cast<int>(before); }
    int last() const { return length() + static_cast<int>(hidden); }
    bool shows(int column) const { return column >= 0 && column <= length(); }
};

/// Index in text of many bytes of it, each at or behind the one before; reads the line once.
class ColumnCounter
{
public:
    /// \a line must outlive it.
    explicit ColumnCounter(const ShownLine &line)
        : m_line(line)
    {
    }

    int of(std::size_t byte);

private:
    const ShownLine &m_line;
    std::size_t m_byte = 0;
    qsizetype m_column = 0;
};

/// "0:01.23", "1:02:03.45".
QString shownTime(std::uint32_t milliseconds);

} // namespace runner::ui
