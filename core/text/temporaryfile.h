// A file that is being written beside the one it is to replace. Private to core.
#pragma once

#include "diagnostics/problem.h"

#include <filesystem>
#include <string>
#include <string_view>

#include <sys/types.h>

namespace runner::text {

/// Of a file that is worth nothing once its process has ended.
inline constexpr const char *savingEnding = ".saving";
/// Of one that a journal may still name: who ends the journal puts it in place, or removes it.
inline constexpr const char *stagedEnding = ".staged";

/// Removes itself unless it was put in place.
class TemporaryFile
{
public:
    /// In the folder of \a target, with a name that says for what and by which process: ".NAME.PID-NUMBER.saving", or
    /// with another \a ending. \a mode as for open(): what it is made with, less the process's mask.
    /// Errors: folder-missing, folder-read-only, disk-full, file-unwritable.
    static Result<TemporaryFile> beside(const std::filesystem::path &target, const std::string &shownName, mode_t mode,
                                        const std::string &ending = savingEnding);

    TemporaryFile(TemporaryFile &&other) noexcept;
    TemporaryFile &operator=(TemporaryFile &&) = delete;
    TemporaryFile(const TemporaryFile &) = delete;
    TemporaryFile &operator=(const TemporaryFile &) = delete;
    ~TemporaryFile();

    /// Writes all bytes and syncs them to the disk.
    Result<void> write(std::string_view bytes);
    /// Mode as given; owner and group where the process may.
    void takeAttributes(mode_t mode, uid_t owner, gid_t group);
    /// Renames it over the target. The folder is not synced.
    Result<void> putInPlace();
    /// Leaves it where it is, for a later rename.
    std::filesystem::path keep();

private:
    TemporaryFile(int descriptor, std::filesystem::path path, std::filesystem::path target, std::string shownName);

    int m_descriptor = -1;
    std::filesystem::path m_path;
    std::filesystem::path m_target;
    std::string m_shownName;
};

/// Syncs a folder, so that renames in it last.
void syncFolder(const std::filesystem::path &folder);

/// The problem of a system call that failed with \a error.
Problem writeProblem(int error, const std::string &shownName, const std::filesystem::path &folder);

/// The problem (file-read-only) of a file that is there and may not be written to: because of its file system, its
/// owner or its mode. \a again ends the advice: what to do once that is mended.
Problem readOnlyProblem(const std::filesystem::path &target, const std::string &shownName, const std::string &again);

/// Removes temporary files for \a target that processes of this user left which are not there any more.
void removeLeftovers(const std::filesystem::path &target, const std::string &ending);

} // namespace runner::text
