#include "editcommands.h"

#include "matrix/document.h"
#include "text/diff.h"
#include "text/textfile.h"

namespace runner::ctl {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t maxFileBytes = 64U << 20U;
constexpr const char *byteOrderMark = "\xEF\xBB\xBF";

} // namespace

void addEditOptions(CLI::App *command, Context &context, EditOptions &options)
{
    command->add_flag("--write", options.write, "Change the file; without this, only the diff is printed");
    command->add_flag("--effect", options.effect, "Print what happens to the images, not the diff");
    addChoice(command, context, "--format", options.format, {"text", "json"}, "How to print the effect (text)");
}

Result<EditTarget> readTarget(const fs::path &path, const std::string &name)
{
    EditTarget target{path, name, text::stampOf(path), {}, false};
    auto file = text::readTextFile(path, name, maxFileBytes);
    if (!file)
        return tl::unexpected(file.error());
    target.text = std::move(file->text);
    target.hasByteOrderMark = file->hasByteOrderMark;
    return target;
}

int finishEdit(Context &context, const EditOptions &options, const EditTarget &target, const std::string &after)
{
    if (!options.effect)
        context.print(text::unifiedDiff(target.text, after, "a/" + target.name, "b/" + target.name));
    if (!options.write || after == target.text)
        return Done;
    const auto saved = text::saveFile(target.path, target.name, (target.hasByteOrderMark ? byteOrderMark : "") + after,
                                      target.stamp);
    if (!saved) {
        context.report(saved.error());
        return Failed;
    }
    return Done;
}

} // namespace runner::ctl
