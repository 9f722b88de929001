#include "build/limits.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace runner::build {

namespace {

// As docker's go-units knows them.
constexpr std::array<std::string_view, 16> limitNames{"core",     "cpu",        "data",   "fsize", "locks", "memlock",
                                                      "msgqueue", "nice",       "nofile", "nproc", "rss",   "rtprio",
                                                      "rttime",   "sigpending", "stack",  "as"};

std::optional<std::int64_t> limitValue(std::string_view text)
{
    std::int64_t value = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc() && rest == text.data() + text.size() && value >= -1;
    return whole ? std::optional(value) : std::nullopt;
}

/// -1 is without limit.
bool isAbove(std::int64_t soft, std::int64_t hard)
{
    return hard != -1 && (soft == -1 || soft > hard);
}

bool isUnit(std::string_view text)
{
    const std::size_t begin = text.starts_with(' ') ? 1 : 0;
    std::string unit;
    for (const char c : text.substr(begin))
        unit += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (unit.empty() || unit == "b")
        return true;
    if (std::string_view("kmgtp").find(unit.front()) == std::string_view::npos)
        return false;
    const std::string_view rest = std::string_view(unit).substr(1);
    return rest.empty() || rest == "b" || rest == "ib";
}

} // namespace

std::string ulimitError(const std::string &text)
{
    const std::size_t equals = text.find('=');
    const std::string_view name = std::string_view(text).substr(0, equals);
    if (equals == std::string::npos || std::find(limitNames.begin(), limitNames.end(), name) == limitNames.end())
        return "'" + text + "' is no limit: write NAME=SOFT:HARD, as nofile=65536:65536";
    const std::string_view values = std::string_view(text).substr(equals + 1);
    const std::size_t colon = values.find(':');
    const auto soft = limitValue(values.substr(0, colon));
    const auto hard = colon == values.npos ? soft : limitValue(values.substr(colon + 1));
    if (!soft || !hard)
        return "'" + text + "' is no limit: write numbers, as nofile=65536:65536 (-1: without a limit)";
    return isAbove(*soft, *hard) ? "'" + text + "' is no limit: the first number may not be above the second"
                                 : std::string();
}

std::string sizeError(const std::string &text)
{
    const auto digits = [&text](std::size_t from) {
        std::size_t end = from;
        while (end < text.size() && text[end] >= '0' && text[end] <= '9')
            ++end;
        return end;
    };
    std::size_t end = digits(0);
    bool good = end > 0;
    if (good && end < text.size() && text[end] == '.') {
        const std::size_t fraction = digits(end + 1);
        good = fraction > end + 1;
        end = fraction;
    }
    return good && isUnit(std::string_view(text).substr(end)) ? std::string()
                                                              : "'" + text + "' is no size: write one as 16g or 512m";
}

} // namespace runner::build
