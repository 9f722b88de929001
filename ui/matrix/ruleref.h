// Rules by their places in the matrix, and how they come to others.
#pragma once

#include <cstddef>
#include <vector>

namespace runner::ui {

/// A rule of the matrix: its index in Matrix::rules, or in Matrix::disabledRules.
struct RuleRef
{
    std::size_t index = 0;
    bool disabled = false;

    bool operator==(const RuleRef &) const = default;
};

/// What matrix::edit::moveRule() takes.
struct RuleMove
{
    std::size_t rule;
    std::size_t position;

    bool operator==(const RuleMove &) const = default;
};

/// Moves to be made one after another, and where the rules are then.
struct RuleMoves
{
    std::vector<RuleMove> steps;
    std::vector<RuleRef> places;
};

} // namespace runner::ui
