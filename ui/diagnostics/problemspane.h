// The list of everything that is wrong with the pack centre.
#pragma once

#include "diagnostics/problemmodel.h"

#include <QTreeView>

namespace runner::ui {

class ProblemsPane final : public QTreeView
{
    Q_OBJECT

public:
    explicit ProblemsPane(ProblemModel *model, QWidget *parent = nullptr);

    /// The chosen problems, or all where none is chosen, one per line.
    QString text() const;
    void copy();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    ProblemModel *m_model;
};

} // namespace runner::ui
