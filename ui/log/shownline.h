// A line of a log as the view draws it: bounded, decoded, with its colours.
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
    /// No more characters of a line are drawn; copying and saving have all of it.
    static constexpr std::size_t mostBytes = 8192;

    QString text;
    std::string bytes; ///< The same in UTF-8; spans count in it.
    std::vector<build::Span> spans;
    std::uint64_t hidden = 0; ///< Bytes that are not shown.
    std::uint64_t number = 0; ///< Among the lines of all steps.
    std::size_t step = 0;
    std::uint32_t milliseconds = 0; ///< Since the first line of the log.
    bool isClipMark = false;        ///< The builder says that it has dropped what follows.

    /// Index in text of a byte of it.
    qsizetype indexOf(std::size_t byte) const;
};

/// ShownLine::indexOf() for many bytes of a line, each at or behind the one before; reads the line once.
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

ShownLine shownLine(const build::LogLine &line);

/// "0:01.23", "1:02:03.45".
QString shownTime(std::uint32_t milliseconds);

} // namespace runner::ui
