// Requests as a file for `docker buildx bake`.
#pragma once

#include "build/request.h"

#include <string>
#include <vector>

namespace runner::build {

/// JSON: a target for each request, and the group "default" of them all; to be used in the requests' folder. Builders
/// and progress are no part of such a file.
std::string bakeFile(const std::vector<Request> &requests);

/// A target's name for a request: its platform tag with "_" for what bake does not allow.
std::string bakeTarget(const Request &request);

} // namespace runner::build
