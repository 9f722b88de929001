// The commands around builds.
#pragma once

#include "command.h"

namespace runner::ctl {

void addBuildCommands(CLI::App &app, Context &context);

void addCommandCommand(CLI::App &app, Context &context);

} // namespace runner::ctl
