#include "matrix/changedelegate.h"

#include <QApplication>
#include <QStyle>

#include <algorithm>

namespace runner::ui {

QString ChangeDelegate::elided(const QString &text, const QFontMetrics &metrics, int width)
{
    static const QString arrow = QStringLiteral(" → ");
    const qsizetype at = text.indexOf(arrow);
    if (metrics.horizontalAdvance(text) <= width)
        return text;
    if (at < 0)
        return metrics.elidedText(text, Qt::ElideMiddle, width);
    const QString before = text.left(at);
    const QString after = text.mid(at + arrow.size());
    const int room = width - metrics.horizontalAdvance(arrow);
    const int needed = std::min(metrics.horizontalAdvance(before), metrics.horizontalAdvance(after));
    const int shorter = std::min(room / 2, needed); // What it leaves is for the other.
    const bool beforeIsShorter = metrics.horizontalAdvance(before) <= metrics.horizontalAdvance(after);
    return metrics.elidedText(before, Qt::ElideMiddle, beforeIsShorter ? shorter : room - shorter) + arrow
        + metrics.elidedText(after, Qt::ElideMiddle, beforeIsShorter ? room - shorter : shorter);
}

void ChangeDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const QStyle *style = option->widget ? option->widget->style() : QApplication::style();
    const int margin = style->pixelMetric(QStyle::PM_FocusFrameHMargin, option, option->widget) + 1;
    if (const int width = option->rect.width() - 2 * margin; width > 0)
        option->text = elided(option->text, option->fontMetrics, width);
}

} // namespace runner::ui
