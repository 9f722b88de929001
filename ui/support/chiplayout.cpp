#include "support/chiplayout.h"

#include "theme/theme.h"

#include <QFontMetrics>

#include <algorithm>

namespace runner::ui {

namespace {

constexpr int gap = gridUnit / 2;
constexpr int padding = gridUnit;
constexpr int dotSpace = gridUnit + 2;

} // namespace

int ChipLayout::textLeft(const Chip &chip)
{
    return padding + (chip.polished ? dotSpace : 0);
}

ChipLayout::ChipLayout(const QList<Chip> &chips, const QFont &font, int width)
{
    const QFontMetrics normal(font);
    const QFontMetrics bold(boldFont(font));
    const int chipHeight = normal.height() + gap;
    const int right = std::max(width - padding, 4 * padding);
    QPoint at(padding, padding - 2);
    for (const Chip &chip : chips) {
        const int advance = (chip.polished ? bold : normal).horizontalAdvance(chip.text);
        const int chipWidth = std::min(textLeft(chip) + advance + padding, right - padding);
        if (at.x() > padding && at.x() + chipWidth > right)
            at = QPoint(padding, at.y() + chipHeight + gap);
        boxes << QRect(at, QSize(chipWidth, chipHeight));
        at.rx() += chipWidth + gap + 2;
    }
    height = at.y() + chipHeight + padding - 2;
}

int ChipLayout::hit(const QPoint &place) const
{
    for (int i = 0; i < boxes.size(); ++i) {
        if (boxes[i].contains(place))
            return i;
    }
    return -1;
}

} // namespace runner::ui
