#include "builds/steporder.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <limits>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>

namespace runner::ui {

namespace {

QString orderWord(const char *text)
{
    return QCoreApplication::translate("StepOrder", text);
}

QString preparation()
{
    return orderWord("Preparation");
}

QString result()
{
    return orderWord("Result");
}

/// 0: before the stages; 2: behind them.
int partOf(const QString &stage)
{
    return stage == preparation() ? 0 : stage == result() ? 2 : 1;
}

/// What BuildKit does before the first instruction, by the names it gives that.
bool prepares(std::string_view name)
{
    return name.starts_with("[auth]") || name.starts_with("importing cache")
           || name.starts_with("resolve image config");
}

/// Every step behind what it takes from, else in the order in which they were heard of.
class InputsFirst
{
public:
    explicit InputsFirst(const std::vector<build::Step> &steps)
        : m_steps(steps)
        , m_seen(steps.size())
    {
        for (std::size_t i = 1; i < steps.size(); ++i)
            m_indices.emplace(steps[i].digest, i);
        for (std::size_t i = 1; i < steps.size(); ++i)
            visit(i);
    }

    const std::vector<std::size_t> &order() const { return m_order; }

private:
    /// Without recursion, for a chain of steps may be long.
    void visit(std::size_t first)
    {
        std::vector<std::pair<std::size_t, std::size_t>> open; // A step, and the next of its inputs.
        const auto enter = [&](std::size_t step) {
            if (!std::exchange(m_seen[step], true))
                open.emplace_back(step, 0);
        };
        enter(first);
        while (!open.empty()) {
            const auto [step, next] = open.back();
            if (next == m_steps[step].inputs.size()) {
                m_order.push_back(step);
                open.pop_back();
                continue;
            }
            ++open.back().second;
            if (const auto input = m_indices.find(m_steps[step].inputs[next]); input != m_indices.end())
                enter(input->second);
        }
    }

    const std::vector<build::Step> &m_steps;
    std::vector<char> m_seen;
    std::unordered_map<std::string_view, std::size_t> m_indices; ///< By digest.
    std::vector<std::size_t> m_order;
};

build::Time startOf(const build::StepDifference &step)
{
    return step.second ? step.second->started : step.first->started;
}

} // namespace

StepPlace placeOfStep(const std::string &name)
{
    const QString text = QString::fromStdString(name.substr(0, name.find(']')));
    if (!name.starts_with('['))
        return {prepares(name) ? preparation() : result(), 0};
    QStringList parts = text.mid(1).split(u' ', Qt::SkipEmptyParts);
    if (prepares(name) || parts.contains(QStringLiteral("internal")))
        return {preparation(), 0};
    // "[linux/arm64 vllm 2/3]"; "[2/3]" where there is one stage.
    StepPlace place;
    bool numbered = false;
    const int number = parts.isEmpty() ? 0 : parts.last().section(u'/', 0, 0).toInt(&numbered);
    if (numbered && parts.last().contains(u'/')) {
        place.number = number;
        parts.removeLast();
    }
    place.stage = parts.isEmpty() ? orderWord("Build") : parts.join(u' ');
    return place;
}

std::vector<StepGroup> groupedSteps(const std::vector<build::Step> &steps)
{
    std::vector<StepPlace> places;
    for (const build::Step &step : steps)
        places.push_back(placeOfStep(step.name));
    std::vector<StepGroup> groups;
    std::map<QString, std::size_t> known;
    const InputsFirst inputsFirst(steps);
    for (const std::size_t i : inputsFirst.order()) {
        const auto [group, isNew] = known.emplace(places[i].stage, groups.size());
        if (isNew)
            groups.push_back({places[i].stage, {}});
        groups[group->second].steps.push_back(i);
    }
    for (StepGroup &group : groups) {
        // Those without a number come in the order in which they were heard of.
        std::sort(group.steps.begin(), group.steps.end(), [&](std::size_t a, std::size_t b) {
            return std::pair(places[a].number, a) < std::pair(places[b].number, b);
        });
    }
    std::stable_sort(groups.begin(), groups.end(),
                     [](const StepGroup &a, const StepGroup &b) { return partOf(a.name) < partOf(b.name); });
    return groups;
}

void sortSteps(std::vector<build::StepDifference> &steps)
{
    constexpr build::Time never = std::numeric_limits<build::Time>::max();
    struct Stage
    {
        int lastNumber = -1;
        build::Time lastStart = never;
        int heard = 0;
    };
    std::map<QString, Stage> stages;
    for (const build::StepDifference &step : steps) {
        const StepPlace place = placeOfStep(step.name);
        Stage &stage = stages.emplace(place.stage, Stage{-1, never, -static_cast<int>(stages.size())}).first->second;
        if (place.number <= stage.lastNumber)
            continue;
        stage.lastNumber = place.number;
        stage.lastStart = startOf(step) == 0 ? never : startOf(step);
    }
    const auto key = [&](const build::StepDifference &step) {
        const StepPlace place = placeOfStep(step.name);
        const Stage &stage = stages[place.stage];
        return std::tuple(partOf(place.stage), stage.lastStart, stage.heard, place.number);
    };
    std::stable_sort(steps.begin(), steps.end(), [&](const auto &a, const auto &b) { return key(a) < key(b); });
}

} // namespace runner::ui
