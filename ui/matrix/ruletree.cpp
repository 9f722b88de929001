#include "matrix/ruletree.h"

#include "matrix/ruletreemodel.h"
#include "theme/theme.h"

#include <QDragMoveEvent>
#include <QHeaderView>
#include <QKeyEvent>

#include <utility>

namespace runner::ui {

RuleTree::RuleTree(RuleTreeModel *model, QWidget *parent)
    : QTreeView(parent)
    , m_model(model)
{
    setObjectName(QStringLiteral("ruleTree"));
    setAccessibleName(tr("Rules of the matrix"));
    setModel(model);
    setFrameShape(QFrame::NoFrame);
    setUniformRowHeights(true);
    setSelectionMode(ExtendedSelection);
    setDragDropMode(InternalMove);
    setDropIndicatorShown(true);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    setExpandsOnDoubleClick(true);
    header()->setStretchLastSection(true);
    header()->resizeSection(RuleTreeModel::RuleColumn, 20 * gridUnit);
    connect(model, &QAbstractItemModel::modelReset, this, [this] {
        expandAll();
        for (int row = 0; row < m_model->rowCount(); ++row)
            setFirstColumnSpanned(row, {}, true);
    });
}

/// With Alt they move rules; where that cannot be, they move nothing else.
void RuleTree::keyPressEvent(QKeyEvent *event)
{
    const bool moves = event->key() == Qt::Key_Up || event->key() == Qt::Key_Down;
    if (!moves || !(event->modifiers() & Qt::AltModifier))
        QTreeView::keyPressEvent(event);
}

void RuleTree::dragEnterEvent(QDragEnterEvent *event)
{
    m_reason.clear();
    QTreeView::dragEnterEvent(event);
}

void RuleTree::dragMoveEvent(QDragMoveEvent *event)
{
    QTreeView::dragMoveEvent(event);
    QString reason;
    if (!event->isAccepted() && event->source() == this)
        reason = m_model->whyNoDrop(event->mimeData(), indexAt(event->position().toPoint()));
    if (std::exchange(m_reason, reason) != reason && !reason.isEmpty())
        Q_EMIT dropRefused(reason);
}

} // namespace runner::ui
