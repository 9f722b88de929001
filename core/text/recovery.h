// Unsaved work, kept outside the files it belongs to until it is saved or thrown away.
#pragma once

#include "diagnostics/problem.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace runner::text {

/// The unsaved text of a file.
struct RecoveredText
{
    std::filesystem::path file; ///< Absolute.
    std::string text;           ///< UTF-8, without a byte-order mark.
    std::string base;           ///< The text it began as: what was read from the disk.
    bool hasByteOrderMark = false;
    std::int64_t secondsSinceEpoch = 0; ///< When it was kept.
    std::filesystem::path keptIn = {};  ///< Where a store has found it.
};

/// A folder with one file for each file that has unsaved work and each process that has it: what another process has
/// left is never written over. Every write is atomic, as saveFile() is.
class RecoveryStore
{
public:
    /// The folder is made with the first write, readable by its owner only.
    explicit RecoveryStore(std::filesystem::path folder)
        : m_folder(std::move(folder))
    {
    }

    /// XDG_STATE_HOME/runner-console/recovery, by default ~/.local/state/….
    static std::filesystem::path defaultFolder();

    /// Errors: those of saveFile().
    Result<void> keep(const RecoveredText &work) const;
    /// Forgets what this process has kept for the file: it has been saved or thrown away.
    void forget(const std::filesystem::path &file) const;
    /// Forgets that work, of whichever process: it has been offered, and taken over or thrown away.
    void forget(const RecoveredText &found) const;

    /// Whether keep() writes that work of this process anew.
    bool isOwn(const RecoveredText &found) const;

    /// What was kept last for this file by a process that is no longer there (or by this one); nothing where there is
    /// none or it cannot be read. A process is known by its number, its start and the boot of the machine: another one
    /// with that number is not taken for it, and one that has ended without being waited for is not there.
    std::optional<RecoveredText> find(const std::filesystem::path &file) const;
    /// All such work, newest first.
    std::vector<RecoveredText> all() const;

private:
    std::filesystem::path pathOf(const std::filesystem::path &file) const;
    std::vector<RecoveredText> worksNamed(const std::string &beginning) const;

    std::filesystem::path m_folder;
};

/// XDG_STATE_HOME/runner-console, by default ~/.local/state/runner-console.
std::filesystem::path stateFolder();

} // namespace runner::text
