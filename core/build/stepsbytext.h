// Steps of two builds, matched by their instruction.
#pragma once

#include "build/buildrecord.h"

#include <map>
#include <string>
#include <vector>

namespace runner::build {

inline bool isInternal(const StepRecord &step)
{
    return isInternalStep(step.name);
}

/// Those of one instruction in their order: two steps may have the same text. Points into the steps.
class StepsByText
{
public:
    explicit StepsByText(const std::vector<StepRecord> &steps);

    /// The next one of that instruction, or null.
    const StepRecord *take(const std::string &instruction);

private:
    std::map<std::string, std::vector<const StepRecord *>> m_steps;
};

} // namespace runner::build
