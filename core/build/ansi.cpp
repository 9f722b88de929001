#include "build/ansi.h"

#include "build/escapes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace runner::build {

namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";

/// Length of the UTF-8 character that the text begins with; 0 where it begins with none.
std::size_t characterLength(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const unsigned first = byte(0);
    const std::size_t length = first < 0x80                    ? 1
                               : first >= 0xc2 && first < 0xe0 ? 2
                               : first >= 0xe0 && first < 0xf0 ? 3
                               : first >= 0xf0 && first < 0xf5 ? 4
                                                               : 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0U) != 0x80)
            return 0;
    }
    const unsigned second = byte(1);
    const bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
    const bool noCharacter = (first == 0xed && second >= 0xa0) || (first == 0xf4 && second >= 0x90);
    return overlong || noCharacter ? 0 : length;
}

// U+0080–U+009F, U+200E/F, U+202A–U+202E, U+2028/9, U+2066–U+2069: a terminal or a label would obey them.
bool isObeyed(std::string_view character)
{
    if (character.size() == 2)
        return character[0] == '\xc2' && static_cast<unsigned char>(character[1]) < 0xa0;
    if (character.size() != 3 || character[0] != '\xe2')
        return false;
    const auto last = static_cast<unsigned char>(character[2]);
    return (character[1] == '\x80' && (last == 0x8e || last == 0x8f || (last >= 0xa8 && last <= 0xae)))
           || (character[1] == '\x81' && last >= 0xa6 && last <= 0xa9);
}

/// The numbers of a control sequence; one left out is 0, of more than 32 the rest is dropped.
class Parameters
{
public:
    explicit Parameters(std::string_view text)
    {
        while (m_count < m_numbers.size()) {
            const std::size_t end = std::min(text.find_first_of(";:"), text.size());
            std::from_chars(text.data(), text.data() + end, m_numbers[m_count++]);
            if (end == text.size())
                break;
            text.remove_prefix(end + 1);
        }
    }

    bool atEnd() const { return m_next >= m_count; }
    unsigned next() { return atEnd() ? 0 : m_numbers[m_next++]; }

private:
    std::array<unsigned, 32> m_numbers = {};
    std::size_t m_count = 0;
    std::size_t m_next = 0;
};

/// What follows 38 or 48.
std::optional<Color> extendedColor(Parameters &parameters)
{
    const unsigned kind = parameters.next();
    if (kind == 5)
        return Color{Color::Kind::Palette, parameters.next() & 0xffU};
    if (kind != 2)
        return {};
    const unsigned red = parameters.next() & 0xffU;
    const unsigned green = parameters.next() & 0xffU;
    return Color{Color::Kind::Rgb, red << 16U | green << 8U | (parameters.next() & 0xffU)};
}

Color paletteColor(unsigned index)
{
    return {Color::Kind::Palette, index};
}

void applyColor(Style &style, unsigned code, Parameters &parameters)
{
    if (code >= 30 && code <= 37)
        style.foreground = paletteColor(code - 30);
    else if (code == 38)
        style.foreground = extendedColor(parameters);
    else if (code == 39)
        style.foreground.reset();
    else if (code >= 40 && code <= 47)
        style.background = paletteColor(code - 40);
    else if (code == 48)
        style.background = extendedColor(parameters);
    else if (code == 49)
        style.background.reset();
    else if (code >= 90 && code <= 97)
        style.foreground = paletteColor(code - 90 + 8);
    else if (code >= 100 && code <= 107)
        style.background = paletteColor(code - 100 + 8);
}

void applyCode(Style &style, unsigned code, Parameters &parameters)
{
    switch (code) {
    case 0:
        style = {};
        break;
    case 1:
        style.bold = true;
        break;
    case 2:
        style.dim = true;
        break;
    case 3:
        style.italic = true;
        break;
    case 4:
        style.underline = true;
        break;
    case 7:
        style.inverse = true;
        break;
    case 9:
        style.strike = true;
        break;
    case 22:
        style.bold = style.dim = false;
        break;
    case 23:
        style.italic = false;
        break;
    case 24:
        style.underline = false;
        break;
    case 27:
        style.inverse = false;
        break;
    case 29:
        style.strike = false;
        break;
    default:
        applyColor(style, code, parameters);
    }
}

