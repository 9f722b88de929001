// Rules that are commented out: found in the comments between the rules.
#pragma once

#include "matrix/matrix.h"
#include "matrix/yamltree.h"
#include "text/position.h"

#include <string>
#include <vector>

namespace runner::matrix {

/// A rule that is commented out, and how. Columns are bytes from the line's begin.
struct CommentedRule
{
    DisabledRule rule;
    text::ByteRange lines;      ///< Whole lines, the last one's end included.
    std::size_t hashColumn = 0; ///< Of the '#' of every line.
    std::size_t hashes = 1;     ///< How many '#' stand there.
    std::size_t dashColumn = 0; ///< Of the '-' of its first line.
};

/// Moves all places of a rule.
void shift(Rule &rule, int lines, std::size_t columns);
void shift(Location &where, int lines, std::size_t columns);

/// A rule that says enough to be told from prose when it is commented out: a backend without blanks and a list.
bool canBeTold(const Rule &rule);

/// The commented-out rules in the order of the text. A comment counts as one where, without its '#', it is a list item
/// (of lines, or a map in braces) that canBeTold, and where it stands between rules (or before the first, or behind the
/// last).
std::vector<CommentedRule> findCommentedRules(const std::string &text, const YamlTree &tree,
                                              const std::string &fileName);

/// Those in the whole lines of \a range, which stand in front of the rule \a before; numbered from 1.
std::vector<CommentedRule> findCommentedRules(const std::string &text, text::ByteRange range, std::size_t before,
                                              const std::string &fileName);

} // namespace runner::matrix
