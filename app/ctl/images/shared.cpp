#include "images/images.h"
#include "known.h"
#include "transfer/platform.h"

namespace runner::ctl {

namespace {

CLI::Option *addFilter(CLI::App *command, const std::string &name, std::optional<std::string> &value,
                       const std::string &description)
{
    const auto store = [&value](const CLI::results_t &results) {
        value = results.empty() ? std::string() : results.back();
        return true;
    };
    return command->add_option(name, store, description)->option_text("TEXT");
}

} // namespace

void addImagesCommands(CLI::App &app, Context &context)
{
    addListImagesCommand(app, context);
    addSaveImagesCommand(app, context);
    addCopyImagesCommand(app, context);
    addLoadImagesCommand(app, context);
    addCompareImagesCommand(app, context);
}

void addImageFilters(CLI::App *command, Context &context, transfer::Selection &selection)
{
    catalog::Filter &filter = selection.filter;
    context.setCompleter(addFilter(command, "--backend", filter.backend, "Only this backend"),
                         completer(knownBackends));
    addFilter(command, "--backend-version", filter.backendVersion, "Only this backend version");
    addFilter(command, "--backend-version-prefix", filter.backendVersionPrefix, "Only backend versions beginning so");
    addFilter(command, "--backend-variant", filter.backendVariant, "Only this variant; \"\" is none");
    context.setCompleter(addFilter(command, "--service", filter.service, "Only this service"),
                         completer(knownServices));
    addFilter(command, "--service-version", filter.serviceVersion, "Only this service version");
    addFilter(command, "--service-version-prefix", filter.serviceVersionPrefix, "Only service versions beginning so");
    addFilter(command, "--repository", selection.repository, "Only images of this repository, as runner");
    command->add_option("--no-repository", selection.withoutRepositories, "No images of these repositories")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->option_text("NAME[,NAME]...");
    context.setCompleter(addFilter(command, "--platform", filter.platform, "Only this platform, as linux/amd64"),
                         completer(knownPlatforms));
}

void addDeprecatedFlag(CLI::App *command, transfer::Selection &selection)
{
    command->add_flag("--deprecated", selection.filter.withDeprecated, "Deprecated images too");
}

ChosenImages chosenImages(Context &context, const transfer::Selection &selection)
{
    const workspace::Workspace *workspace = context.workspace();
    if (!workspace)
        return {{}, Unreadable};
    if (context.reportReadingErrors({workspace->catalogFile}))
        return {{}, Failed};
    auto images = transfer::selectImages(workspace->records, selection);
    if (!images)
        return {{}, context.usage(images.error().message)};
    return {std::move(*images), Done};
}

void addMoveOptions(CLI::App *command, MoveOptions &options)
{
    command->add_option("--jobs,--max-workers", options.jobs, "Images at a time (1)")
        ->check(CLI::Range(1, 64))
        ->option_text("N");
    command->add_option("--max-retries", options.retries, "Further attempts after a failure, with growing waits (1)")
        ->check(CLI::Range(0, 100))
        ->option_text("N");
    command->add_flag("--dry-run", options.dryRun, "Print what would be done, and do nothing");
}

CLI::Option *addFormat(CLI::App *command, Context &context, std::string &value, const std::string &description)
{
    return addChoice(command, context, "--archive-format", value, {"oci", "docker"}, description);
}

transfer::ArchiveFormat archiveFormat(const std::string &name)
{
    return name == "docker" ? transfer::ArchiveFormat::Docker : transfer::ArchiveFormat::Oci;
}

bool checkPlatform(const Context &context, const std::optional<std::string> &platform)
{
    if (!platform)
        return true;
    const auto parsed = transfer::parsePlatform(*platform);
    if (!parsed)
        context.usage(parsed.error().message + ". " + parsed.error().advice);
    return parsed.has_value();
}

} // namespace runner::ctl
