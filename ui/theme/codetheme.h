// Colours of code: what a piece of text is for, worked out from the palette like every other colour.
#pragma once

#include "theme/theme.h"

#include <QTextCharFormat>

#include <array>

namespace runner::ui {

enum class CodeStyle {
    Plain,
    Keyword,
    Control,
    Function,
    Variable,
    Type,
    Number,
    String,
    Escape,
    Comment,
    CommentMark, ///< A word inside a comment that tools read.
    Operator,
    Directive,
    Added, ///< Lines of a difference.
    Removed,
    Place, ///< Where the next lines of a difference stand.
    Error,
};

inline constexpr int codeStyleCount = static_cast<int>(CodeStyle::Error) + 1;

/// Text colours keep textContrast to every fill that code may stand on.
struct CodeTheme
{
    explicit CodeTheme(const QPalette &palette);

    const QColor &colour(CodeStyle style) const { return colours[static_cast<std::size_t>(style)]; }
    QTextCharFormat format(CodeStyle style) const;

    Theme theme;
    QColor marginFill, marginText, marginCurrent; ///< Line numbers; the current line's is marginCurrent.
    QColor currentLine;                           ///< Behind the line with the cursor.
    QColor rangeFill, rangeEdge;                  ///< Behind and beside the lines that something outside points at.
    QColor matchFill, currentMatchFill;           ///< Behind what the find bar found.
    std::array<QColor, codeStyleCount> colours;
};

} // namespace runner::ui
