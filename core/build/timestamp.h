// Points in time as BuildKit writes them.
#pragma once

#include "build/event.h"

#include <string_view>

namespace runner::build {

/// "2026-11-23T08:38:12.462924448Z", also with "+02:00", as nanoseconds since 1970. 0 for anything else, and for years
/// before 1970, which BuildKit writes where it knows no time.
Time parseTime(std::string_view text);

} // namespace runner::build
