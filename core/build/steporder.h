// The order in which people read steps: BuildKit tells the last step of the last stage first.
#pragma once

#include "build/compare.h"

#include <string>
#include <vector>

namespace runner::build {

/// Where a step stands, by its name.
struct StepPlace
{
    enum Part {
        Preparation, ///< What BuildKit does for itself, credentials, caches.
        Stage,
        Result, ///< Exporting, and what else has no stage.
    } part = Stage;
    std::string stage; ///< "linux/arm64 vllm" of "[linux/arm64 vllm 2/3] RUN make"; empty where there is but one stage.
    int number = 0;    ///< 2 of that; 0 where it has none.
};
StepPlace placeOfStep(const std::string &name);

/// Preparation, the stages, the result; in each the steps by their number. No inputs are known of steps of two builds:
/// a stage stands behind those that ended their last step earlier.
void sortSteps(std::vector<StepDifference> &steps);

} // namespace runner::build
