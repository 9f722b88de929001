#include "diagnostics/problemspane.h"

#include "theme/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>

namespace runner::ui {

ProblemsPane::ProblemsPane(ProblemModel *model, QWidget *parent)
    : QTreeView(parent)
    , m_model(model)
{
    setObjectName(QStringLiteral("problemsPane"));
    setAccessibleName(tr("Problems of the pack centre"));
    setModel(model);
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setFrameShape(NoFrame);
    setSelectionMode(ExtendedSelection);
    setTextElideMode(Qt::ElideRight);
    setMinimumHeight(8 * gridUnit);
    header()->setStretchLastSection(false);
    const int unit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    header()->resizeSection(ProblemModel::SeverityColumn, 13 * unit);
    header()->resizeSection(ProblemModel::Place, 28 * unit);
    for (const int column : {ProblemModel::Message, ProblemModel::Advice})
        header()->setSectionResizeMode(column, QHeaderView::Stretch);
}

QString ProblemsPane::text() const
{
    QString result;
    const QModelIndexList chosen = selectionModel()->selectedRows();
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (chosen.isEmpty() || chosen.contains(m_model->index(row, 0)))
            result += QString::fromStdString(diagnostics::describe(m_model->problems()[static_cast<std::size_t>(row)]))
                      + QLatin1Char('\n');
    }
    return result;
}

void ProblemsPane::copy()
{
    QGuiApplication::clipboard()->setText(text());
}

void ProblemsPane::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copy();
    else if (event->key() == Qt::Key_Period && event->modifiers() == Qt::ControlModifier) // As in the editor.
        showMenu(viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft()));
    else
        QTreeView::keyPressEvent(event);
}

void ProblemsPane::contextMenuEvent(QContextMenuEvent *event)
{
    showMenu(event->globalPos());
}

void ProblemsPane::showMenu(const QPoint &globalPlace)
{
    QMenu menu(this);
    menu.setObjectName(QStringLiteral("problemMenu"));
    Q_EMIT menuAboutToShow(&menu, currentIndex().isValid() ? currentIndex().row() : -1);
    menu.addSeparator();
    menu.addAction(tr("&Copy"), this, &ProblemsPane::copy)->setObjectName(QStringLiteral("copyProblems"));
    menu.exec(globalPlace);
}

} // namespace runner::ui
