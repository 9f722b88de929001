// LogView: which parts of long lines are shown, and what is copied of lines that are shown in part.
#include "log/logview.h"

#include <QScrollBar>

#include <algorithm>
#include <limits>

namespace runner::ui {

namespace {

constexpr std::uint64_t copiedAtATime = 1000;

} // namespace

LongLine LogView::longLine(std::uint64_t number) const
{
    if (m_tail.empty() || number + 1 != m_rows)
        return m_source.line(number);
    return {{m_source.log()->lines(), m_source.step().value_or(0), 0, m_tail.substr(0, LongLine::headBytes)},
            m_tail.size(),
            [this](std::uint64_t begin, std::size_t most) { return m_tail.substr(begin, most); }};
}

/// Shows the part of the row's line that holds the byte; cursor and selection stay with their bytes.
void LogView::showPart(std::uint64_t number, std::uint64_t byte)
{
    const LongLine line = longLine(number);
    const ShownLine before = lineAt(number);
    const ShownLine now = line.around(byte, before);
    m_parts[number] = now.begin;
    m_cache.erase(number);
    for (LogPlace *place : {&m_anchor, &m_cursor}) {
        if (place->row == number)
            place->column = line.columnOf(now, line.byteOf(before, place->column));
    }
    if (top().row == number)
        m_topLine = std::min(m_topLine, linesOf(number) - 1);
    viewport()->update();
}

/// The same place once its row shows the part of the line that it is in.
LogPlace LogView::shownPlace(const LogPlace &place)
{
    const ShownLine &shown = row(place.row).shown.line();
    if (shown.shows(place.column))
        return place;
    const LongLine line = longLine(place.row);
    const std::uint64_t byte = line.byteOf(shown, place.column);
    showPart(place.row, byte);
    const ShownLine &now = row(place.row).shown.line();
    return {place.row, std::clamp(line.columnOf(now, byte), 0, now.length())};
}

/// To the next part of the row's line, or the one before; where there is none, to the line's end.
void LogView::turn(std::uint64_t number, bool forth, bool extend)
{
    const ShownLine before = lineAt(number);
    const std::uint64_t byte = forth ? before.end : before.begin;
    if (forth ? before.hidden > 0 : byte > 0)
        showPart(number, forth ? byte : byte - 1);
    const ShownLine &now = row(number).shown.line();
    moveCursor({number, std::clamp(longLine(number).columnOf(now, byte), 0, now.length())}, extend);
}

void LogView::selectBytes(std::uint64_t number, std::uint64_t begin, std::uint64_t end)
{
    const LongLine line = longLine(number);
    const ShownLine shown = lineAt(number);
    select({number, line.columnOf(shown, begin)}, {number, line.columnOf(shown, end)});
}

/// Between two columns, which may lie outside of what is shown.
std::string LogView::plainText(std::uint64_t number, int begin, int end) const
{
    const ShownLine shown = lineAt(number);
    if (shown.shows(begin) && shown.shows(end))
        return shown.text.mid(begin, end - begin).toStdString();
    const LongLine line = longLine(number);
    const std::uint64_t from = line.byteOf(shown, begin);
    return line.plain(from, std::min(line.byteOf(shown, end), from + mostCopiedBytes + 1));
}

QString LogView::selectedText(bool *cut) const
{
    const auto [begin, end] = std::minmax(m_anchor, m_cursor);
    const bool oneRow = begin.row == end.row;
    std::string text = plainText(begin.row, begin.column, oneRow ? end.column : lineAt(begin.row).last());
    for (std::uint64_t at = begin.row + 1; at < end.row && text.size() <= mostCopiedBytes;) {
        const auto lines = m_source.read(at, std::min(copiedAtATime, end.row - at));
        for (const build::LogLine &line : lines)
            text += '\n' + build::plainLine(line.bytes);
        at += lines.size();
        if (lines.empty())
            break;
    }
    if (!oneRow && text.size() <= mostCopiedBytes)
        text += '\n' + plainText(end.row, lineAt(end.row).first(), end.column);
    if (cut)
        *cut = text.size() > mostCopiedBytes;
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(std::min(text.size(), mostCopiedBytes)));
}

} // namespace runner::ui
