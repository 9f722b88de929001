// Draws "before → after" so that both ends of both can be read where there is no room for all: in the rows of the first
// level one below the other.
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
    /// The same in two lines, for text with an arrow; not cut where \a width is 0.
    static QString stacked(const QString &text, const QFontMetrics &metrics, int width);

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace runner::ui
