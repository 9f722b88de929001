#include "build/estimate.h"

#include "build/explain.h"
#include "build/history.h"
#include "build/steporder.h"
#include "build/stepsbytext.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace runner::build {

namespace {

constexpr std::size_t runsForEstimate = 5;

/// The time until the last step has ended, if each takes \a rests once its inputs have: they run side by side. Steps
/// whose inputs go round in a circle do not count.
Time longestWay(const std::vector<Step> &steps, const std::vector<Time> &rests)
{
    std::map<std::string_view, std::size_t> byDigest;
    for (std::size_t i = 0; i < steps.size(); ++i)
        byDigest.emplace(steps[i].digest, i);
    std::vector<std::vector<std::size_t>> users(steps.size());
    std::vector<std::size_t> open(steps.size());
    for (std::size_t i = 0; i < steps.size(); ++i) {
        for (const std::string &input : steps[i].inputs) {
            if (const auto known = byDigest.find(input); known != byDigest.end()) {
                users[known->second].push_back(i);
                ++open[i];
            }
        }
    }
    std::vector<std::size_t> ready;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (open[i] == 0)
            ready.push_back(i);
    }
    std::vector<Time> begins(steps.size());
    Time longest = 0;
    for (std::size_t at = 0; at < ready.size(); ++at) { // Grows while it is gone through.
        const std::size_t step = ready[at];
        const Time ends = begins[step] + rests[step];
        longest = std::max(longest, ends);
        for (const std::size_t user : users[step]) {
            begins[user] = std::max(begins[user], ends);
            if (--open[user] == 0)
                ready.push_back(user);
        }
    }
    return longest;
}

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
    std::vector<Time> rests(now.size());
    std::set<const StepRecord *> found;
    for (std::size_t i = 0; i < now.size(); ++i) {
        const Step &step = now[i];
        const StepRecord *before = step.isInternal() ? nullptr : known.take(instructionOf(step.name));
        if (!before && !step.isInternal() && step.state == StepState::Running)
            return 0;
        if (before && !step.ended())
            rests[i] = before->busy - std::clamp<Time>(step.busyUntil(time), 0, before->busy);
        if (before)
            found.insert(before);
    }
    Time rest = longestWay(now, rests);
    for (const StepRecord &step : earlier) { // What has not been heard of yet comes at the end, or is all.
        const bool comes = found.empty() || placeOfStep(step.name).part == StepPlace::Result;
        rest += !isInternal(step) && !found.contains(&step) && comes ? step.busy : 0;
    }
    return rest;
}

} // namespace runner::build
