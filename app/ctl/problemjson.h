// Problems as JSON (docs/json.md).
#pragma once

#include "diagnostics/problem.h"

#include <nlohmann/json.hpp>

namespace runner::ctl {

/// A list of objects with id, severity, file, line, column, message and advice, in the order of the problems.
nlohmann::ordered_json problemsJson(const Problems &problems);

} // namespace runner::ctl
