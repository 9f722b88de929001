// Plans as JSON text, to be kept in the history's database.
#pragma once

#include "build/planprogress.h"

#include <string>
#include <string_view>

namespace runner::build {

/// On one line.
std::string toJson(const ImagePlan &plan);
/// The inverse; unknown members are ignored. Error: plan-unreadable, also where an index points out of the plan.
Result<ImagePlan> planFromJson(std::string_view text);

/// On one line.
std::string toJson(const PlanProgress &progress);
/// The inverse, for \a plan. Error: plan-unreadable, also where it is of another plan.
Result<PlanProgress> progressFromJson(std::string_view text, const ImagePlan &plan);

} // namespace runner::build
