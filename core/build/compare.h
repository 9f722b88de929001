// Two builds side by side. Pure functions over values of the history.
#pragma once

#include "build/explain.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace runner::build {

/// One thing that both builds could have.
struct Fact
{
    std::string name;
    std::string first; ///< Empty where that build has none.
    std::string second;
    bool differs = false;
};

struct FactGroup
{
    std::string name;
    std::vector<Fact> facts; ///< The second's in its order, then those that only the first has.
};

/// A step in two builds.
struct StepDifference
{
    std::string name;
    std::optional<StepRecord> first;
    std::optional<StepRecord> second;

    /// Only one has it, or it ended otherwise: run instead of cached, failed instead of done. Times are no difference.
    bool differs() const;
};

struct Comparison
{
    std::vector<std::string> changes; ///< Arguments, base images, files, builder: sentences without a full stop.
    std::vector<FactGroup> facts;     ///< "Build", "Arguments", "Command", "Base images", "Files"; none is empty.
    std::vector<StepDifference>
        steps; ///< The second's in its order, then those that only the first has. No internal ones.
};

Comparison compareBuilds(const KnownBuild &first, const KnownBuild &second);

/// "1.9 MB"; in steps of 1000.
std::string describeSize(std::int64_t bytes);

} // namespace runner::build
