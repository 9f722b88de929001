// Draws the support table's cells: headings with notes, and versions as chips.
#pragma once

#include "support/chiplayout.h"
#include "support/sectionpainter.h"
#include "theme/theme.h"

#include <QStyledItemDelegate>

#include <optional>
#include <set>

class QTreeView;

namespace runner::ui {

class SupportDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    /// The delegate asks the view for column widths, because rows wrap within them.
    explicit SupportDelegate(QTreeView *view);

    /// The chip that is marked as current; in the view's current cell.
    void setCurrentChip(int chip) { m_currentChip = chip; }
    /// Entries whose chips are chosen one by one: then cells are not marked as selected.
    void setChosen(const std::set<int> &entries) { m_chosen = entries; }
    /// The palette or font has changed.
    void invalidate() { m_theme.reset(); }
    ChipLayout layoutOf(const QModelIndex &cell) const;
    const Theme &theme() const;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const final;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const final;

private:
    SectionContent contentOf(const QModelIndex &index) const;
    void paintCell(QPainter *painter, const QRect &rect, const QModelIndex &index, bool selected) const;
    struct Mark
    {
        bool filled = false; ///< Selected.
        bool ringed = false; ///< Where keys go.
    };

    void paintChip(QPainter *painter, const QRect &box, const Chip &chip, const Mark &mark) const;
    void paintBox(QPainter *painter, const QRect &box, const Chip &chip, const Mark &mark) const;

    QTreeView *m_view;
    int m_currentChip = 0;
    std::set<int> m_chosen;
    mutable std::optional<Theme> m_theme;
};

} // namespace runner::ui
