// Which files of the contexts the steps of a build can have read.
#pragma once

#include "build/buildrecord.h"
#include "build/request.h"

#include <string>
#include <vector>

namespace runner::build {

/// Whether \a step ("[base 2/3] RUN make"), or a step that can have come before it, reads \a file (relative to the
/// request's folder): a COPY or ADD of a context, or a mount of one. True where that is not certain; also for an empty
/// \a step.
bool mayHaveRead(const std::string &step, const std::vector<StepRecord> &steps, const std::string &file,
                 const Request &request);

} // namespace runner::build
