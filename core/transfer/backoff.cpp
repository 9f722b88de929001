#include "transfer/backoff.h"

#include <algorithm>

namespace runner::transfer {

std::chrono::milliseconds BackOff::delay(int retry, double random) const
{
    auto full = std::min(first, longest);
    for (int i = 1; i < retry && full < longest; ++i)
        full = std::min(full * 2, longest);
    const auto half = full / 2;
    const double added = static_cast<double>((full - half).count()) * std::clamp(random, 0.0, 1.0);
    return half + std::chrono::milliseconds(static_cast<std::chrono::milliseconds::rep>(added));
}

} // namespace runner::transfer
