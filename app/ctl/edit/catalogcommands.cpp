// runnerctl deprecate, undeprecate, polish, unpolish, prune and merge: changes of what is released.
#include "editcommands.h"

#include "input.h"
#include "known.h"
#include "workspace/catalogchange.h"

namespace runner::ctl {

namespace {

using workspace::CatalogAction;
using workspace::CatalogChange;

// The released images that the change adds, removes or marks, printed.
Result<void> printReleaseEffect(Context &context, const EditOptions &options, const CatalogChange &change)
{
    const auto after = workspace::withTexts(context.sharedWorkspace(),
                                            {{change.file, std::make_shared<const std::string>(change.text)}});
    if (!after)
        return tl::unexpected(after.error());
    const auto changes = workspace::releaseEffectOf(*context.sharedWorkspace(), **after);
    context.print(options.format == "json" ? releaseEffectJson(changes) : releaseEffectText(changes));
    return {};
}

int finishChange(Context &context, const EditOptions &options, const workspace::Workspace &centre,
                 const Result<CatalogChange> &change)
{
    if (!change) {
        context.report(change.error());
        return Failed;
    }
    const auto target = readTarget(centre.root / change->file, change->file);
    if (!target || target->text != *centre.texts.at(change->file)) {
        context.report(target ? Problem{"file-changed-on-disk",
                                        Severity::Error,
                                        {change->file},
                                        "Somebody else has changed the file meanwhile",
                                        "Try again"}
                              : target.error());
        return Failed;
    }
    const bool same = change->text == target->text;
    if (options.effect) {
        if (const auto printed = printReleaseEffect(context, options, *change); !printed) {
            context.report(printed.error());
            return Failed;
        }
    }
    context.report(change->notes);
    if (same) // All else than a merge is refused then.
        context.report(Problem{"catalog-nothing-to-merge",
                               Severity::Note,
                               {change->file},
                               "There is nothing to merge: the catalogue says all of it already",
                               {}});
    return finishEdit(context, options, *target, change->text);
}

void addCriteria(CLI::App *command, Context &context, catalog::Criteria &criteria)
{
    context.setCompleter(
        command->add_option("--backend", criteria.backend, "Only this backend")->option_text("BACKEND"),
        completer(knownBackends));
    command->add_option("--backend-version", criteria.backendVersion, "Only this version of it, as in tags")
        ->option_text("VERSION");
    command->add_option("--backend-variant", criteria.backendVariant, "Only this variant of it")
        ->option_text("VARIANT");
    context.setCompleter(
        command->add_option("--service", criteria.service, "Only this service")->option_text("SERVICE"),
        completer(knownServices));
    command->add_option("--service-version", criteria.serviceVersion, "Only this version of it")
        ->option_text("VERSION");
}

void addChange(CLI::App &app, Context &context, const std::string &name, const std::string &description,
               CatalogAction action)
{
    struct Arguments
    {
        EditOptions options;
        catalog::Criteria criteria;
    };
    auto arguments = std::make_shared<Arguments>();
    CLI::App *command = app.add_subcommand(name, description);
    addCriteria(command, context, arguments->criteria);
    addEditOptions(command, context, arguments->options);
    command->footer("Criteria that would match more than was typed are refused with 1.");
    onRun(command, context, [&context, arguments, action] {
        const workspace::Workspace *centre = context.workspace();
        if (!centre)
            return static_cast<int>(Unreadable);
        return finishChange(context, arguments->options, *centre,
                            workspace::changeCatalog(*centre, action, arguments->criteria));
    });
}

constexpr std::size_t maxJobsBytes = 64U << 20U;

int runMerge(Context &context, const EditOptions &options, const std::string &file)
{
    const workspace::Workspace *centre = context.workspace();
    if (!centre)
        return Unreadable;
    const auto json = readInput(file, maxJobsBytes);
    if (!json) {
        context.report(json.error());
        return Failed;
    }
    const auto released = workspace::recordsOfJobs(*json, inputName(file), centre->matrix);
    if (!released) {
        context.report(released.error());
        return Failed;
    }
    return finishChange(context, options, *centre, workspace::mergeReleased(*centre, *released));
}

void addMerge(CLI::App &app, Context &context)
{
    struct Arguments
    {
        EditOptions options;
        std::string file = "-";
    };
    auto arguments = std::make_shared<Arguments>();
    CLI::App *command = app.add_subcommand("merge", "Put the images of a finished build into the catalogue");
    command->add_option("JOBS", arguments->file, "What `expand --for-release` printed; - for standard input (-)");
    addEditOptions(command, context, arguments->options);
    onRun(command, context, [&context, arguments] { return runMerge(context, arguments->options, arguments->file); });
}

} // namespace

void addCatalogCommands(CLI::App &app, Context &context)
{
    addChange(app, context, "deprecate", "Mark released images as deprecated", CatalogAction::Deprecate);
    addChange(app, context, "undeprecate", "Take the mark of deprecated images away", CatalogAction::Undeprecate);
    addChange(app, context, "polish", "Mark released images as rebuilt under their name", CatalogAction::Polish);
    addChange(app, context, "unpolish", "Take the mark of polished images away", CatalogAction::Unpolish);
    addChange(app, context, "prune", "Remove released images from the catalogue", CatalogAction::Prune);
    addMerge(app, context);
}

} // namespace runner::ctl
