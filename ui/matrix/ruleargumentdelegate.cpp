#include "matrix/ruleargumentdelegate.h"

#include "editor/completion.h"
#include "matrix/argumentsmodel.h"
#include "matrix/wholeline.h"
#include "theme/theme.h"

#include <QLineEdit>
#include <QStandardItemModel>

#include <memory>
#include <utility>

namespace runner::ui {

QWidget *RuleArgumentDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &,
                                            const QModelIndex &index) const
{
    auto *editor = makeWholeLine(parent);
    editor->setObjectName(QStringLiteral("argumentEditor"));
    editor->setFrame(false);
    const auto *model = qobject_cast<const ArgumentsModel *>(index.model());
    if (!model || index.column() != ArgumentsModel::NameColumn)
        return editor;
    editor->setAccessibleName(tr("Name of the argument"));
    auto *completion = new Completion(editor);
    auto *names = new QStandardItemModel(completion);
    for (const ArgumentHint &hint : model->hints()) {
        if (model->rowOf(hint.name) >= 0)
            continue;
        auto *item = new QStandardItem(hint.name);
        item->setData(hint.defaultText, CompletionDetail);
        item->setData(hint.description, CompletionHint);
        names->appendRow(item);
    }
    completion->setItems(names);
    editor->setCompleter(completion);
    takeFromPopup(editor, completion);
    return editor;
}

void RuleArgumentDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    if (!isBeingTyped(editor))
        QStyledItemDelegate::setEditorData(editor, index);
}

/// The popup keeps Return from the table: what is chosen there, or typed, is taken as if it had come through.
void RuleArgumentDelegate::takeFromPopup(QLineEdit *editor, const Completion *completion) const
{
    auto *self = const_cast<RuleArgumentDelegate *>(this); // Its signals are no const functions.
    const auto take = [self, editor, taken = std::make_shared<bool>(false)] {
        if (std::exchange(*taken, true))
            return;
        Q_EMIT self->commitData(editor);
        Q_EMIT self->closeEditor(editor);
        if (auto *table = qobject_cast<QWidget *>(self->parent())) // The popup may have had the focus.
            table->setFocus();
    };
    connect(completion, qOverload<const QString &>(&QCompleter::activated), editor, take, Qt::QueuedConnection);
    connect(editor, &QLineEdit::returnPressed, editor, [editor, completion, take] {
        if (completion->isOpen())
            QMetaObject::invokeMethod(editor, take, Qt::QueuedConnection);
    });
}

void RuleArgumentDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem dimmed = option;
    const auto *model = qobject_cast<const ArgumentsModel *>(index.model());
    if (model && (model->isAddRow(index.row()) || index.column() == ArgumentsModel::DefaultColumn))
        dimmed.palette.setColor(QPalette::Text, Theme(option.palette).dimText);
    QStyledItemDelegate::paint(painter, dimmed, index);
}

} // namespace runner::ui
