// The window's colours and sizes. Every colour is a role that is worked out from the desktop's palette.
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>

namespace runner::ui {

/// One grid for all distances, in pixels; half of it inside chips.
inline constexpr int gridUnit = 8;

/// Contrast that a role keeps to what lies behind it: of text, and of marks and borders.
inline constexpr double textContrast = 4.5;
inline constexpr double markContrast = 3.0;

/// WCAG's contrast of two opaque colours, 1 to 21.
double contrast(const QColor &a, const QColor &b);
/// \a colour, moved towards black or white until it keeps \a wanted to \a behind.
QColor readable(const QColor &colour, const QColor &behind, double wanted);

struct Theme
{
    explicit Theme(const QPalette &palette);

    bool dark = false;
    QColor base;          ///< Behind the table.
    QColor text, dimText; ///< On base and on chips.
    QColor sectionFill, sectionText;
    QColor chipFill, chipBorder;
    QColor dimChipFill, dimChipBorder; ///< Of deprecated versions.
    QColor polishMark;                 ///< The dot of a polished version, on chipFill.
    QColor selectedFill, selectedText, selectedBorder;
    QColor grid;                             ///< Hairlines between rows; decoration only.
    QColor rowSelection;                     ///< Behind the selected cells.
    QColor noteText, warningText, errorText; ///< On base and on window.
    QColor codeFill;                         ///< Behind inline code, on base.
};

enum class ThemeChoice { System, Light, Dark };

/// Palettes for `--theme`; the system's choice changes nothing.
QPalette lightPalette();
QPalette darkPalette();

/// The second text size: headings.
QFont headingFont(const QFont &base);
QFont boldFont(const QFont &base);
/// The desktop's fixed-width font in the size of the first text size.
QFont codeFont(const QFont &base);

} // namespace runner::ui
