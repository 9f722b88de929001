// The order in which people read steps: stages as they build on each other, and in each the steps by their number.
// BuildKit tells the last step of the last stage first.
#pragma once

#include "build/compare.h"
#include "build/steps.h"

#include <QString>

#include <string>
#include <vector>

namespace runner::ui {

/// Where a step stands, by its name.
struct StepPlace
{
    QString stage;  ///< "vllm" of "[vllm 2/3] RUN make"; of one without a stage, what it is for: see groupedSteps().
    int number = 0; ///< 2 of that; 0 where it has none.
};
StepPlace placeOfStep(const std::string &name);

struct StepGroup
{
    QString name;
    std::vector<std::size_t> steps; ///< Indexes into Steps::steps().
};

/// All but the first, which is no step. "Preparation" comes first: what BuildKit does for itself, credentials, caches;
/// then the stages, "Build" being the only one of a Dockerfile, each behind those it takes from; then "Result":
/// exporting.
std::vector<StepGroup> groupedSteps(const std::vector<build::Step> &steps);

/// The same for steps of two builds, of which no inputs are known: a stage stands behind those that ended their last
/// step earlier.
void sortSteps(std::vector<build::StepDifference> &steps);

} // namespace runner::ui
