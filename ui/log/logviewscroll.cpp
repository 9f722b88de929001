// LogView: which lines are on the screen. Only rows near the visible ones are asked how high they are.
#include "log/logview.h"

#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>

namespace runner::ui {

namespace {

constexpr int fewestColumns = 10;
constexpr int wheelLines = 3;
constexpr int wheelStep = 120;

} // namespace

void LogView::setWraps(bool wraps)
{
    if (wraps == m_wraps)
        return;
    m_wraps = wraps;
    m_topLine = 0;
    updateRanges();
    viewport()->update();
    Q_EMIT wrapsChanged(wraps);
}

/// Rows are wrapped anew where the room for them has changed.
void LogView::fitWrap()
{
    const double least = fewestColumns * QFontMetricsF(m_look.font).horizontalAdvance(u'x');
    const double width = m_wraps ? std::max<double>(least, viewport()->width() - gutterWidth() - gridUnit) : 0;
    if (width == m_look.wrapWidth)
        return;
    m_cache.clear();
    m_widest = 0;
    m_look.wrapWidth = width;
    m_topLine = m_rows == 0 ? 0 : std::min(m_topLine, linesOf(std::min(top().row, m_rows - 1)) - 1);
}

int LogView::linesOf(std::uint64_t number) const
{
    return m_wraps ? row(number).shown.lines() : 1;
}

ScreenLine LogView::top() const
{
    return {static_cast<std::uint64_t>(verticalScrollBar()->value()), m_topLine};
}

ScreenLine LogView::lineOf(const LogPlace &place) const
{
    return {place.row, m_wraps ? row(place.row).shown.lineOf(place.column) : 0};
}

/// So many lines down, or up; no farther than the first and the last one. \a missing: how many there were too few.
ScreenLine LogView::moved(ScreenLine from, int lines, int *missing) const
{
    if (m_rows == 0)
        return {};
    for (; lines > 0; --lines) {
        if (from.line + 1 < linesOf(from.row))
            ++from.line;
        else if (from.row + 1 < m_rows)
            from = {from.row + 1, 0};
        else
            break;
    }
    for (; lines < 0; ++lines) {
        if (from.line > 0)
            --from.line;
        else if (from.row > 0)
            from = {from.row - 1, linesOf(from.row - 1) - 1};
        else
            break;
    }
    if (missing)
        *missing = std::abs(lines);
    return from;
}

/// What stands at the top when the last line stands at the bottom.
ScreenLine LogView::endTop() const
{
    if (m_rows == 0)
        return {};
    return moved({m_rows - 1, linesOf(m_rows - 1) - 1}, 1 - visibleRows());
}

void LogView::setTop(const ScreenLine &line)
{
    const ScreenLine end = endTop();
    const ScreenLine wanted = std::min(line, end);
    m_scrolling = true;
    verticalScrollBar()->setRange(0, static_cast<int>(end.row));
    verticalScrollBar()->setValue(static_cast<int>(wanted.row));
    m_topLine = wanted.line;
    m_scrolling = false;
    setFollowing(wanted == end);
    viewport()->update();
}

void LogView::scrollLines(int lines)
{
    setTop(moved(top(), lines));
}

/// The place that many lines below, or above, as near to straight as there is one.
LogPlace LogView::movedDown(const LogPlace &place, int lines) const
{
    const ScreenLine line = moved(lineOf(place), lines);
    const LogRow &to = row(line.row).shown;
    if (!m_wraps)
        return {line.row, std::clamp(place.column, 0, to.length())};
    const double x = row(place.row).shown.xOf(place.column);
    return {line.row, row(line.row).shown.columnAt(x + 1, line.line)};
}

void LogView::wheelEvent(QWheelEvent *event)
{
    if (!m_wraps || event->angleDelta().y() == 0) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    m_wheel += event->angleDelta().y() * wheelLines;
    const int lines = m_wheel / wheelStep;
    m_wheel -= lines * wheelStep;
    scrollLines(-lines);
    event->accept();
}

} // namespace runner::ui
