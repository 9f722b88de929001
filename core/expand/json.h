// A plan and an explanation as JSON text (docs/json.md), 2 spaces of indentation, with a final newline.
#pragma once

#include "expand/explain.h"
#include "expand/plan.h"

namespace runner::expand {

/// {"build_jobs":[…],"manifest_jobs":{…},"incomplete":[…]}; the members of a build job are the older scripts', in
/// their order.
std::string toJson(const Plan &plan, const matrix::Matrix &matrix);

/// [{name, value, need, description, chain:[{origin, name, text, file, line, column}], stages, used, declared}]
std::string toJson(const std::vector<ExplainedArgument> &arguments);

} // namespace runner::expand
