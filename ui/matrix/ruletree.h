// The rules of the matrix as a tree that rules are dragged in; says why a rule cannot be dropped where it is held.
#pragma once

#include <QTreeView>

namespace runner::ui {

class RuleTreeModel;

class RuleTree final : public QTreeView
{
    Q_OBJECT

public:
    explicit RuleTree(RuleTreeModel *model, QWidget *parent = nullptr);

Q_SIGNALS:
    void dropRefused(const QString &reason); ///< Once for each place that the rule is held over.

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;

private:
    RuleTreeModel *m_model;
    QString m_reason; ///< The last one that was told.
};

} // namespace runner::ui
