// A plan and an explanation as JSON text (docs/json.md), 2 spaces of indentation, with a final newline.
#pragma once

#include "expand/explain.h"
#include "expand/plan.h"

namespace runner::expand {

/// {"build_jobs":[…],"manifest_jobs":{…},"incomplete":[…]}; the members of a build job are the older scripts', in
/// their order.
std::string toJson(const Plan &plan, const matrix::Matrix &matrix);

/// The arguments of an image on one of its platforms.
struct PlatformArguments
{
    std::string platform;
    std::vector<ExplainedArgument> arguments;
};

/// [{name, value, need, description, chain:[{origin, name, text, file, line, column}], stages, used, declared,
/// platforms:[{platform, value, stages, used}]}]. All platforms are of one rule and one Dockerfile, so that they have
/// the same arguments; what stands outside of "platforms" is of the first.
std::string toJson(const std::vector<PlatformArguments> &platforms);

} // namespace runner::expand
