// runnerctl compare-images: what has changed since another state of the catalogue.
#include "images/images.h"
#include "printable.h"
#include "transfer/revision.h"

#include <cstdlib>

namespace runner::ctl {

namespace {

struct CompareArguments
{
    transfer::Selection selection;
    std::string target;
    bool noColor = false;
};

std::string lineFor(const transfer::Change &change, bool colored)
{
    static constexpr const char *marks[] = {"+", "~", "-"};
    static constexpr const char *colors[] = {"\x1b[32m", "\x1b[36m", "\x1b[31m"};
    const auto kind = static_cast<std::size_t>(change.kind);
    std::string platforms;
    for (const std::string &platform : change.platforms)
        platforms += (platforms.empty() ? "" : ", ") + platform;
    const std::string text = std::string(marks[kind]) + " " + printable(change.name + " (" + platforms + ")");
    return colored ? colors[kind] + text + "\x1b[0m" : text;
}

int runCompare(Context &context, CompareArguments &arguments)
{
    const workspace::Workspace *workspace = context.workspace();
    if (!workspace)
        return Unreadable;
    arguments.selection.filter.withDeprecated = true;
    const auto ours = transfer::selectRecords(workspace->records, arguments.selection);
    if (!ours)
        return context.usage(ours.error().message);
    Problems problems;
    const auto all = transfer::recordsOfTarget(workspace->root, arguments.target, problems);
    context.report(problems);
    if (!all) {
        context.report(all.error());
        return Failed;
    }
    const auto theirs = transfer::selectRecords(*all, arguments.selection);
    const bool colored = isTerminal() && !arguments.noColor && !std::getenv("NO_COLOR");
    const auto changes = transfer::compareImages(theirs.value_or(catalog::Records()), *ours);
    for (const transfer::Change &change : changes)
        context.print(lineFor(change, colored) + "\n");
    if (changes.empty())
        context.message("no difference");
    return Done;
}

} // namespace

void addCompareImagesCommand(CLI::App &app, Context &context)
{
    auto arguments = std::make_shared<CompareArguments>();
    CLI::App *command = app.add_subcommand("compare-images", "Compare the released images with those of another state");
    command
        ->add_option("--target", arguments->target,
                     "A git revision of this pack centre, the folder of another, a"
                     " matrix.yml, or a JSON catalogue")
        ->required()
        ->option_text("FILE|REVISION");
    addImageFilters(command, context, arguments->selection);
    command->add_flag("--no-color", arguments->noColor, "No colour on a terminal either");
    command->footer("+ added, ~ deprecated since, - removed; with the platforms it is about.");
    onRun(command, context, [&context, arguments] { return runCompare(context, *arguments); });
}

} // namespace runner::ctl
