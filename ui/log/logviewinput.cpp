// LogView: mouse and keyboard.
#include "log/logview.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <limits>

namespace runner::ui {

namespace {

bool isWordCharacter(QChar character)
{
    return character.isLetterOrNumber() || character == u'_' || character == u'-' || character == u'.'
           || character == u'/';
}

} // namespace

LogPlace LogView::placeAt(const QPoint &point) const
{
    if (m_rows == 0)
        return {};
    const ScreenLine line = moved(top(), point.y() < 0 ? -1 : point.y() / m_rowHeight);
    return {line.row,
            row(line.row).shown.columnAt(point.x() - gutterWidth() + horizontalScrollBar()->value(), line.line)};
}

void LogView::moveCursor(const LogPlace &place, bool extend)
{
    m_cursor = place;
    if (!extend)
        m_anchor = place;
    ensureVisible(place);
    viewport()->update();
    announceLine();
}

LogLink LogView::linkAt(const QPoint &point) const
{
    if (m_rows == 0 || point.y() < 0)
        return LogLink::None;
    int missing = 0;
    const ScreenLine line = moved(top(), point.y() / m_rowHeight, &missing);
    if (missing > 0)
        return LogLink::None;
    return row(line.row).shown.linkAt(point.x() - gutterWidth() + horizontalScrollBar()->value(), line.line);
}

/// Whether that is all that a click does.
bool LogView::followLink(LogLink link, std::uint64_t number)
{
    if (link == LogLink::Unclipped)
        Q_EMIT unclippedRequested();
    else if (link != LogLink::None)
        turn(number, link == LogLink::More, false);
    return link == LogLink::More || link == LogLink::Before;
}

bool LogView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const LogLink link = linkAt(help->pos());
    const QString tip =
        link == LogLink::Unclipped
            ? tr("Build it again on a builder that keeps the whole log; you are asked before one is created")
        : link == LogLink::More   ? tr("Show what follows in this line (Alt+Right; End goes to the line's end)")
        : link == LogLink::Before ? tr("Show what stands before in this line (Alt+Left; Home goes to the line's begin)")
                                  : QString();
    QToolTip::showText(help->globalPos(), tip, viewport()); // Without a text it hides.
    return true;
}

void LogView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_rows == 0)
        return;
    const LogPlace place = placeAt(event->pos());
    const bool extends = event->modifiers() & Qt::ShiftModifier;
    m_dragging = extends || !followLink(linkAt(event->pos()), place.row);
    if (!m_dragging)
        return;
    m_cursor = place;
    if (!extends)
        m_anchor = place;
    viewport()->update();
    announceLine();
}

void LogView::mouseMoveEvent(QMouseEvent *event)
{
    const bool isLink = event->buttons() == Qt::NoButton && linkAt(event->pos()) != LogLink::None;
    viewport()->setCursor(isLink ? Qt::PointingHandCursor : Qt::IBeamCursor);
    if (!(event->buttons() & Qt::LeftButton) || !m_dragging || m_rows == 0)
        return;
    m_drag = event->pos();
    m_cursor = placeAt(m_drag);
    if (hasSelection() && m_source.isLive())
        setFollowing(false); // What is being selected must not run away.
    if (!viewport()->rect().contains(m_drag) && !m_dragTimer.isActive())
        m_dragTimer.start();
    viewport()->update();
}

/// Beyond the edges the view scrolls on, the faster the farther.
void LogView::dragScroll()
{
    const QRect area = viewport()->rect();
    if (area.contains(m_drag)) {
        m_dragTimer.stop();
        return;
    }
    const int beyond = m_drag.y() < 0 ? m_drag.y() : std::max(0, m_drag.y() - area.bottom());
    scrollLines(beyond / m_rowHeight + (beyond > 0 ? 1 : beyond < 0 ? -1 : 0));
    const int aside = m_drag.x() < 0 ? m_drag.x() : std::max(0, m_drag.x() - area.right());
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + aside);
    m_cursor = placeAt(m_drag);
    viewport()->update();
}

void LogView::mouseReleaseEvent(QMouseEvent *event)
{
    Q_UNUSED(event)
    m_dragTimer.stop();
    m_dragging = false;
}

void LogView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_rows == 0)
        return;
    const LogPlace place = placeAt(event->pos());
    const LogLink link = linkAt(event->pos());
    if (link != LogLink::Unclipped && followLink(link, place.row)) // Two fast clicks.
        return;
    const QString text = lineAt(place.row).text;
    int begin = place.column;
    int end = place.column;
    while (begin > 0 && isWordCharacter(text[begin - 1]))
        --begin;
    while (end < text.size() && isWordCharacter(text[end]))
        ++end;
    m_anchor = {place.row, begin};
    m_cursor = {place.row, end};
    viewport()->update();
}

void LogView::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu(this);
    QAction *copy = menu.addAction(tr("&Copy"), this, &LogView::copy);
    copy->setEnabled(hasSelection());
    menu.addAction(tr("Select &all"), this, &LogView::selectAll)->setEnabled(m_rows > 0);
    QAction *wrap = menu.addAction(tr("&Wrap long lines"), this, &LogView::setWraps);
    wrap->setCheckable(true);
    wrap->setChecked(m_wraps);
    menu.exec(event->globalPos());
}

bool LogView::moveByKey(QKeyEvent *event)
{
    const bool sideways = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
    if (sideways && event->modifiers() & Qt::AltModifier) {
        turn(m_cursor.row, event->key() == Qt::Key_Right, event->modifiers() & Qt::ShiftModifier);
        return true;
    }
    const bool toEnds = event->modifiers() & Qt::ControlModifier;
    LogPlace to = m_cursor;
    switch (event->key()) {
    case Qt::Key_Up:
        to = movedDown(to, -1);
        break;
    case Qt::Key_Down:
        to = movedDown(to, 1);
        break;
    case Qt::Key_PageUp:
        to = movedDown(to, -visibleRows());
        break;
    case Qt::Key_PageDown:
        to = movedDown(to, visibleRows());
        break;
    case Qt::Key_Left:
        --to.column;
        break;
    case Qt::Key_Right:
        ++to.column;
        break;
    case Qt::Key_Home:
        to = {toEnds ? 0 : to.row, std::numeric_limits<int>::min()};
        break;
    case Qt::Key_End:
        to = {toEnds ? m_rows - 1 : to.row, std::numeric_limits<int>::max()};
        break;
    default:
        return false;
    }
    const ShownLine &line = row(to.row).shown.line();
    to.column = std::clamp(to.column, line.first(), line.last());
    moveCursor(to, event->modifiers() & Qt::ShiftModifier);
    if (event->key() == Qt::Key_End && toEnds && !(event->modifiers() & Qt::ShiftModifier))
        follow();
    return true;
}

void LogView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copy();
    else if (event->matches(QKeySequence::SelectAll))
        selectAll();
    else if (m_rows == 0 || !moveByKey(event))
        QAbstractScrollArea::keyPressEvent(event);
}

void LogView::focusInEvent(QFocusEvent *event)
{
    // The keyboard starts where the eyes are.
    if (m_rows > 0 && !hasSelection()
        && (lineOf(m_cursor) < top() || lineOf(m_cursor) > moved(top(), visibleRows() - 1)))
        m_anchor = m_cursor = {std::min(m_following ? m_rows - 1 : top().row, m_rows - 1), 0};
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void LogView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace runner::ui
