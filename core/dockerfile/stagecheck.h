// What BuildKit would refuse about the way stages refer to each other.
#pragma once

#include "dockerfile/dockerfile.h"
#include "dockerfile/problemlist.h"

namespace runner::dockerfile {

/// Problems: dockerfile-from-variable (variables in COPY --from or a mount's from), dockerfile-bad-stage (a number
/// without a stage), dockerfile-stage-order (a stage that is not finished where it is needed).
void checkStages(const Dockerfile &file, ProblemList &problems);

} // namespace runner::dockerfile
