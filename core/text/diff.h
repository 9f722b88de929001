// Differences of two texts by lines.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace runner::text {

/// Lines [beforeBegin, beforeEnd) of one text stand where the other has [afterBegin, afterEnd); from 0.
struct Hunk
{
    std::size_t beforeBegin = 0;
    std::size_t beforeEnd = 0;
    std::size_t afterBegin = 0;
    std::size_t afterEnd = 0;

    bool operator==(const Hunk &) const = default;
};

/// The lines of a text with their line ends ("\n", "\r\n" or a lone "\r"); the last one may have none. Nothing for an
/// empty text. The views lead into \a text.
std::vector<std::string_view> linesOf(std::string_view text);

/// What differs, ascending, with at least one equal line between two hunks. The effort is bounded: where two long
/// texts have little in common, hunks may be larger than they need be.
std::vector<Hunk> diffLines(const std::vector<std::string_view> &before, const std::vector<std::string_view> &after);

/// The same for any values that stand for lines.
std::vector<Hunk> diffNumbers(const std::vector<int> &before, const std::vector<int> &after);

/// Where a line of one text is in another.
struct LinePlace
{
    int line = 0;        ///< From 1; where the line is no more, the first of what stands in its place.
    bool isSame = false; ///< The line is there as it was.
};
LinePlace placeOfLine(std::string_view before, std::string_view after, int line);

/// A unified diff with \a context lines around the hunks, as `patch` and git read it; empty where the texts are equal.
std::string unifiedDiff(std::string_view before, std::string_view after, const std::string &beforeName,
                        const std::string &afterName, std::size_t context = 3);

} // namespace runner::text
