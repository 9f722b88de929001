// Changes of several files of a pack centre that belong together: all of them happen, or none.
#pragma once

#include "diagnostics/problem.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace runner::workspace {

/// One file's new bytes, or its removal.
struct FileChange
{
    std::string file;                  ///< Relative to the root, of safe components: "pack/cann/Dockerfile".
    std::optional<std::string> bytes;  ///< Nothing: the file is removed.
    std::optional<std::string> before; ///< What it must hold now; nothing: it must not be there.

    bool operator==(const FileChange &) const = default;
};

using ChangeSet = std::vector<FileChange>;

/// What undoes the changes.
ChangeSet inverse(const ChangeSet &changes);

/// Writes all files. A journal outside the pack centre (below \a journals) makes it survive a crash at any moment:
/// resumeChanges() then brings it to its end, or away. New folders are made, and taken away where nothing was done;
/// a folder that a removal leaves empty goes as well.
/// Errors, with nothing changed: path-outside-workspace, changeset-stale where a file does not hold `before`,
/// changeset-unfinished where a journal of an earlier one is there and cannot be ended, and those of text::saveFile,
/// also for a folder that cannot be made.
Result<void> writeChanges(const std::filesystem::path &root, const ChangeSet &changes,
                          const std::filesystem::path &journals = {});

enum class Resumed {
    Nothing,   ///< There was no journal.
    Completed, ///< All of the changes are there.
    TakenBack, ///< None of them is.
};

/// What a crash interrupted and nobody has ended since, for those who only read: changeset-interrupted, or
/// changeset-unfinished where its journal cannot be read. Nothing while somebody is writing. Changes nothing.
std::optional<Problem> interruptedChange(const std::filesystem::path &root, const std::filesystem::path &journals = {});

/// Ends what a crash interrupted. Error: changeset-unfinished with what kept it from being ended.
Result<Resumed> resumeChanges(const std::filesystem::path &root, const std::filesystem::path &journals = {});

} // namespace runner::workspace
