// runnerctl load-images: from archives into the storage of Docker or Podman.
#include "images/images.h"
#include "images/runmoves.h"

namespace runner::ctl {

namespace {

struct LoadArguments
{
    transfer::Selection selection;
    MoveOptions moves;
    std::string registry;
    std::string nameSpace;
    std::string format;
    std::string storage = "docker";
    std::string input = ".";
};

bool asksTheCatalogue(const catalog::Filter &filter)
{
    return filter.backend || filter.backendVersion || filter.backendVersionPrefix || filter.backendVariant
           || filter.service || filter.serviceVersion || filter.serviceVersionPrefix;
}

transfer::LoadRequest requestOf(const LoadArguments &arguments)
{
    transfer::LoadRequest request;
    request.input = std::filesystem::absolute(arguments.input).lexically_normal();
    if (!arguments.registry.empty())
        request.destination = transfer::Place{arguments.registry, {}};
    request.destinationNamespace = arguments.nameSpace;
    if (!arguments.format.empty())
        request.format = archiveFormat(arguments.format);
    request.storage = arguments.storage == "podman" ? transfer::Storage::Podman : transfer::Storage::Docker;
    request.platform = arguments.selection.filter.platform.value_or("");
    request.repository = arguments.selection.repository;
    request.withoutRepositories = arguments.selection.withoutRepositories;
    return request;
}

int runLoad(Context &context, const LoadArguments &arguments)
{
    if (!checkPlatform(context, arguments.selection.filter.platform))
        return Usage;
    if (arguments.selection.repository && !arguments.selection.withoutRepositories.empty())
        return context.usage("--repository and --no-repository exclude each other");
    transfer::LoadRequest request = requestOf(arguments);
    if (asksTheCatalogue(arguments.selection.filter)) {
        transfer::Selection selection = arguments.selection;
        selection.filter.withDeprecated = true;
        const ChosenImages chosen = chosenImages(context, selection);
        if (chosen.failed != Done)
            return chosen.failed;
        request.only.emplace();
        for (const transfer::Image &image : chosen.images)
            request.only->insert(transfer::repositoryAndTag(image.name));
    }
    const auto archives = transfer::findArchives(request.input);
    if (!archives) {
        context.report(archives.error());
        return Failed;
    }
    Problems problems;
    const auto plan = transfer::planLoads(*archives, request, problems);
    context.report(problems);
    if (!plan) {
        context.report(plan.error());
        return Usage;
    }
    return runMoves(context, *plan, arguments.moves, nullptr, nullptr);
}

} // namespace

void addLoadImagesCommand(CLI::App &app, Context &context)
{
    auto arguments = std::make_shared<LoadArguments>();
    CLI::App *command = app.add_subcommand("load-images", "Load saved archives into Docker or Podman");
    addImageFilters(command, context, arguments->selection);
    command
        ->add_option("--destination,--dest", arguments->registry,
                     "The registry in the loaded images' names, in"
                     " place of their own")
        ->option_text("HOST[:PORT]");
    command->add_option("--destination-namespace", arguments->nameSpace, "The namespace in their names")
        ->option_text("NAME");
    addFormat(command, context, arguments->format, "Only archives of this form (as each archive says)");
    addChoice(command, context, "--storage", arguments->storage, {"docker", "podman"}, "Where to load into (docker)");
    addMoveOptions(command, arguments->moves);
    command->add_option("input", arguments->input, "Folder with REGISTRY/NAMESPACE/REPOSITORY/TAG.tar (.)")
        ->option_text("DIR");
    command->footer("Deprecated images are loaded too. Archives for another --platform are skipped.");
    onRun(command, context, [&context, arguments] { return runLoad(context, *arguments); });
}

} // namespace runner::ctl
