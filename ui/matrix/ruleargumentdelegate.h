// Edits names and values of arguments; names are completed from what the Dockerfiles take.
#pragma once

#include <QStyledItemDelegate>

class QLineEdit;

namespace runner::ui {

class Completion;

class RuleArgumentDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void takeFromPopup(QLineEdit *editor, const Completion *completion) const;
};

} // namespace runner::ui
