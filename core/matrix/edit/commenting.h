// Commenting rules out and in. Private to this folder.
#pragma once

#include "matrix/edit/draft.h"
#include "matrix/edit/itemlayout.h"

#include <cstddef>
#include <optional>

namespace runner::matrix::edit {

/// Puts '#' in front of the rule's own lines, in the column and with the blank that the file's disabled rules have;
/// where a comment beside it would run into it so, in another way. Where one would in every way, nothing is done and
/// that comment's line returned.
std::optional<std::size_t> commentOut(Draft &draft, const ItemLines &lines);

/// Takes the '#' of a disabled rule away, so that its dash stands below those of the other rules.
void commentIn(Draft &draft, const CommentedRule &rule);

} // namespace runner::matrix::edit
