// LogView: how rows are painted.
#include "log/logview.h"

#include "build/steps.h"

#include <QPainter>
#include <QPaintEvent>
#include <QScrollBar>

#include <algorithm>

namespace runner::ui {

namespace {

constexpr int mostMatchesARow = 1000;

} // namespace

int LogView::gutterWidth() const
{
    const QFontMetrics metrics(m_font);
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
    painter.fillRect(area, m_theme.theme.base);
    if (m_rows == 0) {
        painter.setPen(m_theme.theme.noteText);
        painter.drawText(viewport()->rect(), Qt::AlignCenter,
                         m_source.isNull() ? QString() : m_source.isLive() ? tr("Nothing has been written yet.")
                                                                           : tr("Nothing was written."));
        return;
    }
    const double before = m_widest;
    const int gutter = gutterWidth();
    auto number = static_cast<std::uint64_t>(verticalScrollBar()->value()) + static_cast<std::uint64_t>(area.top() / m_rowHeight);
    for (int top = area.top() / m_rowHeight * m_rowHeight; top <= area.bottom() && number < m_rows; top += m_rowHeight, ++number)
        paintRow(painter, number, top, gutter);
    if (m_widest > before)
        QMetaObject::invokeMethod(this, &LogView::updateRanges, Qt::QueuedConnection);
}

void LogView::paintRow(QPainter &painter, std::uint64_t number, int top, int gutter) const
{
    const Row &shown = row(number);
    const QRect place(0, top, viewport()->width(), m_rowHeight);
    if (shown.line.isClipMark)
        painter.fillRect(place, m_theme.clipFill);
    else if (number == m_cursor.row && hasFocus() && !hasSelection())
        painter.fillRect(place, m_theme.theme.rowSelection);
    const QPointF origin(gutter - horizontalScrollBar()->value(), top + 1);
    painter.save();
    painter.setClipRect(place.adjusted(gutter, 0, 0, 0), Qt::IntersectClip);
    painter.setPen(shown.line.isClipMark ? m_theme.clipText : m_theme.theme.text);
    shown.layout->draw(&painter, origin, marksOf(shown, number));
    paintCursor(painter, shown, number, origin);
    if (shown.line.isClipMark) {
        painter.setPen(QPen(m_theme.clipText, 1, Qt::DashLine));
        painter.drawLine(place.topLeft(), place.topRight());
    }
    painter.restore();
    painter.setFont(m_font);
    painter.setPen(m_theme.gutterText);
    painter.drawText(QRect(gridUnit, top + 1, gutter - gridUnit, m_rowHeight), Qt::AlignLeft | Qt::AlignTop,
                     gutterText(shown.line));
}

QList<QTextLayout::FormatRange> LogView::marksOf(const Row &shown, std::uint64_t number) const
{
    QList<QTextLayout::FormatRange> marks;
    addMatches(shown, marks);
    addSelection(shown, number, marks);
    return marks;
}

void LogView::addMatches(const Row &shown, QList<QTextLayout::FormatRange> &marks) const
{
    if (!m_matcher)
        return;
    QTextCharFormat format;
    format.setBackground(m_theme.matchFill);
    format.setForeground(readable(m_theme.theme.text, m_theme.matchFill, textContrast));
    std::size_t from = 0;
    for (auto match = m_matcher->find(shown.line.bytes, from); match && marks.size() < mostMatchesARow;
         match = m_matcher->find(shown.line.bytes, from)) {
        from = match->begin + match->length;
        const auto begin = static_cast<int>(shown.line.indexOf(match->begin));
        marks.append({begin, static_cast<int>(shown.line.indexOf(from)) - begin, format});
    }
}

void LogView::addSelection(const Row &shown, std::uint64_t number, QList<QTextLayout::FormatRange> &marks) const
{
    const auto [begin, end] = std::minmax(m_anchor, m_cursor);
    if (begin == end || number < begin.row || number > end.row)
        return;
    const int from = number == begin.row ? begin.column : 0;
    const int to = number == end.row ? end.column : static_cast<int>(shown.line.text.size());
    QTextCharFormat format;
    format.setBackground(m_theme.theme.selectedFill);
    format.setForeground(m_theme.theme.selectedText);
    if (to > from)
        marks.append({from, to - from, format});
}

void LogView::paintCursor(QPainter &painter, const Row &shown, std::uint64_t number, QPointF origin) const
{
    if (number != m_cursor.row || !hasFocus())
        return;
    const double x = origin.x() + shown.layout->lineAt(0).cursorToX(m_cursor.column);
    painter.fillRect(QRectF(x, origin.y(), 1, m_rowHeight - 2), m_theme.theme.text);
}

} // namespace runner::ui
