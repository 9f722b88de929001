// Which lines belong to a rule: its own, the comment above that speaks of it, and comments inside it.
#pragma once

#include "matrix/document.h"
#include "text/position.h"

#include <cstddef>
#include <string>

namespace runner::matrix::edit {

/// Whole lines of the text.
struct RuleLines
{
    text::ByteRange own; ///< From the dash's line to the last one, commented-out items at the end included.
    text::ByteRange all; ///< The same with the comment block above.
    std::size_t dashColumn = 0;
};

/// Lines of the rule \a index of a block list. The comment block above reaches up to the next blank line, rule (also a
/// disabled one), comment with another number of '#', or heading (a line of dashes or the like, or a block between two
/// lines of a single '#').
RuleLines linesOfRule(const Document &document, std::size_t index);

/// Lines of a disabled rule with the comment block above it, found in the same way.
text::ByteRange linesOfDisabledRule(const Document &document, std::size_t index);

/// The comment block of a rule: [all.begin, own.begin).
inline text::ByteRange commentOf(const RuleLines &lines)
{
    return {lines.all.begin, lines.own.begin};
}

/// Most rules (of the first ones) have a blank line between them.
bool blankLinesBetweenRules(const Document &document);

} // namespace runner::matrix::edit
