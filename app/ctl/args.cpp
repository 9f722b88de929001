// runnerctl args: where the arguments of one image come from.
#include "argstable.h"
#include "command.h"
#include "expand/json.h"
#include "jobfinder.h"
#include "known.h"

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

/// Arguments may depend on the platform; the first one's are shown.
void tellOtherPlatforms(const Context &context, const FoundJobs &found, const std::string &shown)
{
    for (const Job *job : found.jobs) {
        if (expand::toJson(expand::explain(*job)) != shown)
            context.message("the values are those of " + found.jobs[0]->platform + "; for " + job->platform
                            + " ask for " + job->platformTag);
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
    const auto explained = expand::explain(job, &found.problems);
    const std::string json = expand::toJson(explained);
    context.print(arguments.format == "json" ? json : argumentsTable(explained, arguments.verbose));
    if (arguments.format == "text")
        context.message(headline(*workspace, job));
    tellOtherPlatforms(context, found, json);
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
        command->add_option("TAG", arguments->tag, "A tag, with or without -dev or platform, or an image name")->required(),
        completer(knownTags));
    addArgumentOption(command, arguments->given);
    addChoice(command, context, "--format", arguments->format, {"text", "json"}, "How to print them (text)");
    command->add_flag("-v,--verbose", arguments->verbose, "Also every place that had a say");
    onRun(command, context, [&context, arguments] { return runArgs(context, *arguments); });
}

} // namespace runner::ctl
