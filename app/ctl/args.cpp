// runnerctl args: where the arguments of one image come from.
#include "argstable.h"
#include "command.h"
#include "expand/json.h"
#include "jobfinder.h"
#include "known.h"

#include <algorithm>

namespace runner::ctl {

namespace {

using expand::Job;

struct ArgsArguments
{
    std::string tag;
    std::vector<std::string> given;
    std::string format = "text";
    bool verbose = false;
};

/// One for each platform of the tag, in the rule's order; problems are those of the first.
std::vector<expand::PlatformArguments> explainAll(FoundJobs &found)
{
    std::vector<expand::PlatformArguments> platforms;
    for (const Job *job : found.jobs)
        platforms.push_back({job->platform, expand::explain(*job, platforms.empty() ? &found.problems : nullptr)});
    return platforms;
}

bool isSame(const expand::PlatformArguments &a, const expand::PlatformArguments &b)
{
    return std::equal(a.arguments.begin(), a.arguments.end(), b.arguments.begin(), b.arguments.end(),
                      [](const expand::ExplainedArgument &x, const expand::ExplainedArgument &y) {
                          return x.name == y.name && x.value == y.value && x.stages == y.stages;
                      });
}

/// Arguments may depend on the platform; the table shows the first one's.
void tellOtherPlatforms(const Context &context, const FoundJobs &found,
                        const std::vector<expand::PlatformArguments> &platforms)
{
    for (std::size_t i = 1; i < platforms.size(); ++i) {
        if (!isSame(platforms.front(), platforms[i]))
            context.message("the values are those of " + platforms.front().platform + "; for " + platforms[i].platform
                            + " ask for " + found.jobs[i]->platformTag);
    }
}

std::string headline(const workspace::Workspace &workspace, const Job &job)
{
    const matrix::Rule &rule = workspace.matrix.rules.at(job.rule);
    Location where = rule.where;
    where.column = 0;
    return job.tag + " on " + job.platform + ": rule " + std::to_string(rule.number) + " ("
           + diagnostics::describe(where) + "), stage " + job.service + " of " + job.dockerfile->fileName;
}

int runArgs(Context &context, const ArgsArguments &arguments)
{
    const workspace::Workspace *workspace = context.workspace();
    if (!workspace)
        return Unreadable;
    const JobFinder finder(*workspace, arguments.given);
    FoundJobs found = finder.find(arguments.tag);
    if (found.jobs.empty()) {
        context.reportReadingErrors({workspace->matrixFile});
        return finder.reportMissing(context, arguments.tag);
    }
    const Job &job = *found.jobs.front();
    const std::vector<expand::PlatformArguments> platforms = explainAll(found);
    if (arguments.format == "json") {
        context.print(expand::toJson(platforms));
    } else {
        context.print(argumentsTable(platforms.front().arguments, arguments.verbose));
        context.message(headline(*workspace, job));
        tellOtherPlatforms(context, found, platforms);
    }
    const bool readingErrors = context.reportReadingErrors({workspace->matrixFile, job.dockerfile->fileName});
    context.report(found.problems);
    return readingErrors || diagnostics::hasErrors(found.problems) ? Failed : Done;
}

} // namespace

void addArgsCommand(CLI::App &app, Context &context)
{
    auto arguments = std::make_shared<ArgsArguments>();
    CLI::App *command = app.add_subcommand("args", "Explain the build arguments of an image");
    context.setCompleter(
        command->add_option("TAG", arguments->tag, "A tag, with or without -dev or platform, or an image name")
            ->required(),
        completer(knownTags));
    addArgumentOption(command, arguments->given);
    addChoice(command, context, "--format", arguments->format, {"text", "json"}, "How to print them (text)");
    command->add_flag("-v,--verbose", arguments->verbose, "Also every place that had a say");
    onRun(command, context, [&context, arguments] { return runArgs(context, *arguments); });
}

} // namespace runner::ctl
