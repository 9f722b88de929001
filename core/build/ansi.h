// A line of a log as it is shown: text without control characters, and where which style applies.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace runner::build {

/// A colour as a terminal knows it.
struct Color
{
    enum class Kind { Palette, Rgb } kind = Kind::Palette;
    std::uint32_t value = 0; ///< Palette: 0 to 255, the first 16 are the theme's; Rgb: 0xRRGGBB.

    bool operator==(const Color &) const = default;
};

struct Style
{
    std::optional<Color> foreground;
    std::optional<Color> background;
    bool bold = false;
    bool dim = false;
    bool italic = false;
    bool underline = false;
    bool inverse = false;
    bool strike = false;

    bool operator==(const Style &) const = default;
};

struct Span
{
    std::size_t begin = 0; ///< In bytes of the text.
    std::size_t length = 0;
    Style style;

    bool operator==(const Span &) const = default;
};

struct StyledLine
{
    std::string text;        ///< UTF-8; of control characters only tabs.
    std::vector<Span> spans; ///< In order, not overlapping; text between them has no style.
};

/// Takes a line of a log apart. What a carriage return overwrites is left out, so that a progress bar is its last
/// state; behind a backspace a character is written over the one before; colours (ECMA-48 SGR) become spans, other
/// escape sequences vanish. Other control characters become their pictures (U+2400…), what is no UTF-8 and what turns
/// the direction of text U+FFFD. Never fails.
StyledLine styledLine(std::string_view bytes);

/// The text alone.
std::string plainLine(std::string_view bytes);

} // namespace runner::build
