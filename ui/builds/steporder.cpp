#include "builds/steporder.h"

#include "build/steporder.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace runner::ui {

namespace {

QString orderWord(const char *text)
{
    return QCoreApplication::translate("StepOrder", text);
}

QString groupName(const build::StepPlace &place)
{
    switch (place.part) {
    case build::StepPlace::Preparation:
        return orderWord("Preparation");
    case build::StepPlace::Result:
        return orderWord("Result");
    case build::StepPlace::Stage:
        break;
    }
    return place.stage.empty() ? orderWord("Build") : QString::fromStdString(place.stage);
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

} // namespace

std::vector<StepGroup> groupedSteps(const std::vector<build::Step> &steps)
{
    std::vector<build::StepPlace> places;
    places.reserve(steps.size());
    for (const build::Step &step : steps)
        places.push_back(build::placeOfStep(step.name));
    std::vector<StepGroup> groups;
    std::map<std::pair<int, QString>, std::size_t> known;
    const InputsFirst inputsFirst(steps);
    for (const std::size_t i : inputsFirst.order()) {
        const QString name = groupName(places[i]);
        const auto [group, isNew] = known.emplace(std::pair(int(places[i].part), name), groups.size());
        if (isNew)
            groups.push_back({name, {}});
        groups[group->second].steps.push_back(i);
    }
    for (StepGroup &group : groups) {
        // Those without a number come in the order in which they were heard of.
        std::sort(group.steps.begin(), group.steps.end(), [&](std::size_t a, std::size_t b) {
            return std::pair(places[a].number, a) < std::pair(places[b].number, b);
        });
    }
    std::stable_sort(groups.begin(), groups.end(), [&](const StepGroup &a, const StepGroup &b) {
        return places[a.steps.front()].part < places[b.steps.front()].part;
    });
    return groups;
}

} // namespace runner::ui
