// Which rules of one state of a matrix are which of another. Pure functions over values; no widget.
#pragma once

#include "matrix/ruletreemodel.h"

#include <vector>

namespace runner::ui {

/// The given rules of \a before in \a after, in the same order: in their places where these say the same or have been
/// changed, else where their likes are, disabled or not. Those that are gone are left out.
std::vector<RuleRef> foundAgain(const std::vector<RuleRef> &rules, const matrix::Matrix &before,
                                const matrix::Matrix &after);

/// The rule that stands for one that is gone: the next one, or the last; nothing where there is none.
std::vector<RuleRef> nextOf(const RuleRef &gone, const matrix::Matrix &matrix);

} // namespace runner::ui
