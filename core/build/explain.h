// What earlier builds tell of a later one: how long it will take, what is slow, why a step was not cached. Pure
// functions over values of the history.
#pragma once

#include "build/buildrecord.h"

#include <optional>
#include <string>
#include <vector>

namespace runner::build {

/// A build with all that the history keeps of it.
struct KnownBuild
{
    BuildRecord record;
    std::vector<StepRecord> steps;
    std::string dockerfile;
    ContextFiles files;
};

struct Estimate
{
    Time duration = 0; ///< Nanoseconds.
    int runs = 0;      ///< How many builds it is made of.
};

/// The median duration of the last (at most five) successes among \a earlier, which are builds of the same target and
/// platform, the newest first. Those of the same platform tag count alone where there are any. Nothing without one.
std::optional<Estimate> estimateDuration(const std::vector<BuildRecord> &earlier, const Request &request);

/// What a running build still takes, by the steps of an earlier one: the time of those that have not ended yet, minus
/// what the running ones have used. Steps are told apart by their instruction.
Time estimateRest(const std::vector<StepRecord> &earlier, const std::vector<Step> &now, Time time);

/// The steps that took longest, the slowest first, at most \a count, without those that took no time.
std::vector<StepRecord> slowestSteps(std::vector<StepRecord> steps, std::size_t count);

/// The step's text without the stage and its numbers: "RUN make" of "[vllm 2/3] RUN make".
std::string instructionOf(const std::string &stepName);

struct CacheMiss
{
    std::string step;                 ///< The first that ran although it could have come from the cache.
    std::vector<std::string> reasons; ///< Sentences without a full stop, the likeliest first; never empty.
};

/// Why \a now ran a step that the build before had, done or cached. Nothing where every such step was cached.
std::optional<CacheMiss> whyNotCached(const KnownBuild &before, const KnownBuild &now);

/// What is not the same: arguments, base images, files, builder, Dockerfile. Sentences without a full stop.
std::vector<std::string> changesBetween(const KnownBuild &before, const KnownBuild &now);

} // namespace runner::build
