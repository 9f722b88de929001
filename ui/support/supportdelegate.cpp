#include "support/supportdelegate.h"

#include <QHeaderView>
#include <QPainter>
#include <QTreeView>

namespace runner::ui {

SupportDelegate::SupportDelegate(QTreeView *view)
    : QStyledItemDelegate(view)
    , m_view(view)
{
}

const Theme &SupportDelegate::theme() const
{
    if (!m_theme)
        m_theme.emplace(m_view->palette());
    return *m_theme;
}

ChipLayout SupportDelegate::layoutOf(const QModelIndex &cell) const
{
    return {cell.data(ChipsRole).value<QList<Chip>>(), m_view->font(), m_view->header()->sectionSize(cell.column())};
}

SectionContent SupportDelegate::contentOf(const QModelIndex &index) const
{
    const int rows = index.model()->rowCount(index);
    return {index.data().toString(), rows == 1 ? tr("1 row") : tr("%1 rows").arg(rows),
            index.data(NotesRole).value<QList<SectionNote>>(), m_view->isExpanded(index)};
}

QSize SupportDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    if (index.data(IsSectionRole).toBool()) {
        const int width = m_view->viewport()->width();
        return {width, index.column() == 0 ? sectionHeight(contentOf(index), m_view->font(), width) : 0};
    }
    if (index.column() < FirstServiceColumn)
        return {gridUnit, option.fontMetrics.height() + 2 * gridUnit};
    return {gridUnit, layoutOf(index).height};
}

void SupportDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    if (index.data(IsSectionRole).toBool()) {
        paintSection(painter, option.rect, contentOf(index), m_view->font(), theme());
        if (index == m_view->currentIndex().siblingAtColumn(0) && m_view->hasFocus()) {
            painter->setPen(QPen(theme().selectedBorder, 2));
            painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
        }
        return;
    }
    painter->save();
    painter->setClipRect(option.rect);
    paintCell(painter, option.rect, index, option.state.testFlag(QStyle::State_Selected));
    painter->restore();
}

void SupportDelegate::paintCell(QPainter *painter, const QRect &rect, const QModelIndex &index, bool selected) const
{
    const bool current = index == m_view->currentIndex();
    if (selected && m_chosen.empty())
        painter->fillRect(rect, theme().rowSelection);
    if (index.column() < FirstServiceColumn) {
        const int left = index.column() == VersionColumn ? 3 * gridUnit : gridUnit;
        const int height = QFontMetrics(m_view->font()).height() + 2 * gridUnit;
        painter->setPen(theme().text);
        painter->setFont(index.column() == VersionColumn ? boldFont(m_view->font()) : m_view->font());
        const QRect room(rect.left() + left, rect.top(), rect.width() - left - gridUnit / 2, height);
        painter->drawText(room, Qt::AlignVCenter | Qt::AlignLeft,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, room.width()));
    } else {
        const auto chips = index.data(ChipsRole).value<QList<Chip>>();
        const auto entries = m_chosen.empty() ? QList<int>() : index.data(EntriesRole).value<QList<int>>();
        const ChipLayout layout = layoutOf(index);
        for (int i = 0; i < chips.size(); ++i) {
            const bool here = current && i == m_currentChip;
            const bool filled = m_chosen.empty() ? here : m_chosen.count(entries.value(i, -1)) > 0;
            paintChip(painter, layout.boxes[i].translated(rect.topLeft()), chips[i],
                      {filled, here && m_view->hasFocus()});
        }
    }
    const bool hasChips = index.column() >= FirstServiceColumn && !index.data(ChipsRole).value<QList<Chip>>().isEmpty();
    if (current && m_view->hasFocus() && !hasChips) {
        painter->setPen(theme().selectedBorder);
        painter->drawRect(rect.adjusted(1, 1, -2, -3));
    }
}

void SupportDelegate::paintBox(QPainter *painter, const QRect &box, const Chip &chip, const Mark &mark) const
{
    const Theme &colours = theme();
    QPen pen(chip.deprecated ? colours.dimChipBorder : colours.chipBorder);
    if (mark.filled)
        pen.setColor(colours.selectedBorder);
    if (chip.unlisted) {
        pen.setStyle(Qt::CustomDashLine);
        pen.setDashPattern({3, 3});
    }
    const QColor fill = chip.deprecated ? colours.dimChipFill : colours.chipFill;
    painter->setPen(pen);
    painter->setBrush(mark.filled ? colours.selectedFill : fill);
    painter->drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), gridUnit / 2.0 + 1, gridUnit / 2.0 + 1);
    if (mark.ringed) {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(colours.selectedBorder, 1));
        painter->drawRoundedRect(QRectF(box).adjusted(-1.5, -1.5, 1.5, 1.5), gridUnit - 1, gridUnit - 1);
    }
}

void SupportDelegate::paintChip(QPainter *painter, const QRect &box, const Chip &chip, const Mark &mark) const
{
    const Theme &colours = theme();
    painter->setRenderHint(QPainter::Antialiasing);
    paintBox(painter, box, chip, mark);
    QFont font = chip.polished ? boldFont(m_view->font()) : m_view->font();
    font.setStrikeOut(chip.deprecated);
    const QColor plain = chip.deprecated ? colours.dimText : colours.text;
    painter->setFont(font);
    const int left = ChipLayout::textLeft(chip);
    if (chip.polished) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(mark.filled ? colours.selectedText : colours.polishMark);
        painter->drawEllipse(QRectF(box.left() + gridUnit, box.center().y() - 2.5, 6, 6));
    }
    painter->setPen(mark.filled ? colours.selectedText : plain);
    const QRect room = box.adjusted(left, 0, -gridUnit / 2, 0);
    painter->drawText(room, Qt::AlignVCenter | Qt::AlignLeft,
                      QFontMetrics(font).elidedText(chip.text, Qt::ElideRight, room.width()));
}

} // namespace runner::ui
