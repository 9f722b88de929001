// Names of platforms as builders know them.
#pragma once

#include <string>

namespace runner::image {

/// OS/ARCH or OS/ARCH/VARIANT with an operating system and an architecture that Go has a name for.
bool isKnownPlatform(const std::string &platform);

} // namespace runner::image
