// runnerctl expand: the rules as build jobs and manifest jobs.
#include "expand/json.h"

#include "command.h"
#include "known.h"

#include <set>

namespace runner::ctl {

namespace {

struct ExpandArguments
{
    expand::Options options;
    std::string postOperation;
};

/// The files whose errors make the plan doubtful.
std::vector<std::string> filesOf(const workspace::Workspace &workspace, const expand::Plan &plan)
{
    std::set<std::string> files = {workspace.matrixFile};
    for (const expand::Job &job : plan.jobs)
        files.insert(job.dockerfile->fileName);
    for (const expand::IncompleteJob &incomplete : plan.incomplete)
        files.insert(incomplete.job.dockerfile->fileName);
    return {files.begin(), files.end()};
}

int runExpand(Context &context, const ExpandArguments &arguments)
{
    const workspace::Workspace *workspace = context.workspace(arguments.postOperation);
    if (!workspace)
        return Unreadable;
    const expand::Options &options = arguments.options;
    if (!options.backend.empty() && !requireKnown(context, "backend", options.backend, knownBackends(*workspace)))
        return Usage;
    if (!requireKnown(context, "target", options.target, knownTargets(*workspace)))
        return Usage;
    const expand::Plan plan = expand::expand(workspace->matrix, workspace->lookup(), options);
    context.print(expand::toJson(plan, workspace->matrix));
    const bool readingErrors = context.reportReadingErrors(filesOf(*workspace, plan));
    context.report(plan.problems);
    const auto interrupted = context.interrupted();
    if (interrupted)
        context.report(*interrupted);
    return readingErrors || interrupted || diagnostics::hasErrors(plan.problems) ? Failed : Done;
}

} // namespace

void addExpandCommand(CLI::App &app, Context &context)
{
    auto arguments = std::make_shared<ExpandArguments>();
    expand::Options &options = arguments->options;
    CLI::App *command = app.add_subcommand("expand", "Print the build jobs and manifest jobs as JSON");
    context.setCompleter(command->add_option("--target", options.target, "A service, 'services' for all, or 'runtime'")
                             ->required()
                             ->option_text("TARGET"),
                         completer(knownTargets));
    context.setCompleter(
        command->add_option("--backend", options.backend, "Only this backend's rules")->option_text("BACKEND"),
        completer(knownBackends));
    context.setCompleter(
        command->add_option("--tag", options.tagPrefix, "Only jobs whose tag begins so")->option_text("PREFIX"),
        completer(knownTags));
    addArgumentOption(command, options.arguments);
    command->add_flag("--for-release", options.forRelease, "Tags without -dev");
    command->add_option("--runner-profile", options.runnerProfile, "Size of the CI machine (normal)")
        ->option_text("PROFILE");
    command->add_option("--post-operation", arguments->postOperation, "Expand this post operation instead")
        ->option_text("NAME");
    onRun(command, context, [&context, arguments] { return runExpand(context, *arguments); });
}

} // namespace runner::ctl
