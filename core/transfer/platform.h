// Platforms as image registries name them.
#pragma once

#include "diagnostics/problem.h"

#include <string>

namespace runner::transfer {

/// OS/ARCHITECTURE[/VARIANT]: "linux/amd64", "linux/arm/v7".
struct Platform
{
    std::string os;
    std::string architecture;
    std::string variant; ///< Empty where the name has none.

    bool operator==(const Platform &) const = default;
};

/// Error: platform-invalid for anything but two or three parts of letters, digits, "_", "." and "-".
Result<Platform> parsePlatform(const std::string &text);

std::string describe(const Platform &platform);

/// Whether an image for \a offered is one for \a wanted: a variant only counts where both name one.
bool serves(const Platform &offered, const Platform &wanted);

/// The platform of this machine's containers: always linux.
Platform thisMachine();

} // namespace runner::transfer
