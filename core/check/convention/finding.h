// What a check of the convention finds.
#pragma once

#include "check/fix.h"

#include <optional>
#include <vector>

namespace runner::check::convention {

struct Finding
{
    Problem problem;
    std::optional<Fix> fix; ///< Only where it is certain.
};

using Findings = std::vector<Finding>;

} // namespace runner::check::convention
