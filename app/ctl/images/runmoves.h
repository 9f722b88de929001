// Carries a plan out for a sub-command.
#pragma once

#include "images/endpoint.h"
#include "images/images.h"

namespace runner::ctl {

/// Prints the plan for a dry run; else moves with progress on stderr, stoppable by signals. Gives the exit code.
/// Sides without a registry are null.
int runMoves(Context &context, const transfer::Moves &moves, const MoveOptions &options, const EndpointOptions *source,
             const EndpointOptions *destination);

} // namespace runner::ctl
