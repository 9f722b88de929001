#include "matrix/rulematching.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>

namespace runner::ui {

namespace {

/// A rule of the file, commented out or not.
struct Slot
{
    RuleRef ref;
    const matrix::Rule *rule;
};

/// In the order of the file.
std::vector<Slot> slotsOf(const matrix::Matrix &matrix)
{
    std::vector<Slot> all;
    for (std::size_t i = 0; i < matrix.rules.size(); ++i)
        all.push_back({{i, false}, &matrix.rules[i]});
    for (std::size_t i = 0; i < matrix.disabledRules.size(); ++i)
        all.push_back({{i, true}, &matrix.disabledRules[i].rule});
    std::stable_sort(all.begin(), all.end(), [](const Slot &a, const Slot &b) {
        return std::tie(a.rule->where.line, a.rule->where.column) < std::tie(b.rule->where.line, b.rule->where.column);
    });
    return all;
}

/// Both states without what they have in common at their begins and ends.
class RuleMatching
{
public:
    RuleMatching(const matrix::Matrix &before, const matrix::Matrix &after)
        : m_before(slotsOf(before))
        , m_after(slotsOf(after))
    {
        const std::size_t most = std::min(m_before.size(), m_after.size());
        while (m_begin < most && isSame(m_begin, m_begin))
            ++m_begin;
        while (m_end < most - m_begin && isSame(m_before.size() - m_end - 1, m_after.size() - m_end - 1))
            ++m_end;
    }

    std::optional<RuleRef> find(const RuleRef &ref) const
    {
        const auto found =
            std::find_if(m_before.begin(), m_before.end(), [&](const Slot &slot) { return slot.ref == ref; });
        if (found == m_before.end())
            return std::nullopt;
        const auto place = static_cast<std::size_t>(found - m_before.begin());
        if (place < m_begin)
            return m_after[place].ref;
        if (place >= m_before.size() - m_end)
            return m_after[m_after.size() - (m_before.size() - place)].ref;
        return findBetween(place);
    }

private:
    bool isSame(std::size_t before, std::size_t after) const { return *m_before[before].rule == *m_after[after].rule; }

    bool isOfSameSize() const { return m_before.size() == m_after.size(); }

    std::optional<RuleRef> findBetween(std::size_t place) const
    {
        if (isOfSameSize() && isSame(place, place))
            return m_after[place].ref;
        for (std::size_t i = m_begin; i < m_after.size() - m_end; ++i) {
            const bool isAnother = isOfSameSize() && isSame(i, i);
            if (!isAnother && isSame(place, i))
                return m_after[i].ref;
        }
        return isOfSameSize() ? std::optional(m_after[place].ref) : std::nullopt;
    }

    std::vector<Slot> m_before;
    std::vector<Slot> m_after;
    std::size_t m_begin = 0; ///< So many are the same at the begin,
    std::size_t m_end = 0;   ///< and so many at the end.
};

} // namespace

std::vector<RuleRef> foundAgain(const std::vector<RuleRef> &rules, const matrix::Matrix &before,
                                const matrix::Matrix &after)
{
    const RuleMatching matching(before, after);
    std::vector<RuleRef> result;
    for (const RuleRef &rule : rules) {
        if (const auto found = matching.find(rule))
            result.push_back(*found);
    }
    return result;
}

std::vector<RuleRef> nextOf(const RuleRef &gone, const matrix::Matrix &matrix)
{
    const std::size_t size = gone.disabled ? matrix.disabledRules.size() : matrix.rules.size();
    if (size == 0)
        return {};
    return {{std::min(gone.index, size - 1), gone.disabled}};
}

RuleMoves movesTo(const std::vector<std::size_t> &rules, std::size_t count, std::optional<std::size_t> below,
                  std::size_t above)
{
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t(0));
    const auto placeOf = [&order](std::size_t rule) {
        return static_cast<std::size_t>(std::find(order.begin(), order.end(), rule) - order.begin());
    };
    RuleMoves moves;
    std::size_t anchor = below.value_or(above); // Then the rule that was placed last.
    const auto place = [&](std::size_t rule) {
        const std::size_t from = placeOf(rule);
        order.erase(order.begin() + static_cast<std::ptrdiff_t>(from));
        const std::size_t to = placeOf(std::exchange(anchor, rule)) + (below ? 0 : 1);
        order.insert(order.begin() + static_cast<std::ptrdiff_t>(to), rule);
        if (from != to)
            moves.steps.push_back({from, to});
    };
    if (below)
        std::for_each(rules.rbegin(), rules.rend(), place);
    else
        std::for_each(rules.begin(), rules.end(), place);
    std::transform(rules.begin(), rules.end(), std::back_inserter(moves.places), [&](std::size_t rule) {
        return RuleRef{placeOf(rule), false};
    });
    return moves;
}

} // namespace runner::ui
