// Which arguments can have changed what a step gives.
#pragma once

#include "build/explain.h"

#include <map>
#include <optional>
#include <string>

namespace runner::build {

/// The arguments that the stage of \a step ("[base 2/3] RUN make") depends on, with the values that they had in
/// \a build: declared in it or in a stage that it is made of, or used on the way there. Nothing where the Dockerfile or
/// the stage in it is not known.
std::optional<std::map<std::string, std::string>> stageArguments(const KnownBuild &build, const std::string &step);

} // namespace runner::build
