#include "editcommands.h"

#include "matrix/document.h"
#include "text/diff.h"
#include "text/textfile.h"

#include <algorithm>

namespace runner::ctl {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t maxFileBytes = 64U << 20U;
constexpr const char *byteOrderMark = "\xEF\xBB\xBF";

// As git names the two sides, also of a file outside of any folder of ours: "a/tmp/matrix.yml".
std::string diffOf(const EditTarget &target, const std::string &after)
{
    const std::string name = target.name.substr(std::min(target.name.find_first_not_of('/'), target.name.size()));
    return text::unifiedDiff(target.text, after, "a/" + name, "b/" + name);
}

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
        context.print(diffOf(target, after));
    if (!options.write || after == target.text)
        return Done;
    const auto saved =
        text::saveFile(target.path, target.name, (target.hasByteOrderMark ? byteOrderMark : "") + after, target.stamp);
    if (!saved) {
        context.report(saved.error());
        return Failed;
    }
    return Done;
}

} // namespace runner::ctl
