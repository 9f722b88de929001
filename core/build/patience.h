// How long things are waited for when a build ends.
#pragma once

#include <chrono>

namespace runner::build {

struct Patience
{
    std::chrono::milliseconds interrupt{10'000}; ///< From INT to TERM.
    std::chrono::milliseconds terminate{5'000};  ///< From TERM to KILL.
    std::chrono::milliseconds drain{3'000};      ///< From the process' end to that of its output.
    std::chrono::milliseconds verify{10'000};    ///< For the builder to say whether it still works on the build.
};

} // namespace runner::build
