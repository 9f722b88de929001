// runnerctl edit: changes of a matrix, as a diff or written.
#include "editcommands.h"

#include "workspace/paths.h"

namespace runner::ctl {

namespace fs = std::filesystem;

namespace {

// The matrix to edit, and the pack centre it belongs to where that is needed.
struct Subject
{
    EditTarget target;
    workspace::WorkspacePointer centre; ///< Null without --effect.
};

Result<workspace::WorkspacePointer> centreOf(const fs::path &root, const std::string &matrixName)
{
    const fs::path folder = fs::path(matrixName).parent_path();
    const bool postOperation = folder.parent_path() == fs::path("pack/.post_operation");
    auto centre = workspace::open(root, postOperation ? folder.filename().string() : std::string());
    if (centre && (*centre)->matrixFile != matrixName)
        return failure("edit-not-the-matrix", {matrixName}, "This file is not the matrix of the pack centre around it",
                       "Leave --effect out, or name the matrix");
    return centre;
}

// A file of the pack centre that is not in it. One outside, named by its own path, is somebody's choice.
bool leadsOut(const fs::path &root, const fs::path &path)
{
    const std::string relative = fs::absolute(path).lexically_normal().lexically_relative(root).generic_string();
    return !relative.empty() && !relative.starts_with("..") && !workspace::isInside(root, path);
}

Result<Subject> subjectOf(const Context &context, const EditOptions &options)
{
    Subject subject;
    const bool named = !options.file.empty();
    fs::path path = options.file;
    const auto root = workspace::findRoot(named ? fs::absolute(path).parent_path() : fs::path(context.directory));
    if (!root && (!named || options.effect))
        return tl::unexpected(root.error());
    if (!named)
        path = *root / (workspace::isPresent(*root / "matrix.yml") ? "matrix.yml" : "pack/matrix.yaml");
    if (root && leadsOut(*root, path))
        return failure("path-outside-workspace", {path.string()}, "This symlink leads out of the pack centre",
                       "Put the file itself here, or name the one that it leads to with --file");
    std::error_code error;
    const fs::path canonical = fs::weakly_canonical(fs::absolute(path), error);
    const std::string relative = root ? canonical.lexically_relative(*root).generic_string() : std::string();
    const bool inside = !relative.empty() && !relative.starts_with("..");
    auto target = readTarget(path, inside ? relative : path.string());
    if (!target)
        return tl::unexpected(target.error());
    subject.target = std::move(*target);
    if (options.effect) {
        auto centre = centreOf(*root, subject.target.name);
        if (!centre)
            return tl::unexpected(centre.error());
        subject.centre = std::move(*centre);
    }
    return subject;
}

// What the change does to the images, printed.
Result<void> printEffect(Context &context, const EditOptions &options, const Subject &subject, const std::string &after)
{
    const auto changed =
        workspace::withTexts(subject.centre, {{subject.target.name, std::make_shared<const std::string>(after)}});
    if (!changed)
        return tl::unexpected(changed.error());
    const workspace::Effect effect = workspace::effectOf(*subject.centre, **changed);
    context.print(options.format == "json" ? effectJson(effect) : effectText(effect));
    return {};
}

int runEdit(Context &context, const EditOptions &options, const matrix::edit::Edit &edit)
{
    const auto subject = subjectOf(context, options);
    if (!subject) {
        context.report(subject.error());
        return Unreadable;
    }
    const auto document = matrix::Document::parse(subject->target.text, subject->target.name);
    if (!document) {
        context.report(document.error());
        return Unreadable;
    }
    const auto edited = matrix::edit::applyEdit(*document, edit);
    if (!edited) {
        context.report(edited.error());
        return Failed;
    }
    if (options.effect) {
        if (const auto printed = printEffect(context, options, *subject, edited->document.text()); !printed) {
            context.report(printed.error());
            return Failed;
        }
    }
    return finishEdit(context, options, subject->target, edited->document.text());
}

} // namespace

void addEditCommand(CLI::App &app, Context &context)
{
    auto options = std::make_shared<EditOptions>();
    CLI::App *command = app.add_subcommand("edit", "Change the matrix: print the diff, or write it");
    command->add_option("--file", options->file, "The matrix to change (the pack centre's)")->option_text("FILE");
    addEditOptions(command, context, *options);
    command->require_subcommand(1);
    command->fallthrough();
    command->footer("RULE is the rule's number from 1, in the order of the file. Refused edits end with 1.");
    addEditActions(command, context,
                   [&context, options](const matrix::edit::Edit &edit) { return runEdit(context, *options, edit); });
}

void addEditCommands(CLI::App &app, Context &context)
{
    addEditCommand(app, context);
    addCatalogCommands(app, context);
}

} // namespace runner::ctl
