// What may be written at the cursor: a model from outside, shown in a popup with a second column of hints.
#pragma once

#include <QCompleter>
#include <QStyledItemDelegate>

class QKeyEvent;
class QMouseEvent;

namespace runner::ui {

/// Roles of the models that the completion takes; their rows are offered in the model's order.
enum CompletionRole {
    CompletionText = Qt::EditRole,        ///< What is inserted.
    CompletionDetail = Qt::UserRole + 64, ///< Said beside it, dim: a default value, what kind it is. May be empty.
    CompletionHint, ///< A sentence that is told of the row that is chosen or pointed at: the comment above an ARG.
    CompletionNext, ///< What stands behind it in the same word, before what is written then: "=" of a value, say.
};

class CompletionDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;
};

/// Begins-with completion that does not care about case, with the popup set up. A line edit that is empty gets every
/// row by the Down key.
class Completion final : public QCompleter
{
    Q_OBJECT

public:
    explicit Completion(QObject *parent = nullptr);

    /// The model is not taken over; its rows have the roles above.
    void setItems(QAbstractItemModel *items);
    /// Opens, moves or closes the popup for what stands before the cursor at \a place (in the widget's pixels). Its
    /// first row is chosen at once only where somebody \a asked for it, and while they type on.
    void offer(const QString &prefix, const QRect &place, bool asked);
    bool isOpen() const;
    bool hasChosenRow() const;
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    bool handlePopupEvent(QEvent *event);
    void passOn(const QMouseEvent &press);
    bool isForAll(const QKeyEvent &key) const;
    void showHint() const;
    int widthOfContents() const;

    bool m_asked = false;
};

} // namespace runner::ui
