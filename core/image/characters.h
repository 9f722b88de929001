// Kinds of characters in names and versions: ASCII alone, in any locale. Private to this folder.
#pragma once

#include <algorithm>
#include <string_view>

namespace runner::image {

inline bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Whether there is a character, and all of them are such.
template <typename Predicate>
bool consistsOf(std::string_view text, Predicate predicate)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), predicate);
}

} // namespace runner::image
