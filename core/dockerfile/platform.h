// The arguments that BuildKit sets by itself.
#pragma once

#include "dockerfile/evaluation.h"

#include <string>

namespace runner::dockerfile {

/// TARGETPLATFORM, TARGETOS, TARGETARCH, TARGETVARIANT, TARGETOSVERSION and their BUILD… counterparts for "linux/arm64"
/// or "linux/arm/v7", and TARGETSTAGE. Everything is set, to nothing where \a platform does not say.
Variables platformArguments(const std::string &platform, const std::string &target);

} // namespace runner::dockerfile
