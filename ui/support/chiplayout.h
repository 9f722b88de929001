// Where the chips of a cell go: left to right, wrapped within the column's width.
#pragma once

#include "support/supportroles.h"

#include <QFont>
#include <QList>
#include <QPoint>
#include <QRect>

namespace runner::ui {

struct ChipLayout
{
    QList<QRect> boxes; ///< One per chip, from the cell's top left corner.
    int height = 0;     ///< Of the cell, padding included.

    ChipLayout(const QList<Chip> &chips, const QFont &font, int width);

    /// Index of the chip at the place; -1 where there is none.
    int hit(const QPoint &place) const;
    /// Space in a chip before its text: wider where the dot of a polished version is.
    static int textLeft(const Chip &chip);
};

} // namespace runner::ui
