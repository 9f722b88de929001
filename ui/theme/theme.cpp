#include "theme/theme.h"

#include <QFontDatabase>

#include <algorithm>
#include <array>
#include <cmath>

namespace runner::ui {

namespace {

double linear(int byte)
{
    static const std::array<double, 256> table = [] {
        std::array<double, 256> values{};
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double channel = static_cast<double>(i) / 255.0;
            values[i] = channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
        }
        return values;
    }();
    return table[static_cast<std::size_t>(byte)];
}

double luminance(const QColor &colour)
{
    return 0.2126 * linear(colour.red()) + 0.7152 * linear(colour.green()) + 0.0722 * linear(colour.blue());
}

QColor mix(const QColor &a, const QColor &b, double share)
{
    const auto part = [share](float x, float y) { return static_cast<float>(x + (y - x) * share); };
    return QColor::fromRgbF(part(a.redF(), b.redF()), part(a.greenF(), b.greenF()), part(a.blueF(), b.blueF()));
}

QPalette paletteOf(const QColor &window, const QColor &base, const QColor &text, const QColor &button,
                   const QColor &highlight, const QColor &link)
{
    QPalette palette(button, window);
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::AlternateBase, mix(base, window, 0.5));
    for (const QPalette::ColorRole role :
         {QPalette::Text, QPalette::WindowText, QPalette::ButtonText, QPalette::ToolTipText})
        palette.setColor(role, text);
    palette.setColor(QPalette::ToolTipBase, window);
    palette.setColor(QPalette::Highlight, highlight);
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, link);
    palette.setColor(QPalette::PlaceholderText, readable(mix(text, base, 0.4), base, textContrast));
    const QColor disabled = mix(text, window, 0.5);
    for (const QPalette::ColorRole role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, disabled);
    return palette;
}

} // namespace

double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a) + 0.05;
    const double second = luminance(b) + 0.05;
    return std::max(first, second) / std::min(first, second);
}

QColor readable(const QColor &colour, const QColor &behind, double wanted)
{
    const QColor end = contrast(Qt::white, behind) > contrast(Qt::black, behind) ? Qt::white : Qt::black;
    for (int step = 0; step <= 20; ++step) {
        const QColor candidate = QColor::fromRgb(mix(colour, end, step / 20.0).rgb()); // As the screen rounds it.
        if (contrast(candidate, behind) >= wanted)
            return candidate;
    }
    return end;
}

Theme::Theme(const QPalette &palette)
{
    base = palette.color(QPalette::Base);
    dark = luminance(base) < 0.2;
    const QColor window = palette.color(QPalette::Window);
    const QColor accent = palette.color(QPalette::Highlight);
    text = readable(palette.color(QPalette::Text), base, 7.0);
    sectionFill = mix(base, text, 0.06);
    sectionText = readable(text, sectionFill, textContrast);
    chipFill = mix(base, accent, dark ? 0.26 : 0.10);
    chipBorder = readable(mix(accent, base, 0.25), chipFill, markContrast);
    dimChipFill = base;
    dimText = readable(mix(text, base, 0.45), sectionFill, textContrast);
    dimChipBorder = readable(mix(text, base, 0.6), base, markContrast);
    polishMark = readable(accent, chipFill, markContrast);
    selectedFill = accent;
    selectedText = readable(palette.color(QPalette::HighlightedText), selectedFill, textContrast);
    selectedBorder = readable(accent, base, markContrast);
    grid = mix(base, text, 0.12);
    rowSelection = mix(base, accent, 0.14);
    codeFill = mix(base, text, 0.08);
    const auto onAll = [&](const QColor &colour) {
        return readable(readable(readable(colour, base, textContrast), window, textContrast), codeFill, textContrast);
    };
    noteText = onAll(mix(text, base, 0.3));
    warningText = onAll(dark ? QColor(0xffb454) : QColor(0x8a5300));
    errorText = onAll(dark ? QColor(0xff8f87) : QColor(0xb3261e));
}

QPalette lightPalette()
{
    return paletteOf(QColor(0xf3f4f6), QColor(0xffffff), QColor(0x1b1f24), QColor(0xeceef1), QColor(0x1f6feb),
                     QColor(0x0b57d0));
}

QPalette darkPalette()
{
    return paletteOf(QColor(0x1e2126), QColor(0x16191d), QColor(0xe6e8eb), QColor(0x2b2f36), QColor(0x2f6fd0),
                     QColor(0x7db1ff));
}

QFont headingFont(const QFont &base)
{
    QFont font = boldFont(base);
    font.setPointSizeF(base.pointSizeF() * 1.2);
    return font;
}

QFont boldFont(const QFont &base)
{
    QFont font = base;
    font.setBold(true);
    return font;
}

QFont codeFont(const QFont &base)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(base.pointSizeF());
    return font;
}

} // namespace runner::ui
