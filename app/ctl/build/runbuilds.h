// Carries builds out and tells how they go.
#pragma once

#include "build/request.h"
#include "build/session.h"
#include "command.h"

#include <vector>

namespace runner::ctl {

struct RunBuildsOptions
{
    int jobs = 1; ///< At a time on each builder.
    bool quiet = false;
    bool sandbox = false;
    std::uint64_t diskLimit = std::uint64_t(20) << 30U;
};

/// Declares --jobs, --quiet and --sandbox.
void addRunBuildsOptions(CLI::App *command, RunBuildsOptions &options);

/// Done where all of them succeeded. A signal cancels all, a second one with more force.
int runBuilds(Context &context, Session &session, const std::vector<build::Request> &requests, const RunBuildsOptions &options);

} // namespace runner::ctl
