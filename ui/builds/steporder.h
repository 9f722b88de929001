// The order in which people read steps: stages as they build on each other, and in each the steps by their number.
// BuildKit tells the last step of the last stage first.
#pragma once

#include "build/steps.h"

#include <QString>

#include <vector>

namespace runner::ui {

struct StepGroup
{
    QString name;
    std::vector<std::size_t> steps; ///< Indexes into Steps::steps().
};

/// All but the first, which is no step. "Preparation" comes first: what BuildKit does for itself, credentials, caches;
/// then the stages, "Build" being the only one of a Dockerfile, each behind those it takes from; then "Result":
/// exporting.
std::vector<StepGroup> groupedSteps(const std::vector<build::Step> &steps);

} // namespace runner::ui
