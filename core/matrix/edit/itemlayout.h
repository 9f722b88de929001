// Which lines belong to a rule or a row: its own, the comment above that speaks of it, and comments inside it.
#pragma once

#include "matrix/document.h"
#include "text/position.h"

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace runner::matrix::edit {

/// Whole lines of the text.
struct ItemLines
{
    text::ByteRange own; ///< From the dash's line to the last one, commented-out items at the end included.
    text::ByteRange all; ///< The same with the comment block above.
    std::size_t dashColumn = 0;

    text::ByteRange comment() const { return {all.begin, own.begin}; }
};

/// Lines of the item \a index of the block list that \a section ("rules", "runners") names; both have to be there. The
/// comment block above reaches up to the next blank line, item (also a disabled rule), comment with another number of
/// '#', or heading (a line of dashes or the like, or a block between two lines of a single '#').
ItemLines linesOfItem(const Document &document, const std::string &section, std::size_t index);
ItemLines linesOfRule(const Document &document, std::size_t index);

/// Lines of a disabled rule with the comment block above it, found in the same way.
text::ByteRange linesOfDisabledRule(const Document &document, std::size_t index);

/// Where another rule goes that is to stand behind a rule.
struct BehindRule
{
    std::size_t line = 0;         ///< Begin of the line behind it and behind its alternatives,
    std::size_t alternatives = 0; ///< the disabled rules that follow it without a line between them: so many.
};
BehindRule behindRule(const Document &document, std::size_t index);

/// All lines of the items, neighbours with nothing but blank lines between them as one range; with the blank lines
/// behind where there are some in front too, or the section begins; at the end of the file those in front. Ascending.
std::vector<text::ByteRange> linesToRemove(const Document &document, const std::string &section,
                                           const std::set<std::size_t> &items);

/// Most items (of the first ones) have a blank line between them.
bool blankLinesBetween(const Document &document, const std::string &section);

/// What is put between the items \a place - 1 and \a place gets a blank line: as most do, but not between two that have
/// none.
bool standsApart(const Document &document, const std::string &section, std::size_t place);

} // namespace runner::matrix::edit
