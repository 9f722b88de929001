#include "support/argumentdelegate.h"

#include "support/argumentmodel.h"
#include "theme/theme.h"

#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace runner::ui {

namespace {

constexpr int argumentMargin = gridUnit / 2;

QString cell(const QModelIndex &index, int column)
{
    return index.siblingAtColumn(column).data().toString();
}

/// Lays out lines of text in a width; returns the height.
int layOut(QTextLayout &layout, int width)
{
    QTextOption wrap;
    wrap.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(wrap);
    qreal y = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(width, 1));
        line.setPosition({0, y});
        y += line.height();
    }
    layout.endLayout();
    return static_cast<int>(std::ceil(y));
}

QString storyOf(const QModelIndex &index)
{
    return index.data(ArgumentModel::StoryRole).toString().replace(u'\n', QChar::LineSeparator);
}

QString summaryOf(const QModelIndex &index)
{
    QStringList parts{cell(index, ArgumentModel::From), cell(index, ArgumentModel::Need),
                      cell(index, ArgumentModel::Stages)};
    parts.removeAll(QString()); // Where the Dockerfile's header does not say whether it is needed.
    return parts.join(QStringLiteral(" · "));
}

void drawStory(QPainter *painter, const QRect &rect, const QFont &font, const QModelIndex &index)
{
    QTextLayout story(storyOf(index), font);
    layOut(story, rect.width());
    story.draw(painter, rect.topLeft());
}

} // namespace

void ArgumentDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme theme(option.palette);
    const bool open = index.row() == m_openRow;
    painter->save();
    painter->fillRect(option.rect, option.state.testFlag(QStyle::State_Selected) ? theme.rowSelection : theme.base);
    painter->fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1, theme.grid);
    QRect line = option.rect.adjusted(gridUnit, argumentMargin, -gridUnit, 0);
    const QFont code = codeFont(option.font);
    const QFontMetrics metrics(boldFont(code));
    line.setHeight(metrics.height());
    painter->setPen(theme.text);
    painter->setFont(boldFont(code));
    const QString name = metrics.elidedText(cell(index, ArgumentModel::Name), Qt::ElideMiddle, line.width());
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter, name);
    const QRect value = line.adjusted(metrics.horizontalAdvance(name) + gridUnit, 0, 0, 0);
    painter->setFont(code);
    painter->drawText(
        value, Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetrics(code).elidedText(cell(index, ArgumentModel::ValueColumn), Qt::ElideMiddle, value.width()));
    line.moveTop(line.bottom() + 1);
    line.setHeight(option.fontMetrics.height());
    painter->setFont(option.font);
    painter->setPen(theme.noteText);
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                      option.fontMetrics.elidedText(summaryOf(index), Qt::ElideRight, line.width()));
    painter->setPen(theme.text);
    if (open)
        drawStory(painter, QRect(line.bottomLeft() + QPoint(0, argumentMargin), QSize(line.width(), 0)), option.font,
                  index);
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(theme.selectedBorder);
        painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
    painter->restore();
}

QSize ArgumentDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QFont font = option.widget ? option.widget->font() : option.font;
    int height = QFontMetrics(boldFont(codeFont(font))).height() + QFontMetrics(font).height() + 2 * argumentMargin + 1;
    if (index.row() == m_openRow) {
        QTextLayout story(storyOf(index), font);
        height += layOut(story, option.rect.width() - 2 * gridUnit) + argumentMargin;
    }
    return {10 * gridUnit, height};
}

} // namespace runner::ui
