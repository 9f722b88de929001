// How long a build will take, by earlier ones.
#pragma once

#include "build/buildrecord.h"
#include "build/steps.h"

#include <optional>
#include <vector>

namespace runner::build {

class History;

/// Times in nanoseconds.
struct Estimate
{
    Time duration = 0; ///< The median.
    Time shortest = 0;
    Time longest = 0;
    int runs = 0;             ///< How many builds it is made of.
    bool otherImages = false; ///< This image has no success: they are others of the same target and platform.

    /// The builds differ so much, as those from the cache and those without do, that the median says little.
    bool varies() const { return longest > 2 * shortest; }
};

/// Of the last (at most five) successes among \a earlier, which are builds of the same target and platform, the newest
/// first. Those of the same platform tag count alone where there are any. Nothing without one.
std::optional<Estimate> estimateDuration(const std::vector<BuildRecord> &earlier, const Request &request);

/// The same by what the history has of the request's pack centre from before the build \a before, 0: all of it; nothing
/// too where it cannot be read.
std::optional<Estimate> estimateDuration(History &history, const Request &request, std::int64_t before = 0);

/// The steps of the newest of \a runs, which come the newest first, each with the time that it took when it last ran:
/// one from the cache took none. Steps are told apart by their instruction.
std::vector<StepRecord> stepsWithLastTimes(const std::vector<std::vector<StepRecord>> &runs);

/// The same of the last (at most five) successes of the image of \a record before it. Empty where there is none, or
/// the history cannot be read.
std::vector<StepRecord> expectedSteps(History &history, const BuildRecord &record);

/// What a running build still takes, by the steps of an earlier one: the longest way through those that have not ended
/// yet, minus what the running ones have used; steps that do not need each other run side by side. Before any of them
/// is heard of, all of them. Steps are told apart by their instruction.
Time estimateRest(const std::vector<StepRecord> &earlier, const std::vector<Step> &now, Time time);

} // namespace runner::build
