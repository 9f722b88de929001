// The sub-commands that change files: edit, and the catalogue's. What they share.
#pragma once

#include "command.h"
#include "matrix/edit/edit.h"
#include "text/patch.h"
#include "text/savefile.h"
#include "workspace/releaseeffect.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace runner::ctl {

/// edit, deprecate, undeprecate, polish, unpolish, prune, merge.
void addEditCommands(CLI::App &app, Context &context);

void addEditCommand(CLI::App &app, Context &context);
void addCatalogCommands(CLI::App &app, Context &context);

/// What is done with a change once it is known.
struct EditOptions
{
    std::string file; ///< Another matrix than the pack centre's; empty: that one.
    bool write = false;
    bool effect = false;
    std::string format = "text"; ///< Of the effect.
};

/// --write, --effect, --format.
void addEditOptions(CLI::App *command, Context &context, EditOptions &options);

/// A file as it was read, to be written back only if nobody else has changed it.
struct EditTarget
{
    std::filesystem::path path;
    std::string name; ///< As messages and the diff name it.
    text::FileStamp stamp;
    std::string text;
    bool hasByteOrderMark = false;
};

/// Reads a file. Errors: those of text::readTextFile.
Result<EditTarget> readTarget(const std::filesystem::path &path, const std::string &name);

/// Prints the unified diff and, with --write, saves. Gives an exit code.
int finishEdit(Context &context, const EditOptions &options, const EditTarget &target, const std::string &after);

/// The effect as text or JSON (docs/json.md).
std::string effectText(const workspace::Effect &effect);
std::string effectJson(const workspace::Effect &effect);

/// The same of a change of what is released.
std::string releaseEffectText(const std::vector<workspace::ReleaseChange> &changes);
std::string releaseEffectJson(const std::vector<workspace::ReleaseChange> &changes);

/// The actions of `edit` as sub-commands; \a run is called with what was chosen.
using RunEdit = std::function<int(const matrix::edit::Edit &)>;
void addEditActions(CLI::App *command, Context &context, const RunEdit &run);

} // namespace runner::ctl
