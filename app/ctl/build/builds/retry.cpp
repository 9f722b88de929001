// runnerctl builds retry
#include "build/builds/builds.h"

#include "build/runbuilds.h"

namespace runner::ctl {

namespace {

using build::History;

int retry(Context &context, std::int64_t id, const RunBuildsOptions &options)
{
    Session session;
    History *history = session.history(context);
    if (!history)
        return Failed;
    auto record = history->find(id);
    if (!record) {
        context.report(record.error());
        return Failed;
    }
    if (record->isRunning()) {
        context.message("build " + std::to_string(id) + " still runs");
        return Failed;
    }
    build::ImagePlan plan;
    plan.jobs.push_back({std::move(record->request), {}, {}});
    return runBuilds(context, session, plan, options);
}

} // namespace

void addBuildsRetry(CLI::App *builds, Context &context)
{
    auto id = std::make_shared<std::int64_t>();
    auto options = std::make_shared<RunBuildsOptions>();
    CLI::App *command = builds->add_subcommand("retry", "Build again what a build has built");
    addId(command, *id);
    addRunBuildsOptions(command, *options);
    onRun(command, context, [&context, id, options] { return retry(context, *id, *options); });
}

} // namespace runner::ctl
