#include "theme/logtheme.h"

namespace runner::ui {

namespace {

// Red, green, yellow, blue, magenta, cyan: those of a terminal, a little calmer on white.
constexpr std::array<QRgb, 6> lightHues{0xb3261e, 0x1a7f37, 0x8a5300, 0x0b57d0, 0x8250df, 0x0b7285};
constexpr std::array<QRgb, 6> darkHues{0xff8f87, 0x6fdd8b, 0xffb454, 0x7db1ff, 0xd2a8ff, 0x76e3ea};

/// 16 to 255: a cube of six steps each, then greys.
QColor indexed(std::uint32_t index)
{
    if (index >= 232) {
        const int grey = 8 + 10 * static_cast<int>(index - 232);
        return {grey, grey, grey};
    }
    const auto part = [](std::uint32_t step) { return step == 0 ? 0 : 55 + 40 * static_cast<int>(step); };
    const std::uint32_t place = index - 16;
    return {part(place / 36), part(place / 6 % 6), part(place % 6)};
}

} // namespace

LogTheme::LogTheme(const QPalette &palette)
    : theme(palette)
{
    const auto &hues = theme.dark ? darkHues : lightHues;
    colours[0] = theme.dark ? theme.dimText : theme.text;
    for (std::size_t i = 0; i < hues.size(); ++i) {
        colours[i + 1] = readable(QColor(hues[i]), theme.base, textContrast);
        colours[i + 9] = readable(QColor(hues[i]), theme.base, textContrast + 1);
    }
    colours[7] = theme.text;
    colours[8] = readable(theme.dimText, theme.base, textContrast);
    colours[15] = theme.text;
    gutterText = readable(theme.dimText, theme.base, textContrast);
    clipFill = theme.codeFill;
    clipText = readable(theme.warningText, clipFill, textContrast);
    matchFill = theme.dark ? QColor(0x5c4a12) : QColor(0xffe9a8);
}

QColor LogTheme::colour(const build::Color &colour) const
{
    if (colour.kind == build::Color::Kind::Rgb)
        return QColor::fromRgb(colour.value & 0xffffffU);
    return colour.value < colours.size() ? colours[colour.value] : indexed(std::min<std::uint32_t>(colour.value, 255));
}

QTextCharFormat LogTheme::format(const build::Style &style) const
{
    QColor text = style.foreground ? colour(*style.foreground) : theme.text;
    QColor behind = style.background ? colour(*style.background) : theme.base;
    if (style.inverse)
        std::swap(text, behind);
    QTextCharFormat format;
    if (style.dim && !style.foreground)
        text = theme.dimText;
    format.setForeground(readable(text, behind, textContrast));
    if (style.background || style.inverse)
        format.setBackground(behind);
    if (style.bold)
        format.setFontWeight(QFont::Bold);
    format.setFontItalic(style.italic);
    format.setFontUnderline(style.underline);
    format.setFontStrikeOut(style.strike);
    return format;
}

} // namespace runner::ui
