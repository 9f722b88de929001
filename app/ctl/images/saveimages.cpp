// runnerctl save-images: from a registry into archives.
#include "images/images.h"
#include "images/runmoves.h"
#include "transfer/platform.h"

namespace runner::ctl {

namespace {

struct SaveArguments
{
    transfer::Selection selection;
    MoveOptions moves;
    EndpointOptions source;
    std::string format = "oci";
    std::string output = ".";
};

int runSave(Context &context, SaveArguments &arguments)
{
    auto &platform = arguments.selection.filter.platform;
    if (!platform)
        platform = transfer::describe(transfer::thisMachine());
    if (!checkPlatform(context, platform))
        return Usage;
    const ChosenImages chosen = chosenImages(context, arguments.selection);
    if (chosen.failed != Done)
        return chosen.failed;
    const auto output = std::filesystem::absolute(arguments.output).lexically_normal();
    const auto plan = transfer::planSaves(chosen.images,
                                          {arguments.source.place, archiveFormat(arguments.format), *platform, output});
    if (!plan) {
        context.report(plan.error());
        return Usage;
    }
    return runMoves(context, *plan, arguments.moves, &arguments.source, nullptr);
}

} // namespace

void addSaveImagesCommand(CLI::App &app, Context &context)
{
    auto arguments = std::make_shared<SaveArguments>();
    CLI::App *command = app.add_subcommand("save-images", "Save released images of one platform as archives");
    addImageFilters(command, context, arguments->selection);
    addDeprecatedFlag(command, arguments->selection);
    addEndpoint(command, "source", "src", arguments->source);
    addFormat(command, context, arguments->format, "What to write (oci)");
    addMoveOptions(command, arguments->moves);
    command->add_option("output", arguments->output, "Folder for REGISTRY/NAMESPACE/REPOSITORY/TAG.tar (.)")
        ->option_text("DIR");
    command->footer("Without --platform, images for this machine are saved. An archive that is there is verified, and"
                    " saved again if it is not the image in the registry.");
    onRun(command, context, [&context, arguments] { return runSave(context, *arguments); });
}

} // namespace runner::ctl
