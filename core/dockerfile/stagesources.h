// What an instruction takes from other stages or images: COPY --from and RUN --mount=…,from=….
#pragma once

#include "dockerfile/dockerfile.h"

#include <optional>
#include <string>
#include <vector>

namespace runner::dockerfile {

struct StageSource
{
    std::string from;         ///< A stage's name or number, or an image.
    bool mayBeNumber = false; ///< COPY takes numbers, a mount does not.
};

/// In order. A source that holds variables is left out: BuildKit refuses it.
std::vector<StageSource> stageSources(const Instruction &instruction, char escape);
/// Sources that hold variables.
std::vector<std::string> variableSources(const Instruction &instruction, char escape);

/// The number in a COPY --from, or nothing where it is a name.
std::optional<long> stageNumber(const StageSource &source);

/// The instruction that ONBUILD holds, with its heredocs; nothing for any other instruction.
std::optional<Instruction> onBuildTrigger(const Instruction &instruction, char escape);

} // namespace runner::dockerfile
