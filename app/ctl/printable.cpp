#include "printable.h"

#include "text/position.h"

#include <algorithm>
#include <cstdio>
#include <optional>

namespace runner::ctl {

namespace {

struct Character
{
    char32_t code = 0;
    std::size_t length = 1;
    bool valid = true;
};

unsigned byteAt(std::string_view text, std::size_t offset)
{
    return static_cast<unsigned char>(text[offset]);
}

Character characterAt(std::string_view text, std::size_t offset)
{
    const unsigned first = byteAt(text, offset);
    if (first < 0x80)
        return {first, 1, true};
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (offset + length > text.size() || text::findInvalidUtf8(text.substr(offset, length)) != std::string_view::npos)
        return {first, 1, false};
    char32_t code = first & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i)
        code = (code << 6U) | (byteAt(text, offset + i) & 0x3fU);
    return {code, length, true};
}

bool isHarmless(const Character &character)
{
    const char32_t c = character.code;
    const bool control = c < 0x20 || (c >= 0x7f && c < 0xa0);
    const bool direction =
        c == 0x200e || c == 0x200f || c == 0x61c || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    const bool separator = c == 0x2028 || c == 0x2029 || c == 0xfeff;
    return character.valid && !control && !direction && !separator;
}

std::string escaped(const Character &character)
{
    switch (character.code) {
    case U'\n':
        return "\\n";
    case U'\r':
        return "\\r";
    case U'\t':
        return "\\t";
    default:
        break;
    }
    char text[16];
    const bool byte = character.code < 0x80 || !character.valid;
    std::snprintf(text, sizeof text, byte ? "\\x%02x" : "\\u%04x", static_cast<unsigned>(character.code));
    return text;
}

std::string withoutControls(std::string_view text, std::optional<char32_t> kept)
{
    std::string result;
    result.reserve(text.size());
    for (std::size_t offset = 0; offset < text.size();) {
        const Character character = characterAt(text, offset);
        if (isHarmless(character) || character.code == kept)
            result += text.substr(offset, character.length);
        else
            result += escaped(character);
        offset += character.length;
    }
    return result;
}

void clean(std::string &text)
{
    text = printable(text);
}

void clean(matrix::RunnerRow &row)
{
    clean(row.version);
    clean(row.shownVersion);
    clean(row.originalVersion);
    clean(row.variant);
    for (matrix::RunnerCell &cell : row.cells) {
        for (matrix::RunnerEntry &entry : cell.entries)
            clean(entry.version);
    }
}

void clean(matrix::Backend &backend)
{
    clean(backend.name);
    clean(backend.title);
    for (matrix::Variant &variant : backend.variants) {
        clean(variant.id);
        clean(variant.label);
    }
    for (matrix::Note &note : backend.notes) {
        std::replace(note.text.begin(), note.text.end(), '\n', ' ');
        clean(note.text);
    }
}

} // namespace

std::string printable(std::string_view text)
{
    return withoutControls(text, {});
}

std::string printableLine(std::string_view line)
{
    return withoutControls(line, U'\t');
}

std::size_t columnsOf(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

matrix::Matrix printable(matrix::Matrix matrix)
{
    for (matrix::Service &service : matrix.services)
        clean(service.name);
    for (matrix::Backend &backend : matrix.backends)
        clean(backend);
    for (matrix::RunnerRow &row : matrix.runners.edit())
        clean(row);
    return matrix;
}

} // namespace runner::ctl
