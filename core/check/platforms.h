// Platforms that builders know.
#pragma once

#include "diagnostics/problem.h"

#include <string>

namespace runner::check {

/// Appends unknown-platform where the platform is none.
void checkPlatform(const std::string &platform, const Location &where, Problems &problems);

} // namespace runner::check
