// How long to wait before trying again.
#pragma once

#include <chrono>

namespace runner::transfer {

struct BackOff
{
    std::chrono::milliseconds first{1000};
    std::chrono::milliseconds longest{60000};

    /// The wait before retry number \a retry (from 1): it doubles from `first` up to `longest`; half of it is fixed,
    /// \a random in [0, 1) of the other half is added, so that parallel moves do not return at once.
    std::chrono::milliseconds delay(int retry, double random) const;
};

} // namespace runner::transfer
