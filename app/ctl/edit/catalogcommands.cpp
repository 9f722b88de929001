// runnerctl deprecate, undeprecate, polish, unpolish, prune and merge: changes of what is released.
#include "editcommands.h"

#include "input.h"
#include "known.h"
#include "printable.h"
#include "workspace/catalogchange.h"

#include <nlohmann/json.hpp>

namespace runner::ctl {

namespace {

using workspace::CatalogAction;
using workspace::CatalogChange;

std::string affectedText(const catalog::Records &records)
{
    std::string text;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const bool same = i > 0 && records[i - 1].dockerImage == records[i].dockerImage;
        text += same ? ", " : (i > 0 ? ")\n" : "") + printable(records[i].dockerImage) + " (";
        text += printable(records[i].platform);
    }
    return text.empty() ? "no image is affected\n" : text + ")\n";
}

std::string affectedJson(const catalog::Records &records)
{
    using Json = nlohmann::ordered_json;
    Json list = Json::array();
    for (const catalog::Record &record : records)
        list.push_back(
            {{"docker_image", record.dockerImage}, {"platform", record.platform}, {"deprecated", record.deprecated}});
    return list.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
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
    const catalog::Records affected = same ? catalog::Records() : change->affected;
    if (options.effect)
        context.print(options.format == "json" ? affectedJson(affected) : affectedText(affected));
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
