#include "builds/buildlistview.h"

#include "builds/buildlistmodel.h"
#include "builds/buildwords.h"

#include <QPainter>

#include <algorithm>

namespace runner::ui {

namespace {

int lineHeight(const QFont &font)
{
    return std::max(QFontMetrics(font).height(), QFontMetrics(codeFont(font)).height());
}

} // namespace

QSize BuildDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {0, 2 * lineHeight(option.font) + gridUnit + gridUnit / 2};
}

void BuildDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const Theme theme(item.palette);
    const bool selected = item.state & QStyle::State_Selected;
    painter->save();
    painter->fillRect(item.rect, selected ? theme.rowSelection : theme.base);
    if (selected && (item.state & QStyle::State_HasFocus)) {
        painter->setPen(theme.selectedBorder);
        painter->drawRect(item.rect.adjusted(0, 0, -1, -1));
    }
    const int value = index.data(BuildListModel::OutcomeRole).toInt();
    const bool waits = value == -2;
    const auto outcome = value < 0 ? std::optional<build::Outcome>() : static_cast<build::Outcome>(value);
    const QRect area = item.rect.adjusted(gridUnit, gridUnit / 2, -gridUnit, -gridUnit / 2);
    const int sign = 2 * gridUnit + gridUnit / 2;
    const int height = lineHeight(item.font);
    painter->setFont(boldFont(item.font));
    painter->setPen(waits ? theme.noteText : outcomeColour(outcome, theme));
    painter->drawText(QRect(area.left(), area.top(), sign, height), Qt::AlignLeft | Qt::AlignVCenter,
                      waits ? QStringLiteral("…") : outcomeSign(outcome));
    const QRect first(area.left() + sign, area.top(), area.width() - sign, height);
    painter->setFont(codeFont(item.font));
    painter->setPen(theme.text);
    painter->drawText(
        first, Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetrics(painter->font()).elidedText(index.data().toString(), Qt::ElideMiddle, first.width()));
    painter->setFont(item.font);
    painter->setPen(readable(theme.noteText, theme.rowSelection, textContrast));
    painter->drawText(
        first.translated(0, height + 2), Qt::AlignLeft | Qt::AlignVCenter,
        item.fontMetrics.elidedText(index.data(BuildListModel::DetailRole).toString(), Qt::ElideRight, first.width()));
    painter->restore();
}

} // namespace runner::ui
