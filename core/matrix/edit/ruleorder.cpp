#include "matrix/edit/ruleorder.h"

#include <algorithm>

namespace runner::matrix::edit {

namespace {

template <typename T>
auto at(std::vector<T> &items, std::size_t index)
{
    return items.begin() + static_cast<std::ptrdiff_t>(index);
}

} // namespace

void insertRule(Matrix &matrix, std::size_t index, Rule rule, Gap gap, std::size_t alternatives)
{
    std::size_t inGap = 0;
    for (DisabledRule &disabled : matrix.disabledRules) {
        const bool ofGap = disabled.before == index && ++inGap > alternatives;
        const bool behind = disabled.before > index || (ofGap && gap == Gap::InFrontOfDisabled);
        disabled.before += behind ? 1 : 0;
    }
    matrix.rules.insert(at(matrix.rules, index), std::move(rule));
}

Rule takeRule(Matrix &matrix, std::size_t index)
{
    Rule rule = std::move(matrix.rules[index]);
    matrix.rules.erase(at(matrix.rules, index));
    for (DisabledRule &disabled : matrix.disabledRules)
        disabled.before -= disabled.before > index ? 1 : 0;
    return rule;
}

void disableIntended(Matrix &matrix, std::size_t index)
{
    const auto behind = std::find_if(matrix.disabledRules.begin(), matrix.disabledRules.end(),
                                     [&](const DisabledRule &disabled) { return disabled.before > index; });
    const std::size_t place = static_cast<std::size_t>(behind - matrix.disabledRules.begin());
    DisabledRule disabled{takeRule(matrix, index), index};
    matrix.disabledRules.insert(at(matrix.disabledRules, place), std::move(disabled));
}

void enableIntended(Matrix &matrix, std::size_t disabled)
{
    DisabledRule enabled = std::move(matrix.disabledRules[disabled]);
    matrix.disabledRules.erase(at(matrix.disabledRules, disabled));
    for (std::size_t i = disabled; i < matrix.disabledRules.size(); ++i)
        ++matrix.disabledRules[i].before;
    matrix.rules.insert(at(matrix.rules, enabled.before), std::move(enabled.rule));
}

} // namespace runner::matrix::edit
