// Patterns of ${X#p}, ${X%p} and ${X/p/r}: "*" any run, "?" any character, "\" before one of these takes it literally.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace runner::dockerfile {

/// Work that may still be done, in characters looked at; what keeps matching from taking long.
struct WorkBudget
{
    std::size_t steps = 0;

    /// False once there is no more.
    bool spend(std::size_t amount)
    {
        const bool enough = amount <= steps;
        steps = enough ? steps - amount : 0;
        return enough;
    }
};

struct GlobMatch
{
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// A compiled pattern. As in BuildKit's regular expressions wildcards do not match a line feed.
class Glob
{
public:
    /// Nothing for a pattern with an escape of an ordinary character.
    static std::optional<Glob> compile(std::u32string_view pattern);

    /// The match that begins at \a start: the longest for \a longest, else the shortest.
    std::optional<GlobMatch> matchAt(std::u32string_view text, std::size_t start, bool longest,
                                     WorkBudget &budget) const;
    /// The first match at \a start or later, the longest of those that begin there.
    std::optional<GlobMatch> find(std::u32string_view text, std::size_t start, WorkBudget &budget) const;

private:
    using Segment = std::u32string; // literal characters and anyCharacter

    bool segmentAt(const Segment &segment, std::u32string_view text, std::size_t at, WorkBudget &budget) const;
    std::optional<std::size_t> segmentAfter(const Segment &segment, std::u32string_view text, std::size_t from,
                                            bool latest, WorkBudget &budget) const;

    std::vector<Segment> m_segments; // what stands between the "*": one more than there are of these
};

/// \a value without the prefix that matches; nothing for a bad pattern.
std::optional<std::string> withoutPrefix(std::string_view value, std::string_view pattern, bool longest,
                                         WorkBudget &budget);
/// \a value without the suffix that matches; nothing for a bad pattern.
std::optional<std::string> withoutSuffix(std::string_view value, std::string_view pattern, bool longest,
                                         WorkBudget &budget);
/// \a value with the first match, or all, replaced; nothing for a bad pattern. As in BuildKit, "$0" in a replacement
/// of all matches is the match, "$$" a dollar sign, and other names after "$" give nothing.
/// Stops early once the result is longer than \a limit.
std::optional<std::string> withReplacement(std::string_view value, std::string_view pattern,
                                           std::string_view replacement, bool all, std::size_t limit,
                                           WorkBudget &budget);

} // namespace runner::dockerfile
