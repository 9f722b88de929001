#include "window/placestack.h"

#include <QApplication>
#include <QScrollBar>

namespace runner::ui {

PlaceStack::PlaceStack(QWidget *parent)
    : QStackedWidget(parent)
{
    connect(this, &QStackedWidget::currentChanged, this, &QWidget::updateGeometry);
}

QSize PlaceStack::minimumSizeHint() const
{
    const QWidget *shown = currentWidget();
    return shown ? shown->minimumSizeHint().expandedTo(shown->minimumSize()) : QSize(0, 0);
}

PlaceArea::PlaceArea(PlaceStack *places, QWidget *parent)
    : QScrollArea(parent)
{
    setObjectName(QStringLiteral("placeArea"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus); // There is nothing in it but the place.
    setWidgetResizable(true);
    setWidget(places);
    connect(qApp, &QApplication::focusChanged, this, &PlaceArea::onFocusChanged);
}

void PlaceArea::onFocusChanged(QWidget *, QWidget *now)
{
    if (now && widget()->isAncestorOf(now))
        ensureWidgetVisible(now, 0, 0);
}

namespace {

/// As little as shows all of the part, or its begin.
void scrollTo(QScrollBar &bar, int begin, int end, int room)
{
    if (begin < bar.value() || end > bar.value() + room)
        bar.setValue(end - begin > room || begin < bar.value() ? begin : end - room);
}

} // namespace

void PlaceArea::bring(const QWidget &part, const QWidget &entry)
{
    const QRect place(part.mapTo(widget(), QPoint(0, 0)), part.size());
    scrollTo(*horizontalScrollBar(), place.left(), place.left() + place.width(), viewport()->width());
    scrollTo(*verticalScrollBar(), place.top(), place.top() + place.height(), viewport()->height());
    const QRect cursor = entry.inputMethodQuery(Qt::ImCursorRectangle).toRect();
    if (cursor == entry.QWidget::inputMethodQuery(Qt::ImCursorRectangle).toRect())
        return;
    const QPoint begin = entry.mapTo(widget(), cursor.topLeft());
    ensureVisible(begin.x(), begin.y() + cursor.height() / 2, 0, cursor.height() / 2);
}

} // namespace runner::ui
