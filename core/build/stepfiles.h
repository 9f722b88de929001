// Which files of the contexts the steps of a build can have read.
#pragma once

#include "build/buildrecord.h"
#include "build/request.h"

#include <string>
#include <vector>

namespace runner::build {

/// Those of \a files (relative to the request's folder) that \a step ("[base 2/3] RUN make"), or a step that can have
/// come before it, reads: a COPY or ADD of a context, or a mount of one. What is not certain stays; all for an empty
/// \a step.
std::vector<std::string> filesRead(const std::string &step, const std::vector<StepRecord> &steps,
                                   std::vector<std::string> files, const Request &request);

} // namespace runner::build
