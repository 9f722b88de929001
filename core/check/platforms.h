// Names of platforms as builders know them.
#pragma once

#include "diagnostics/problem.h"

#include <string>

namespace runner::check {

/// OS/ARCH or OS/ARCH/VARIANT with an operating system and an architecture that Go has a name for.
bool isKnownPlatform(const std::string &platform);

/// Appends unknown-platform where the platform is none.
void checkPlatform(const std::string &platform, const Location &where, Problems &problems);

} // namespace runner::check
