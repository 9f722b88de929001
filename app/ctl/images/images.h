// The sub-commands that list, move and compare images, and what they share.
#pragma once

#include "command.h"
#include "transfer/mover.h"
#include "transfer/plan.h"
#include "transfer/selection.h"

namespace runner::ctl {

/// All of them.
void addImagesCommands(CLI::App &app, Context &context);

void addListImagesCommand(CLI::App &app, Context &context);
void addSaveImagesCommand(CLI::App &app, Context &context);
void addCopyImagesCommand(CLI::App &app, Context &context);
void addLoadImagesCommand(CLI::App &app, Context &context);
void addCompareImagesCommand(CLI::App &app, Context &context);

/// The filters that all of them have, except --deprecated. An empty value is a filter too: it matches what is empty.
void addImageFilters(CLI::App *command, Context &context, transfer::Selection &selection);
void addDeprecatedFlag(CLI::App *command, transfer::Selection &selection);

/// The chosen images of the workspace, or an exit code after a message.
struct ChosenImages
{
    transfer::Images images;
    int failed = Done;
};
ChosenImages chosenImages(Context &context, const transfer::Selection &selection);

/// How moves are carried out.
struct MoveOptions
{
    int jobs = 1;
    int retries = 1;
    bool dryRun = false;
};
void addMoveOptions(CLI::App *command, MoveOptions &options);

CLI::Option *addFormat(CLI::App *command, Context &context, std::string &value, const std::string &description);
transfer::ArchiveFormat archiveFormat(const std::string &name);

/// A platform option's value, checked; or a usage error.
bool checkPlatform(const Context &context, const std::optional<std::string> &platform);

} // namespace runner::ctl
