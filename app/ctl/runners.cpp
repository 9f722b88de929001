// runnerctl runners: the catalogue of released images as JSON.
#include "catalog/query.h"
#include "command.h"
#include "known.h"

namespace runner::ctl {

namespace {

struct RunnersArguments
{
    std::string grouping = "runner";
    catalog::Filter filter;
    bool noDeprecated = false;
};

catalog::Grouping groupingOf(const std::string &name)
{
    if (name == "backend")
        return catalog::Grouping::Backend;
    return name == "service" ? catalog::Grouping::Service : catalog::Grouping::Runner;
}

/// An empty value is a filter too: it matches what is empty.
CLI::Option *addFilter(CLI::App *command, const std::string &name, std::optional<std::string> &value,
                       const std::string &description)
{
    const auto store = [&value](const CLI::results_t &results) {
        value = results.empty() ? std::string() : results.back();
        return true;
    };
    return command->add_option(name, store, description)->option_text("TEXT");
}

void addFilters(CLI::App *command, Context &context, catalog::Filter &filter)
{
    context.setCompleter(addFilter(command, "--backend", filter.backend, "Only this backend"),
                         completer(knownBackends));
    addFilter(command, "--backend-version", filter.backendVersion, "Only this backend version");
    addFilter(command, "--backend-version-prefix", filter.backendVersionPrefix, "Only backend versions beginning so");
    addFilter(command, "--backend-variant", filter.backendVariant, "Only this variant; \"\" is none");
    context.setCompleter(addFilter(command, "--service", filter.service, "Only this service"),
                         completer(knownServices));
    addFilter(command, "--service-version", filter.serviceVersion, "Only this service version");
    addFilter(command, "--service-version-prefix", filter.serviceVersionPrefix, "Only service versions beginning so");
    context.setCompleter(addFilter(command, "--platform", filter.platform, "Only this platform, as linux/amd64"),
                         completer(knownPlatforms));
}

int runRunners(Context &context, const RunnersArguments &arguments)
{
    const workspace::Workspace *workspace = context.workspace();
    if (!workspace)
        return Unreadable;
    catalog::Filter filter = arguments.filter;
    filter.withDeprecated = !arguments.noDeprecated;
    context.print(catalog::toJson(catalog::select(workspace->records, filter), groupingOf(arguments.grouping)));
    return context.reportReadingErrors({workspace->matrixFile, workspace->catalogFile}) ? Failed : Done;
}

} // namespace

void addRunnersCommand(CLI::App &app, Context &context)
{
    auto arguments = std::make_shared<RunnersArguments>();
    CLI::App *command = app.add_subcommand("runners", "Print the released images as JSON");
    addChoice(command, context, "--by", arguments->grouping, {"runner", "backend", "service"},
              "One record each, or grouped (runner)");
    addFilters(command, context, arguments->filter);
    command->add_flag("--no-deprecated", arguments->noDeprecated, "Leave deprecated images out");
    onRun(command, context, [&context, arguments] { return runRunners(context, *arguments); });
}

} // namespace runner::ctl
