#include "matrix/changedelegate.h"

#include <QApplication>
#include <QStyle>

#include <algorithm>

namespace runner::ui {

namespace {

const QString arrow = QStringLiteral(" → ");

} // namespace

QString ChangeDelegate::elided(const QString &text, const QFontMetrics &metrics, int width)
{
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

QString ChangeDelegate::stacked(const QString &text, const QFontMetrics &metrics, int width)
{
    const qsizetype at = text.indexOf(arrow);
    if (at < 0)
        return width > 0 ? elided(text, metrics, width) : text;
    const QString before = text.left(at);
    const QString after = text.mid(at + arrow.size());
    const QString mark = QStringLiteral(" →");
    const auto cut = [&](const QString &side, int room) {
        return width > 0 ? metrics.elidedText(side, Qt::ElideMiddle, room) : side;
    };
    return cut(before, width - metrics.horizontalAdvance(mark)) + mark + QChar(QChar::LineSeparator)
           + cut(after, width);
}

void ChangeDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const QStyle *style = option->widget ? option->widget->style() : QApplication::style();
    const int margin = style->pixelMetric(QStyle::PM_FocusFrameHMargin, option, option->widget) + 1;
    const int width = option->rect.width() - 2 * margin;
    if (!index.parent().isValid())
        option->text = stacked(option->text, option->fontMetrics, std::max(0, width));
    else if (width > 0)
        option->text = elided(option->text, option->fontMetrics, width);
}

} // namespace runner::ui
