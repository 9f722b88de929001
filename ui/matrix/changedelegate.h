// Draws "before → after" so that both ends of both can be read where there is no room for all.
#pragma once

#include <QFontMetrics>
#include <QStyledItemDelegate>

namespace runner::ui {

class ChangeDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    /// What fits into \a width: each side is cut in its middle; a text without an arrow as a whole.
    static QString elided(const QString &text, const QFontMetrics &metrics, int width);

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace runner::ui
