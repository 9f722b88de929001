// Which rules of one state of a matrix are which of another. Pure functions over values; no widget.
#pragma once

#include "matrix/matrix.h"
#include "matrix/ruleref.h"

#include <optional>
#include <vector>

namespace runner::ui {

/// The given rules of \a before in \a after, in the same order: in their places where these say the same or have been
/// changed, else where their likes are, disabled or not. Those that are gone are left out.
std::vector<RuleRef> foundAgain(const std::vector<RuleRef> &rules, const matrix::Matrix &before,
                                const matrix::Matrix &after);

/// The rule that stands for one that is gone: the next one, or the last; nothing where there is none.
std::vector<RuleRef> nextOf(const RuleRef &gone, const matrix::Matrix &matrix);

/// Brings \a rules, indices of \a count in ascending order, to one place: in front of the rule \a below, or where that
/// is nothing behind the rule \a above; neither is one of them. Without steps for rules that stand there.
RuleMoves movesTo(const std::vector<std::size_t> &rules, std::size_t count, std::optional<std::size_t> below,
                  std::size_t above);

} // namespace runner::ui
