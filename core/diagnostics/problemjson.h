// Problems as JSON (docs/json.md): one form for what runnerctl prints and what the history keeps.
#pragma once

#include "diagnostics/problem.h"

#include <nlohmann/json.hpp>

namespace runner::diagnostics {

/// A list of objects with id, severity, file, line, column, message and advice, in the order of the problems.
nlohmann::ordered_json problemsJson(const Problems &problems);

} // namespace runner::diagnostics
