#include "build/build.h"

namespace runner::ctl {

void addBuildCommands(CLI::App &app, Context &context)
{
    addCommandCommand(app, context);
}

} // namespace runner::ctl
