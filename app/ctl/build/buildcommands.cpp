#include "build/build.h"

namespace runner::ctl {

void addBuildCommands(CLI::App &app, Context &context)
{
    addCommandCommand(app, context);
    addBuildCommand(app, context);
    addBuildsCommand(app, context);
    addBakeCommand(app, context);
    addBuildersCommand(app, context);
}

} // namespace runner::ctl
