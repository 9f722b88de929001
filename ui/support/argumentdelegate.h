// Draws an argument in two lines: name and value over where it comes from, whether it is needed and who uses it.
// The current row shows the whole story below, wrapped, so that the keyboard reads what a tooltip tells.
#pragma once

#include <QStyledItemDelegate>

namespace runner::ui {

class ArgumentDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    /// The row that is shown in full; -1 for none. The view has to lay out its rows anew.
    void setOpenRow(int row) { m_openRow = row; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    int m_openRow = -1;
};

} // namespace runner::ui
