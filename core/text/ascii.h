// Kinds and cases of the characters of ASCII, in any locale. Bytes beyond it are of no kind and have no case.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace runner::text {

constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

constexpr bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}

constexpr bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

constexpr bool isLetterOrDigit(char c)
{
    return isLower(c) || isUpper(c) || isDigit(c);
}

/// A letter, digit or underscore.
constexpr bool isWord(char c)
{
    return isLetterOrDigit(c) || c == '_';
}

/// Whether there is a character, and all of them are such.
template <typename Predicate>
bool consistsOf(std::string_view text, Predicate predicate)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), predicate);
}

constexpr char lowered(char c)
{
    return isUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr char uppered(char c)
{
    return isLower(c) ? static_cast<char>(c - 'a' + 'A') : c;
}

inline std::string lowered(std::string_view text)
{
    std::string result(text);
    std::transform(text.begin(), text.end(), result.begin(), [](char c) { return lowered(c); });
    return result;
}

inline std::string uppered(std::string_view text)
{
    std::string result(text);
    std::transform(text.begin(), text.end(), result.begin(), [](char c) { return uppered(c); });
    return result;
}

} // namespace runner::text
