// runnerctl build: builds images and keeps how that went. runnerctl bake: the same builds as a file.
#include "build/build.h"
#include "build/buildoptions.h"
#include "build/plan.h"
#include "build/runbuilds.h"

namespace runner::ctl {

namespace {

struct PlanChoice
{
    build::PlanOptions plan;
    bool print = false;
};

int runBuild(Context &context, const BuildOptions &options, const PlanChoice &choice, const RunBuildsOptions &run)
{
    const Requests made = makeRequests(context, options);
    if (made.code != Done)
        return made.code;
    build::PlanOptions planOptions = choice.plan;
    planOptions.manifests = planOptions.manifests || planOptions.release;
    planOptions.matrix = made.matrix;
    auto plan = build::makePlan(made.jobs, made.requests, made.naming, planOptions);
    if (!plan) {
        context.report(plan.error());
        return Failed;
    }
    if (choice.print) {
        context.print(build::describePlan(*plan));
        return Done;
    }
    Session session;
    return runBuilds(context, session, *plan, run);
}

int runBake(Context &context, const BuildOptions &options)
{
    const Requests made = makeRequests(context, options);
    return made.code == Done ? printBake(context, made) : made.code;
}

} // namespace

void addBuildCommand(CLI::App &app, Context &context)
{
    CLI::App *command =
        app.add_subcommand("build", "Build images, print what the steps write, and keep it in the history");
    auto options = addBuildOptions(command, context);
    auto run = std::make_shared<RunBuildsOptions>();
    auto choice = std::make_shared<PlanChoice>();
    command->add_flag("--manifest", choice->plan.manifests,
                      "Also make the image for all platforms of each tag (with --push)");
    command->add_flag("--release", choice->plan.release, "Make it under the tag without -dev, too");
    command->add_flag("--print", choice->print, "Print the commands of the whole plan in order, and run none");
    addRunBuildsOptions(command, *run);
    onRun(command, context, [&context, options, choice, run] { return runBuild(context, *options, *choice, *run); });
}

void addBakeCommand(CLI::App &app, Context &context)
{
    CLI::App *command = app.add_subcommand("bake", "Print a file for `docker buildx bake` that builds images");
    auto options = addBuildOptions(command, context);
    onRun(command, context, [&context, options] { return runBake(context, *options); });
}

} // namespace runner::ctl
