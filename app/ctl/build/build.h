// The commands around builds.
#pragma once

#include "command.h"

namespace runner::ctl {

void addBuildCommands(CLI::App &app, Context &context);

void addCommandCommand(CLI::App &app, Context &context);
void addBuildCommand(CLI::App &app, Context &context);
void addBakeCommand(CLI::App &app, Context &context);
void addBuildsCommand(CLI::App &app, Context &context);
void addBuildersCommand(CLI::App &app, Context &context);

} // namespace runner::ctl
