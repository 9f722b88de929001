#include "dockerfile/characters.h"

#include <algorithm>
#include <array>

namespace runner::dockerfile {

namespace {

constexpr char32_t strayByte = 0x110000; // plus the byte

struct PointRange
{
    char32_t first;
    char32_t last;
};

bool isIn(char32_t point, const PointRange *ranges, std::size_t count)
{
    return std::any_of(ranges, ranges + count,
                       [point](const PointRange &r) { return point >= r.first && point <= r.last; });
}

// Blocks without letters. Single marks inside blocks of letters are not told apart: nobody names an argument so.
constexpr std::array<PointRange, 14> notLetters{{{0x80, 0xA9},
                                                 {0xAB, 0xB4},
                                                 {0xB6, 0xB9},
                                                 {0xBB, 0xBF},
                                                 {0xD7, 0xD7},
                                                 {0xF7, 0xF7},
                                                 {0x2000, 0x206F},
                                                 {0x20A0, 0x20FF},
                                                 {0x2190, 0x2BFF},
                                                 {0x2E00, 0x3004},
                                                 {0x3008, 0x3030},
                                                 {0xD800, 0xF8FF},
                                                 {0xFE00, 0xFE6F},
                                                 {0xFF00, 0xFF0F}}};

constexpr std::array<PointRange, 10> spaces{{{0x09, 0x0D},
                                             {0x20, 0x20},
                                             {0x85, 0x85},
                                             {0xA0, 0xA0},
                                             {0x1680, 0x1680},
                                             {0x2000, 0x200A},
                                             {0x2028, 0x2029},
                                             {0x202F, 0x202F},
                                             {0x205F, 0x205F},
                                             {0x3000, 0x3000}}};

std::size_t expectedLength(unsigned char lead)
{
    if (lead < 0x80U)
        return 1;
    if (lead >= 0xC2U && lead <= 0xDFU)
        return 2;
    if (lead >= 0xE0U && lead <= 0xEFU)
        return 3;
    return lead >= 0xF0U && lead <= 0xF4U ? 4 : 0;
}

void appendEncoded(std::string &out, char32_t point)
{
    const auto tail = [](char32_t bits) { return static_cast<char>(0x80U | (bits & 0x3FU)); };
    if (point >= strayByte || point < 0x80U) {
        out += static_cast<char>(point & 0xFFU);
    } else if (point < 0x800U) {
        out += static_cast<char>(0xC0U | (point >> 6U));
        out += tail(point);
    } else if (point < 0x10000U) {
        out += static_cast<char>(0xE0U | (point >> 12U));
        out += tail(point >> 6U);
        out += tail(point);
    } else {
        out += static_cast<char>(0xF0U | (point >> 18U));
        out += tail(point >> 12U);
        out += tail(point >> 6U);
        out += tail(point);
    }
}

} // namespace

CodePoint codePointAt(std::string_view text, std::size_t offset)
{
    const auto lead = static_cast<unsigned char>(text[offset]);
    const std::size_t length = expectedLength(lead);
    if (length == 1)
        return {lead, 1};
    if (length == 0 || offset + length > text.size())
        return {strayByte + lead, 1};
    char32_t point = lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        const auto byte = static_cast<unsigned char>(text[offset + i]);
        if ((byte & 0xC0U) != 0x80U)
            return {strayByte + lead, 1};
        point = (point << 6U) | (byte & 0x3FU);
    }
    const bool overlong = (length == 3 && point < 0x800U) || (length == 4 && point < 0x10000U);
    return overlong || point >= strayByte ? CodePoint{strayByte + lead, 1} : CodePoint{point, length};
}

std::u32string toCodePoints(std::string_view text)
{
    std::u32string points;
    points.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const CodePoint point = codePointAt(text, i);
        points += point.value;
        i += point.size;
    }
    return points;
}

std::string fromCodePoints(std::u32string_view points)
{
    std::string text;
    text.reserve(points.size());
    for (const char32_t point : points)
        appendEncoded(text, point);
    return text;
}

int codePointCount(std::string_view text)
{
    return static_cast<int>(std::count_if(text.begin(), text.end(),
                                          [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool isDigit(char32_t point)
{
    return point >= U'0' && point <= U'9';
}

bool isSpace(char32_t point)
{
    if (point < 0x80U)
        return point == U' ' || (point >= 0x09U && point <= 0x0DU);
    return isIn(point, spaces.data(), spaces.size());
}

bool isNameCharacter(char32_t point)
{
    if (point < 0x80U)
        return isDigit(point) || point == U'_' || (point >= U'a' && point <= U'z') || (point >= U'A' && point <= U'Z');
    const bool pictures = point >= 0x1F000 && point <= 0x1FAFF;
    return point < 0xE0000 && !pictures && !isSpace(point) && !isIn(point, notLetters.data(), notLetters.size());
}

std::string_view trimmedLeft(std::string_view text)
{
    while (!text.empty()) {
        const CodePoint point = codePointAt(text, 0);
        if (!isSpace(point.value))
            break;
        text.remove_prefix(point.size);
    }
    return text;
}

std::string_view trimmed(std::string_view text)
{
    text = trimmedLeft(text);
    while (!text.empty()) {
        std::size_t start = text.size() - 1;
        while (start > 0 && text.size() - start < 4 && (static_cast<unsigned char>(text[start]) & 0xC0U) == 0x80U)
            --start;
        const CodePoint last = codePointAt(text, start);
        if (start + last.size != text.size() || !isSpace(last.value))
            break;
        text.remove_suffix(last.size);
    }
    return text;
}

bool isIdentifier(std::string_view text)
{
    const auto valid = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x80U && isNameCharacter(byte);
    };
    return !text.empty() && !isDigit(static_cast<unsigned char>(text[0]))
           && std::all_of(text.begin(), text.end(), valid);
}

} // namespace runner::dockerfile
