// LogView: how rows are painted.
#include "log/logview.h"

#include "build/steps.h"

#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace runner::ui {

int LogView::gutterWidth() const
{
    const QFontMetrics metrics(m_look.font);
    int width = gridUnit;
    if (m_times)
        width += metrics.horizontalAdvance(QStringLiteral("0:00:00.00")) + 2 * gridUnit;
    if (!m_source.step())
        width += metrics.horizontalAdvance(QStringLiteral("#000")) + 2 * gridUnit;
    return width;
}

QString LogView::gutterText(const ShownLine &line) const
{
    QString text;
    if (m_times)
        text = shownTime(line.milliseconds).rightJustified(10) + QStringLiteral("  ");
    if (!m_source.step())
        text += line.step == build::Steps::noStep ? QString() : QStringLiteral("#%1").arg(line.step);
    return text;
}

void LogView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    const QRect area = event->rect();
    painter.fillRect(area, m_look.theme.theme.base);
    if (m_rows == 0) {
        painter.setPen(m_look.theme.theme.noteText);
        painter.drawText(viewport()->rect(), Qt::AlignCenter,
                         m_source.isNull()   ? QString()
                         : m_source.isLive() ? tr("Nothing has been written yet.")
                                             : tr("Nothing was written."));
        return;
    }
    const double before = m_widest;
    const int gutter = gutterWidth();
    auto number = top().row;
    for (int y = -m_topLine * m_rowHeight; y <= area.bottom() && number < m_rows; ++number) {
        const int height = linesOf(number) * m_rowHeight;
        if (y + height > area.top())
            paintRow(painter, number, y, gutter);
        y += height;
    }
    if (m_widest > before)
        QMetaObject::invokeMethod(this, &LogView::updateRanges, Qt::QueuedConnection);
}

void LogView::paintRow(QPainter &painter, std::uint64_t number, int y, int gutter) const
{
    const Row &shown = row(number);
    const ShownLine &line = shown.shown.line();
    const QRect place(0, y, viewport()->width(), shown.shown.lines() * m_rowHeight);
    if (line.isClipMark)
        painter.fillRect(place, m_look.theme.clipFill);
    else if (number == m_cursor.row && hasFocus() && !hasSelection())
        painter.fillRect(place, m_look.theme.theme.rowSelection);
    const QPointF origin(gutter - horizontalScrollBar()->value(), y + 1);
    const QRect text = place.adjusted(gutter, 0, 0, 0).intersected(viewport()->rect());
    painter.save();
    painter.setClipRect(text, Qt::IntersectClip);
    painter.setPen(line.isClipMark ? m_look.theme.clipText : m_look.theme.theme.text);
    shown.shown.draw(painter, origin, text, marksOf(shown, number));
    paintCursor(painter, shown, number, origin);
    if (line.isClipMark) {
        painter.setPen(QPen(m_look.theme.clipText, 1, Qt::DashLine));
        painter.drawLine(place.topLeft(), place.topRight());
    }
    painter.restore();
    painter.setFont(m_look.font);
    painter.setPen(m_look.theme.gutterText);
    painter.drawText(QRect(gridUnit, y + 1, gutter - gridUnit, m_rowHeight), Qt::AlignLeft | Qt::AlignTop,
                     gutterText(line));
}

std::vector<LogMarks> LogView::marksOf(const Row &shown, std::uint64_t number) const
{
    const LogTheme &theme = m_look.theme;
    std::vector<LogMarks> marks;
    if (const auto &matches = matchesOf(shown); !matches.empty())
        marks.push_back({theme.matchFill, readable(theme.theme.text, theme.matchFill, textContrast), matches});
    if (const LogColumns chosen = selectionOf(shown, number); chosen.end > chosen.begin)
        marks.push_back({theme.theme.selectedFill, theme.theme.selectedText, {chosen}});
    return marks;
}

const std::vector<LogColumns> &LogView::matchesOf(const Row &shown) const
{
    if (shown.matches)
        return *shown.matches;
    std::vector<LogColumns> &matches = shown.matches.emplace();
    const ShownLine &line = shown.shown.line();
    ColumnCounter columns(line);
    std::size_t from = 0;
    for (auto match = m_matcher ? m_matcher->find(line.bytes, from) : std::nullopt; match;
         match = m_matcher->find(line.bytes, from)) {
        from = match->begin + match->length;
        const int begin = columns.of(match->begin);
        matches.push_back({begin, columns.of(from)});
    }
    return matches;
}

LogColumns LogView::selectionOf(const Row &shown, std::uint64_t number) const
{
    const auto [begin, end] = std::minmax(m_anchor, m_cursor);
    if (begin == end || number < begin.row || number > end.row)
        return {};
    const int length = shown.shown.length();
    return {number == begin.row ? std::clamp(begin.column, 0, length) : 0,
            number == end.row ? std::clamp(end.column, 0, length) : length};
}

void LogView::paintCursor(QPainter &painter, const Row &shown, std::uint64_t number, QPointF origin) const
{
    if (number != m_cursor.row || !hasFocus())
        return;
    const double x = origin.x() + shown.shown.xOf(m_cursor.column);
    const double y = origin.y() + shown.shown.lineOf(m_cursor.column) * m_rowHeight;
    painter.fillRect(QRectF(x, y, 1, m_rowHeight - 2), m_look.theme.theme.text);
}

} // namespace runner::ui
