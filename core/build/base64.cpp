#include "build/base64.h"

#include <array>
#include <cstdint>

namespace runner::build {

namespace {

constexpr std::uint32_t invalid = 0x80000000U;
using Table = std::array<std::uint32_t, 256>;

constexpr Table makeTable(unsigned shift)
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    Table table = {};
    for (std::uint32_t &entry : table)
        entry = invalid;
    for (std::uint32_t value = 0; value < alphabet.size(); ++value)
        table[static_cast<unsigned char>(alphabet[value])] = value << shift;
    return table;
}

// One table for each of four characters: a group is four look-ups and three stores.
constexpr std::array<Table, 4> tables = {makeTable(18), makeTable(12), makeTable(6), makeTable(0)};

std::uint32_t look(std::size_t place, char c)
{
    return tables[place][static_cast<unsigned char>(c)];
}

void appendTail(std::string &bytes, std::string_view text)
{
    std::uint32_t group = 0;
    std::size_t count = 0;
    while (count < text.size() && count < 4 && look(count, text[count]) != invalid) {
        group |= look(count, text[count]);
        ++count;
    }
    for (std::size_t i = 1; i < count; ++i)
        bytes.push_back(static_cast<char>(group >> (16U - 8U * (i - 1))));
}

} // namespace

void appendBase64(std::string &bytes, std::string_view text)
{
    const std::size_t before = bytes.size();
    bytes.resize(before + text.size() / 4 * 3);
    char *out = bytes.data() + before;
    std::size_t i = 0;
    for (; i + 4 <= text.size(); i += 4) {
        const std::uint32_t group =
            look(0, text[i]) | look(1, text[i + 1]) | look(2, text[i + 2]) | look(3, text[i + 3]);
        if (group & invalid)
            break;
        *out++ = static_cast<char>(group >> 16U);
        *out++ = static_cast<char>(group >> 8U);
        *out++ = static_cast<char>(group);
    }
    bytes.resize(static_cast<std::size_t>(out - bytes.data()));
    appendTail(bytes, text.substr(i));
}

} // namespace runner::build
