// Three-way merge by lines: two texts that began as the same one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace runner::text {

/// A stretch of whole lines.
struct MergePart
{
    enum class Kind {
        Same,     ///< All three agree.
        Ours,     ///< Only we changed it.
        Theirs,   ///< Only they changed it.
        Both,     ///< Both made the same change.
        Conflict, ///< Both changed it, or lines that touch, each in their way.
    };

    Kind kind = Kind::Same;
    std::string base;
    std::string ours;
    std::string theirs;
    int baseLine = 1; ///< The stretch's first line in the base, from 1; likewise in the others.
    int oursLine = 1;
    int theirsLine = 1;

    bool operator==(const MergePart &) const = default;
};

struct Merge
{
    std::vector<MergePart> parts; ///< In the order of the text, together all of it.

    bool hasConflicts() const;
    /// In the order of the text.
    std::vector<MergePart> conflicts() const;
    /// The merged text; nothing where there are conflicts.
    std::optional<std::string> text() const;
    /// The merged text with our side (or theirs) of every conflict.
    std::string textWith(MergePart::Kind side) const;
    /// The same with a side for each conflict, in their order: Ours or Theirs; Ours for those that have none.
    std::string textWith(const std::vector<MergePart::Kind> &sides) const;
};

Merge merge(std::string_view base, std::string_view ours, std::string_view theirs);

} // namespace runner::text
