// runnerctl build: builds images and keeps how that went. runnerctl bake: the same builds as a file.
#include "build/bake.h"
#include "build/build.h"
#include "build/buildoptions.h"
#include "build/runbuilds.h"

namespace runner::ctl {

namespace {

int runBuild(Context &context, const BuildOptions &options, const RunBuildsOptions &run)
{
    const Requests made = makeRequests(context, options);
    if (made.code != Done)
        return made.code;
    Session session;
    return runBuilds(context, session, made.requests, run);
}

int runBake(Context &context, const BuildOptions &options)
{
    const Requests made = makeRequests(context, options);
    if (made.code == Done)
        context.print(build::bakeFile(made.requests));
    return made.code;
}

} // namespace

void addBuildCommand(CLI::App &app, Context &context)
{
    CLI::App *command = app.add_subcommand("build", "Build images, print what the steps write, and keep it in the history");
    auto options = addBuildOptions(command, context);
    auto run = std::make_shared<RunBuildsOptions>();
    addRunBuildsOptions(command, *run);
    onRun(command, context, [&context, options, run] { return runBuild(context, *options, *run); });
}

void addBakeCommand(CLI::App &app, Context &context)
{
    CLI::App *command = app.add_subcommand("bake", "Print a file for `docker buildx bake` that builds images");
    auto options = addBuildOptions(command, context);
    onRun(command, context, [&context, options] { return runBake(context, *options); });
}

} // namespace runner::ctl
