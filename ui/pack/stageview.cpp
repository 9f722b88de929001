#include "pack/stageview.h"

#include "pack/stagemodel.h"
#include "theme/theme.h"

#include <QPainter>

namespace runner::ui {

namespace {

constexpr int laneWidth = 12;
constexpr double dotRadius = 4.5;

double laneAt(std::size_t lane)
{
    return gridUnit + laneWidth * (static_cast<double>(lane) + 0.5);
}

} // namespace

StageDelegate::StageDelegate(const StageModel *model, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
{
}

double StageDelegate::dotAt() const
{
    return laneAt(static_cast<std::size_t>(m_model->laneCount()));
}

QSize StageDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {0, option.fontMetrics.height() + gridUnit};
}

void StageDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const Theme theme(item.palette);
    const StageRow &row = m_model->row(index.row());
    const bool selected = item.state & QStyle::State_Selected;
    painter->save();
    painter->fillRect(item.rect, selected ? theme.rowSelection : theme.base);
    if (item.state & QStyle::State_HasFocus) { // also of a row that is current and not chosen yet
        painter->setPen(theme.selectedBorder);
        painter->drawRect(item.rect.adjusted(0, 0, -1, -1));
    }
    paintRails(*painter, item.rect, index.row(), item.palette);
    const QRect words = item.rect.adjusted(static_cast<int>(dotAt()) + gridUnit + gridUnit / 2, 0, -gridUnit, 0);
    painter->setFont(row.isTarget ? boldFont(codeFont(item.font)) : codeFont(item.font));
    painter->setPen(row.isNeeded ? theme.text : theme.noteText);
    const QFontMetrics nameMetrics(painter->font());
    const QString name = nameMetrics.elidedText(row.name, Qt::ElideRight, words.width());
    painter->drawText(words, Qt::AlignVCenter | Qt::AlignLeft, name);
    const int left = words.width() - nameMetrics.horizontalAdvance(name) - 2 * gridUnit;
    painter->setFont(item.font);
    painter->setPen(theme.noteText);
    if (left > 10 * item.fontMetrics.averageCharWidth()) // Less would say nothing.
        painter->drawText(
            words, Qt::AlignVCenter | Qt::AlignRight,
            item.fontMetrics.elidedText(row.ownTag.isEmpty() ? row.base : StageModel::tr("own %1").arg(row.ownTag),
                                        Qt::ElideMiddle, left));
    painter->restore();
}

/// Strong where the chosen image needs both ends; dashed where only files are taken. The dot is filled where the image
/// needs the stage, so that colour is not the only difference.
void StageDelegate::paintRails(QPainter &painter, const QRect &place, int row, const QPalette &palette) const
{
    const Theme theme(palette);
    const StageRow &stage = m_model->row(row);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double middle = place.center().y() + 0.5;
    for (std::size_t i = 0; i < stage.lanes.size(); ++i) {
        const StageLane &lane = stage.lanes[i];
        const double x = laneAt(i);
        painter.setPen(QPen(lane.isNeeded ? theme.selectedBorder : theme.dimChipBorder, lane.isNeeded ? 2 : 1));
        if (lane.above)
            painter.drawLine(QPointF(x, place.top()), QPointF(x, middle));
        if (lane.below)
            painter.drawLine(QPointF(x, middle), QPointF(x, place.bottom() + 1));
        if (!lane.joins)
            continue;
        QPen pen = painter.pen();
        if (lane.isCopy)
            pen.setStyle(Qt::DotLine);
        painter.setPen(pen);
        painter.drawLine(QPointF(x, middle), QPointF(dotAt() - dotRadius, middle));
    }
    painter.setPen(QPen(stage.isNeeded ? theme.selectedBorder : theme.dimChipBorder, 1.5));
    painter.setBrush(stage.isNeeded ? theme.selectedBorder : theme.base);
    painter.drawEllipse(QPointF(dotAt(), middle), dotRadius, dotRadius);
    if (stage.isTarget) {
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(QPointF(dotAt(), middle), dotRadius + 3, dotRadius + 3);
    }
    painter.restore();
}

StageView::StageView(StageModel *model, QWidget *parent)
    : QListView(parent)
{
    setObjectName(QStringLiteral("stageView"));
    setAccessibleName(tr("Stages"));
    setModel(model);
    setItemDelegate(new StageDelegate(model, this));
    setFrameShape(NoFrame);
    setUniformItemSizes(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    const auto choose = [this](const QModelIndex &index) {
        if (index.isValid())
            Q_EMIT stageChosen(index.row());
    };
    connect(this, &QListView::activated, this, choose);
    connect(this, &QListView::clicked, this, choose);
}

void StageView::follow(int stage)
{
    m_following = true;
    const QModelIndex index = model()->index(stage, 0);
    setCurrentIndex(index);
    if (!index.isValid())
        clearSelection();
    m_following = false;
}

void StageView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    if (!m_following && current.isValid() && hasFocus())
        Q_EMIT stageChosen(current.row());
}

} // namespace runner::ui