class Reader
{
public:
    explicit Reader(std::string_view bytes)
        : m_rest(bytes)
    {
    }

    StyledLine read()
    {
        while (!m_rest.empty())
            readOne();
        for (; !m_behind.empty(); m_behind.pop_back())
            append(m_behind.back().first, m_behind.back().second);
        return std::move(m_line);
    }

private:
    void readOne()
    {
        const auto byte = static_cast<unsigned char>(m_rest.front());
        if (byte == 0x1b)
            escape();
        else if (byte < 0x20 || byte == 0x7f)
            control(byte);
        else
            character();
    }

    void character()
    {
        const std::size_t length = characterLength(m_rest);
        const std::string_view text = m_rest.substr(0, std::max<std::size_t>(length, 1));
        add(length == 0 || isObeyed(text) ? replacement : text);
        m_rest.remove_prefix(text.size());
    }

    void control(unsigned char byte)
    {
        m_rest.remove_prefix(1);
        if (byte == '\r') {
            m_returned = true;
        } else if (byte == '\b') {
            goBack();
        } else if (byte == '\t') {
            add("\t");
        } else {
            const char picture[] = {'\xe2', '\x90', static_cast<char>(byte == 0x7f ? 0xa1 : 0x80 + byte)};
            add({picture, sizeof picture});
        }
    }

    /// The cursor goes back over a character, which stays until something is written over it.
    void goBack()
    {
        std::string &text = m_line.text;
        if (text.empty())
            return;
        std::size_t begin = text.size() - 1;
        while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xc0U) == 0x80)
            --begin;
        std::vector<Span> &spans = m_line.spans;
        const bool styled = !spans.empty() && spans.back().begin + spans.back().length == text.size();
        m_behind.emplace_back(text.substr(begin), styled ? spans.back().style : Style());
        if (styled && spans.back().begin >= begin)
            spans.pop_back();
        else if (styled)
            spans.back().length = begin - spans.back().begin;
        text.resize(begin);
    }

    void escape()
    {
        const std::string_view sequence = m_rest.substr(0, escapeLength(m_rest));
        if (sequence.starts_with("\x1b[") && sequence.ends_with('m')) {
            Parameters parameters(sequence.substr(2, sequence.size() - 3));
            while (!parameters.atEnd())
                applyCode(m_style, parameters.next(), parameters);
        } else if (sequence == "\x1b[K" || sequence == "\x1b[0K") { // erases what is behind the cursor
            m_behind.clear();
        }
        m_rest.remove_prefix(sequence.size());
    }

    void add(std::string_view text)
    {
        if (std::exchange(m_returned, false)) {
            m_line.text.clear();
            m_line.spans.clear();
            m_behind.clear();
        }
        append(text, m_style);
        if (!m_behind.empty()) // written over
            m_behind.pop_back();
    }

    void append(std::string_view text, const Style &style)
    {
        if (style != Style()) {
            std::vector<Span> &spans = m_line.spans;
            const bool extends = !spans.empty() && spans.back().style == style
                                 && spans.back().begin + spans.back().length == m_line.text.size();
            if (!extends)
                spans.push_back({m_line.text.size(), 0, style});
            spans.back().length += text.size();
        }
        m_line.text += text;
    }

    std::string_view m_rest;
    StyledLine m_line;
    Style m_style;
    std::vector<std::pair<std::string, Style>> m_behind; ///< Characters that the cursor went back over, the next last.
    bool m_returned = false;
};

} // namespace

StyledLine styledLine(std::string_view bytes)
{
    return Reader(bytes).read();
}

std::string plainLine(std::string_view bytes)
{
    return styledLine(bytes).text;
}

} // namespace runner::build
