#include "theme/codetheme.h"

#include <initializer_list>

namespace runner::ui {

namespace {

QColor blend(const QColor &a, const QColor &b, double share)
{
    const auto part = [share](float x, float y) { return static_cast<float>(x + (y - x) * share); };
    return QColor::fromRgb(
        QColor::fromRgbF(part(a.redF(), b.redF()), part(a.greenF(), b.greenF()), part(a.blueF(), b.blueF())).rgb());
}

/// What a style looks like before it is made readable: on a light and on a dark base.
QColor wished(CodeStyle style, const Theme &theme)
{
    const auto pick = [&theme](QRgb light, QRgb dark) { return QColor(theme.dark ? dark : light); };
    switch (style) {
    case CodeStyle::Keyword:
        return pick(0x1d4fa8, 0x82b4ff);
    case CodeStyle::Control:
        return pick(0x8a2aa0, 0xd7a1f0);
    case CodeStyle::Function:
        return pick(0x0b6470, 0x74d3d8);
    case CodeStyle::Variable:
        return pick(0x8a4b00, 0xf0b673);
    case CodeStyle::Type:
        return pick(0x5b3fb0, 0xb9a7ff);
    case CodeStyle::Number:
        return pick(0x9a3412, 0xf5a97f);
    case CodeStyle::String:
        return pick(0x1a6b2d, 0x8fd694);
    case CodeStyle::Escape:
        return pick(0x7a5d00, 0xe0cf7a);
    case CodeStyle::Comment:
        return theme.noteText;
    case CodeStyle::CommentMark:
        return pick(0x3d5a80, 0x9fc0e8);
    case CodeStyle::Operator:
        return pick(0x4a5260, 0xb4bcc8);
    case CodeStyle::Directive:
        return pick(0x8f1d5c, 0xf59ac9);
    case CodeStyle::Added:
        return wished(CodeStyle::String, theme);
    case CodeStyle::Place:
        return wished(CodeStyle::Keyword, theme);
    case CodeStyle::Removed:
    case CodeStyle::Error:
        return theme.errorText;
    case CodeStyle::Plain:
        break;
    }
    return theme.text;
}

} // namespace

CodeTheme::CodeTheme(const QPalette &palette)
    : theme(palette)
{
    const QColor accent = palette.color(QPalette::Highlight);
    const QColor mark = theme.dark ? QColor(0xc9a227) : QColor(0xf2c94c);
    currentLine = blend(theme.base, theme.text, 0.045);
    rangeFill = blend(theme.base, accent, theme.dark ? 0.14 : 0.07);
    rangeEdge = readable(accent, theme.base, markContrast);
    matchFill = blend(theme.base, mark, theme.dark ? 0.30 : 0.35);
    currentMatchFill = blend(theme.base, mark, theme.dark ? 0.45 : 0.75);
    marginFill = blend(theme.base, theme.text, 0.03);
    marginText = readable(blend(theme.text, marginFill, 0.45), marginFill, textContrast);
    marginCurrent = readable(theme.text, marginFill, textContrast);
    for (int i = 0; i < codeStyleCount; ++i) {
        QColor result = wished(static_cast<CodeStyle>(i), theme);
        for (const QColor &behind : {theme.base, currentLine, rangeFill, matchFill, currentMatchFill})
            result = readable(result, behind, textContrast);
        colours[static_cast<std::size_t>(i)] = result;
    }
}

QTextCharFormat CodeTheme::format(CodeStyle style) const
{
    QTextCharFormat format;
    format.setForeground(colour(style));
    if (style == CodeStyle::Keyword || style == CodeStyle::CommentMark)
        format.setFontWeight(QFont::Bold);
    return format;
}

} // namespace runner::ui
