// Carries builds out and tells how they go.
#pragma once

#include "build/plan.h"
#include "build/session.h"
#include "command.h"

#include <cstdint>
#include <optional>

namespace runner::ctl {

struct RunBuildsOptions
{
    int jobs = 1; ///< At a time on each builder.
    bool quiet = false;
    bool sandbox = false;
    std::optional<std::uint64_t> diskLimit; ///< Bytes; absent: as the window's settings have it.
};

/// Declares --jobs, --quiet and --sandbox.
void addRunBuildsOptions(CLI::App *command, RunBuildsOptions &options);

/// Carries a plan out. Done where all of it succeeded. A signal cancels all, a second one with more force.
int runBuilds(Context &context, Session &session, const build::ImagePlan &plan, const RunBuildsOptions &options);

} // namespace runner::ctl
