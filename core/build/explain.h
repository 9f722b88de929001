// What earlier builds tell of a later one: what is slow, why a step was not cached. Pure functions over values of the
// history.
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

/// The steps that took longest, the slowest first, at most \a count, without those that took no time.
std::vector<StepRecord> slowestSteps(std::vector<StepRecord> steps, std::size_t count);

struct CacheMiss
{
    std::string step;                 ///< The first that ran although it could have come from the cache.
    std::vector<std::string> reasons; ///< Sentences without a full stop, the likeliest first; never empty.
};

/// Why \a now ran a step that the build before had, done or cached. Nothing where every such step was cached. Arguments
/// that the stage of the step does not depend on are no reason, nor are those that have the value of a default, nor
/// files that neither the step nor one that can have come before it reads.
std::optional<CacheMiss> whyNotCached(const KnownBuild &before, const KnownBuild &now);

/// What is not the same: arguments, options that matter to a cache, base images, files, builder, Dockerfile. Sentences
/// without a full stop.
std::vector<std::string> changesBetween(const KnownBuild &before, const KnownBuild &now);

} // namespace runner::build
