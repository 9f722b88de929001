// The list of builds: state, image, when and how long.
#pragma once

#include <QListView>
#include <QStyledItemDelegate>

namespace runner::ui {

class BuildDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace runner::ui
