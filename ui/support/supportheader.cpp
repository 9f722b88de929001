#include "support/supportheader.h"

#include "support/supportroles.h"
#include "theme/theme.h"

#include <QPainter>

namespace runner::ui {

SupportHeader::SupportHeader(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setObjectName(QStringLiteral("supportTableHeader"));
}

QSize SupportHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), QFontMetrics(font()).height() + 2 * gridUnit};
}

void SupportHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    const Theme theme(palette());
    painter->fillRect(rect, theme.base);
    painter->fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.grid);
    painter->setPen(theme.dimText);
    painter->setFont(boldFont(font()));
    const int left = section == VersionColumn ? 3 * gridUnit : gridUnit;
    const QRect room = rect.adjusted(left, 0, -gridUnit / 2, -1);
    const QString title = model()->headerData(section, Qt::Horizontal, Qt::DisplayRole).toString();
    painter->drawText(room, Qt::AlignVCenter | Qt::AlignLeft,
                      painter->fontMetrics().elidedText(title, Qt::ElideRight, room.width()));
}

} // namespace runner::ui
