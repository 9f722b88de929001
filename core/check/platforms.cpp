#include "check/platforms.h"

#include "image/platform.h"

namespace runner::check {

void checkPlatform(const std::string &platform, const Location &where, Problems &problems)
{
    if (!image::isKnownPlatform(platform))
        problems.push_back({"unknown-platform", Severity::Error, where, "'" + platform + "' is no platform",
                            "Write OS/ARCHITECTURE, such as linux/amd64 or linux/arm64"});
}

} // namespace runner::check
