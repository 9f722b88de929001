// Requests as a file for `docker buildx bake`.
#pragma once

#include "build/plan.h"

#include <string>

namespace runner::build {

/// JSON: a target for each job, and the group "default" of them all, in the plan's order; to be used in the requests'
/// folder. A job that builds on another's image names that one's target in its contexts; in a dry run, as withNeeds has
/// it, a folder. Builders and progress are no part of such a file, nor are manifests.
std::string bakeFile(const ImagePlan &plan);

/// A target's name for a request: its platform tag with "_" for what bake does not allow.
std::string bakeTarget(const Request &request);

} // namespace runner::build
