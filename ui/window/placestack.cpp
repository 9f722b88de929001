#include "window/placestack.h"

#include <QApplication>

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

} // namespace runner::ui
