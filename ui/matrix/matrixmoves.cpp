// What the place "Matrix" does to the order of the rules.
#include "matrix/edit/rulelistedits.h"
#include "matrix/matrixplace.h"

#include <optional>

namespace runner::ui {

namespace edits = matrix::edit;

namespace {

/// The nearest rule of the same backend above or below: what the tree shows as the neighbour.
std::optional<std::size_t> neighbour(const matrix::Matrix &matrix, std::size_t rule, int step)
{
    for (auto at = static_cast<long>(rule) + step; at >= 0 && at < static_cast<long>(matrix.rules.size()); at += step) {
        if (matrix.rules[static_cast<std::size_t>(at)].backend == matrix.rules[rule].backend)
            return static_cast<std::size_t>(at);
    }
    return std::nullopt;
}

/// Whether each of the rules is the tree's neighbour of the one before.
bool areNeighbours(const matrix::Matrix &matrix, const std::vector<std::size_t> &rules)
{
    for (std::size_t i = 1; i < rules.size(); ++i) {
        if (neighbour(matrix, rules[i - 1], 1) != rules[i])
            return false;
    }
    return true;
}

} // namespace

void MatrixPlace::moveRules(const RuleMoves &moves)
{
    std::vector<edits::Edit> steps;
    steps.reserve(moves.steps.size());
    for (const RuleMove &move : moves.steps)
        steps.push_back(edits::moveRule(move.rule, move.position));
    applyAndSelect(steps, moves.places);
}

void MatrixPlace::moveUp()
{
    moveSelected(-1);
}

void MatrixPlace::moveDown()
{
    moveSelected(1);
}

/// Several rules change places with the one that is above or below all of them: one edit, whatever their number.
void MatrixPlace::moveSelected(int step)
{
    const auto selected = enabledSelection();
    const matrix::Matrix &matrix = m_matrix->matrix();
    if (selected.empty() || selected.size() < selectedRules().size()) {
        Q_EMIT statusMessage(tr("Not moved: a disabled rule stays where it is. Enable it first."));
        return;
    }
    if (!areNeighbours(matrix, selected)) {
        Q_EMIT statusMessage(tr("Not moved: the selected rules do not follow each other in the tree. Select rules of "
                                "one backend that do, or move them one by one."));
        return;
    }
    const auto other = neighbour(matrix, step < 0 ? selected.front() : selected.back(), step);
    if (!other) {
        const QString backend = QString::fromStdString(matrix.rules[selected.front()].backend.text);
        Q_EMIT statusMessage(step < 0 ? tr("Not moved: no rule of %1 is above.").arg(backend)
                                      : tr("Not moved: no rule of %1 is below.").arg(backend));
        return;
    }
    if (selected.size() == 1) {
        moveRules({{{selected.front(), *other}}, {{*other, false}}});
        return;
    }
    std::vector<RuleRef> moved;
    moved.reserve(selected.size());
    for (const std::size_t rule : selected)
        moved.push_back({step < 0 ? rule - 1 : rule + 1, false});
    applyAndSelect({edits::moveRule(*other, step < 0 ? selected.back() : selected.front())}, moved);
}

} // namespace runner::ui
