#include "dockerfile/unseen.h"

#include "dockerfile/characters.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace runner::dockerfile {

namespace {

struct Range
{
    char32_t first;
    char32_t last;
};

constexpr std::array<Range, 15> unseen{{{0x00, 0x08},
                                        {0x0b, 0x0c},
                                        {0x0e, 0x1f},
                                        {0x7f, 0x9f},
                                        {0xad, 0xad},
                                        {0x61c, 0x61c},
                                        {0x180e, 0x180e},
                                        {0x200b, 0x200b},
                                        {0x200e, 0x200f},
                                        {0x2028, 0x202e},
                                        {0x2060, 0x206f},
                                        {0xfeff, 0xfeff},
                                        {0xfff9, 0xfffb},
                                        {0x1d173, 0x1d17a},
                                        {0xe0000, 0xe007f}}};

bool isUnseen(char32_t point)
{
    return std::any_of(unseen.begin(), unseen.end(),
                       [&](const Range &range) { return point >= range.first && point <= range.last; });
}

} // namespace

std::size_t findUnseen(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        const auto point = codePointAt(text, at);
        if (isUnseen(point.value))
            return at;
        at += point.size;
    }
    return std::string_view::npos;
}

std::string codePointName(std::string_view text, std::size_t offset)
{
    std::array<char, 16> name{};
    std::snprintf(name.data(), name.size(), "U+%04X", static_cast<unsigned>(codePointAt(text, offset).value));
    return name.data();
}

} // namespace runner::dockerfile
