// runnerctl copy-images: from a registry into another.
#include "images/images.h"
#include "images/runmoves.h"

namespace runner::ctl {

namespace {

struct CopyArguments
{
    transfer::Selection selection;
    MoveOptions moves;
    EndpointOptions source;
    EndpointOptions destination;
};

int runCopy(Context &context, const CopyArguments &arguments)
{
    const auto &platform = arguments.selection.filter.platform;
    if (!checkPlatform(context, platform))
        return Usage;
    const ChosenImages chosen = chosenImages(context, arguments.selection);
    if (chosen.failed != Done)
        return chosen.failed;
    const auto plan = transfer::planCopies(
        chosen.images, {arguments.source.place, arguments.destination.place, platform.value_or("")});
    if (!plan) {
        context.report(plan.error());
        return Usage;
    }
    return runMoves(context, *plan, arguments.moves, &arguments.source, &arguments.destination);
}

} // namespace

void addCopyImagesCommand(CLI::App &app, Context &context)
{
    auto arguments = std::make_shared<CopyArguments>();
    arguments->destination.place.registry = defaultDestination();
    CLI::App *command = app.add_subcommand("copy-images", "Copy released images from one registry to another");
    addImageFilters(command, context, arguments->selection);
    addDeprecatedFlag(command, arguments->selection);
    addEndpoint(command, "source", "src", arguments->source);
    addEndpoint(command, "destination", "dest", arguments->destination);
    addMoveOptions(command, arguments->moves);
    command->footer("Without --platform, all architectures are copied.");
    onRun(command, context, [&context, arguments] { return runCopy(context, *arguments); });
}

} // namespace runner::ctl
