// Colours of a build's log: the sixteen of a terminal, and marks, worked out from the palette like every other colour.
#pragma once

#include "build/ansi.h"
#include "theme/theme.h"

#include <QTextCharFormat>

#include <array>

namespace runner::ui {

/// Text keeps textContrast to what it stands on, whatever colour the log asks for.
struct LogTheme
{
    explicit LogTheme(const QPalette &palette);

    Theme theme;
    std::array<QColor, 16> colours; ///< A terminal's first sixteen, on base.
    QColor gutterText;              ///< Times and numbers of steps.
    QColor clipFill, clipText;      ///< The line that says the builder has cut the log.
    QColor matchFill;               ///< Behind what was found.

    QColor colour(const build::Color &colour) const;
    QTextCharFormat format(const build::Style &style) const;
};

} // namespace runner::ui
