// runnerctl builds: the history of builds.
#include "build/builds/builds.h"

#include "build/build.h"

#include <algorithm>

namespace runner::ctl {

CLI::Option *addId(CLI::App *command, std::int64_t &id, const char *name)
{
    return command->add_option(name, id, "The build's number, as `runnerctl builds list` shows it")->required();
}

std::string result(const build::BuildRecord &record)
{
    return record.outcome ? build::outcomeName(*record.outcome) : "running";
}

std::string padded(std::string text, std::size_t width)
{
    text.resize(std::max(text.size(), width), ' ');
    return text;
}

std::optional<build::KnownBuild> knownBuild(build::History &history, const build::BuildRecord &record)
{
    auto steps = history.steps(record.id);
    if (!steps)
        return {};
    return build::KnownBuild{record, std::move(*steps), history.dockerfileOf(record), history.contextFilesOf(record)};
}

void addBuildsCommand(CLI::App &app, Context &context)
{
    CLI::App *builds = app.add_subcommand("builds", "The history of builds");
    builds->require_subcommand(1);
    addBuildsList(builds, context);
    addBuildsShow(builds, context);
    addBuildsLog(builds, context);
    addBuildsCancel(builds, context);
    addBuildsRetry(builds, context);
    addBuildsCompare(builds, context);
}

} // namespace runner::ctl
