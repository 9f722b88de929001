// The steps of a build that has ended, out of its stream.
#pragma once

#include "build/steps.h"

#include <filesystem>
#include <functional>

namespace runner::build {

/// With transfers, warnings and the failure's text, which the history does not keep. Takes as long as reading the
/// stream, compressed or not, so ask in a thread. \a goOn is asked now and then; false stops (error: cancelled). Error:
/// file-unreadable.
Result<Steps> readSteps(const std::filesystem::path &folder, const std::string &dockerfile, Time ended,
                        const std::function<bool()> &goOn = {});

} // namespace runner::build
