#include "support/flowlayout.h"

#include <QStyle>
#include <QWidget>

#include <algorithm>

namespace runner::ui {

FlowLayout::~FlowLayout()
{
    qDeleteAll(m_items);
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

QList<QRect> FlowLayout::arrange(const QRect &rect) const
{
    QList<QRect> places;
    QPoint at = rect.topLeft();
    int lineHeight = 0;
    for (const QLayoutItem *item : m_items) {
        const QSize size = item->sizeHint().boundedTo({rect.width(), item->sizeHint().height()});
        if (at.x() > rect.left() && at.x() + size.width() > rect.left() + rect.width()) {
            at = {rect.left(), at.y() + lineHeight + spacing()};
            lineHeight = 0;
        }
        places << QRect(at, size);
        at.rx() += size.width() + spacing();
        lineHeight = std::max(lineHeight, size.height());
    }
    if (!places.isEmpty()) {
        places.last().moveRight(rect.left() + rect.width() - 1);
        places.last().setHeight(std::max(places.last().height(), lineHeight));
    }
    return places;
}

int FlowLayout::heightForWidth(int width) const
{
    const QList<QRect> places = arrange(QRect(0, 0, width, 0));
    return places.isEmpty() ? 0 : places.last().bottom() + 1;
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const QLayoutItem *item : m_items)
        size = size.expandedTo(item->minimumSize());
    return size;
}

QSize FlowLayout::sizeHint() const
{
    QSize size(0, 0);
    for (const QLayoutItem *item : m_items)
        size = {size.width() + item->sizeHint().width() + spacing(),
                std::max(size.height(), item->sizeHint().height())};
    return size;
}

void FlowLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    const QList<QRect> places = arrange(rect);
    for (qsizetype i = 0; i < places.size(); ++i) {
        const QRect place = QStyle::visualRect(parentWidget()->layoutDirection(), rect, places[i]);
        m_items[i]->setGeometry(place);
    }
}

} // namespace runner::ui
