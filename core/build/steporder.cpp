#include "build/steporder.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <string_view>
#include <tuple>

namespace runner::build {

namespace {

/// What BuildKit does before the first instruction, by the names it gives that.
bool prepares(std::string_view name)
{
    return name.starts_with("[auth]") || isInternalStep(name) || name.starts_with("importing cache")
           || name.starts_with("resolve image config");
}

Time startOf(const StepDifference &step)
{
    return step.second ? step.second->started : step.first->started;
}

/// What is known of a stage by its steps.
struct StageOrder
{
    int lastNumber = -1;
    Time lastStart = std::numeric_limits<Time>::max(); ///< Of the step of that number.
    int heard = 0;                                     ///< The later, the smaller.
};

} // namespace

StepPlace placeOfStep(const std::string &name)
{
    if (prepares(name))
        return {StepPlace::Preparation, {}, 0};
    const std::size_t end = name.starts_with('[') ? name.find(']') : name.npos;
    if (end == name.npos)
        return {StepPlace::Result, {}, 0};
    // "[linux/arm64 vllm 2/3]"; "[2/3]" where there is one stage; "[linux/arm64 internal] load metadata".
    std::string_view words = std::string_view(name).substr(1, end - 1);
    const std::size_t space = words.rfind(' ');
    const std::string_view last = words.substr(space + 1); // npos + 1 is 0
    if (last == "internal")
        return {StepPlace::Preparation, {}, 0};
    StepPlace place{StepPlace::Stage, std::string(words), 0};
    const auto [rest, error] = std::from_chars(last.data(), last.data() + last.size(), place.number);
    if (error != std::errc() || rest == last.data() + last.size() || *rest != '/')
        return {StepPlace::Stage, std::string(words), 0};
    place.stage = space == words.npos ? std::string() : std::string(words.substr(0, space));
    return place;
}

void sortSteps(std::vector<StepDifference> &steps)
{
    const auto stageKey = [](const StepPlace &place) { return std::pair(place.part, place.stage); };
    std::map<std::pair<StepPlace::Part, std::string>, StageOrder> stages;
    for (const StepDifference &step : steps) {
        const StepPlace place = placeOfStep(step.name);
        const auto [found, isNew] = stages.try_emplace(stageKey(place));
        StageOrder &stage = found->second;
        if (isNew)
            stage.heard = 1 - static_cast<int>(stages.size());
        if (place.number <= stage.lastNumber)
            continue;
        stage.lastNumber = place.number;
        stage.lastStart = startOf(step) == 0 ? std::numeric_limits<Time>::max() : startOf(step);
    }
    const auto key = [&](const StepDifference &step) {
        const StepPlace place = placeOfStep(step.name);
        const StageOrder &stage = stages.at(stageKey(place));
        return std::tuple(place.part, stage.lastStart, stage.heard, place.number);
    };
    std::stable_sort(steps.begin(), steps.end(), [&](const auto &a, const auto &b) { return key(a) < key(b); });
}

} // namespace runner::build
