// runnerctl list-images: which images there are.
#include "images/images.h"
#include "printable.h"

namespace runner::ctl {

namespace {

struct ListArguments
{
    transfer::Selection selection;
    std::string format = "text";
};

int runList(Context &context, const ListArguments &arguments)
{
    const ChosenImages chosen = chosenImages(context, arguments.selection);
    if (chosen.failed != Done)
        return chosen.failed;
    if (arguments.format == "json") {
        context.print(transfer::toJson(chosen.images));
        return Done;
    }
    for (const transfer::Image &image : chosen.images)
        context.print(printable(image.name) + "\n");
    if (chosen.images.empty())
        context.message("no image matches");
    return Done;
}

} // namespace

void addListImagesCommand(CLI::App &app, Context &context)
{
    auto arguments = std::make_shared<ListArguments>();
    CLI::App *command = app.add_subcommand("list-images", "List the released images");
    addChoice(command, context, "--format", arguments->format, {"text", "json"}, "How to print (text)");
    addImageFilters(command, context, arguments->selection);
    addDeprecatedFlag(command, arguments->selection);
    onRun(command, context, [&context, arguments] { return runList(context, *arguments); });
}

} // namespace runner::ctl
