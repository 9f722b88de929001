// The list of everything that is wrong with the pack centre.
#pragma once

#include "diagnostics/problemmodel.h"

#include <QTreeView>

class QMenu;

namespace runner::ui {

class ProblemsPane final : public QTreeView
{
    Q_OBJECT

public:
    explicit ProblemsPane(ProblemModel *model, QWidget *parent = nullptr);

    /// The chosen problems, or all where none is chosen, one per line.
    QString text() const;
    void copy();
    /// What can be done about the current problem: copying, and what menuAboutToShow() adds. Blocks until it is chosen.
    void showMenu(const QPoint &globalPlace);

Q_SIGNALS:
    /// The menu about that problem, if any, is made; listeners add to it.
    void menuAboutToShow(QMenu *menu, int row);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    ProblemModel *m_model;
};

} // namespace runner::ui
