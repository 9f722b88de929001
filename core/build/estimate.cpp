#include "build/estimate.h"

#include "build/explain.h"
#include "build/history.h"
#include "build/stepsbytext.h"

#include <algorithm>

namespace runner::build {

namespace {

constexpr std::size_t runsForEstimate = 5;

} // namespace

std::optional<Estimate> estimateDuration(const std::vector<BuildRecord> &earlier, const Request &request)
{
    std::vector<Time> same;
    std::vector<Time> all;
    for (const BuildRecord &record : earlier) {
        if (record.outcome != Outcome::Succeeded || record.request.call != Call::Build)
            continue;
        if (all.size() < runsForEstimate)
            all.push_back(record.duration());
        if (same.size() < runsForEstimate && record.request.platformTag == request.platformTag)
            same.push_back(record.duration());
    }
    std::vector<Time> &durations = same.empty() ? all : same;
    if (durations.empty())
        return {};
    std::sort(durations.begin(), durations.end());
    return Estimate{durations[durations.size() / 2], durations.front(), durations.back(),
                    static_cast<int>(durations.size()), same.empty()};
}

std::optional<Estimate> estimateDuration(History &history, const Request &request, std::int64_t before)
{
    HistoryFilter filter;
    filter.target = request.target;
    filter.platform = request.platform;
    filter.folder = request.folder;
    filter.outcome = Outcome::Succeeded;
    filter.call = request.call;
    filter.before = before;
    filter.count = 50;
    const auto earlier = history.list(filter);
    return earlier ? estimateDuration(*earlier, request) : std::nullopt;
}

std::vector<StepRecord> stepsWithLastTimes(const std::vector<std::vector<StepRecord>> &runs)
{
    if (runs.empty())
        return {};
    std::vector<StepRecord> steps = runs.front();
    for (auto run = runs.begin() + 1; run != runs.end(); ++run) {
        StepsByText known(*run);
        for (StepRecord &step : steps) {
            const StepRecord *before = isInternal(step) ? nullptr : known.take(instructionOf(step.name));
            if (before && step.state == StepState::Cached && before->state != StepState::Cached) {
                step.state = before->state;
                step.busy = before->busy;
            }
        }
    }
    return steps;
}

std::vector<StepRecord> expectedSteps(History &history, const BuildRecord &record)
{
    HistoryFilter filter = successBefore(record);
    filter.count = runsForEstimate;
    std::vector<std::vector<StepRecord>> runs;
    for (const BuildRecord &earlier : history.list(filter).value_or(std::vector<BuildRecord>())) {
        if (auto steps = history.steps(earlier.id))
            runs.push_back(std::move(*steps));
    }
    return stepsWithLastTimes(runs);
}

Time estimateRest(const std::vector<StepRecord> &earlier, const std::vector<Step> &now, Time time)
{
    StepsByText known(earlier);
    Time rest = 0;
    for (const StepRecord &step : earlier)
        rest += isInternal(step) ? 0 : step.busy;
    for (const Step &step : now) {
        const StepRecord *before = step.isInternal() ? nullptr : known.take(instructionOf(step.name));
        if (!before && !step.isInternal() && step.state == StepState::Running)
            return 0;
        if (!before)
            continue;
        if (step.ended())
            rest -= before->busy;
        else if (step.state == StepState::Running)
            rest -= std::clamp<Time>(time - step.started, 0, before->busy);
    }
    return std::max<Time>(rest, 0);
}

} // namespace runner::build
