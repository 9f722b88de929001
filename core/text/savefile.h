// Writing a file so that it is at every moment the old one or the new one, whole.
#pragma once

#include "diagnostics/problem.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace runner::text {

/// What tells one state of a file on disk from another without reading it.
struct FileStamp
{
    bool exists = false;
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::int64_t size = 0;
    std::int64_t modifiedNs = 0; ///< Since the epoch.

    bool operator==(const FileStamp &) const = default;
};

/// Of the file that \a path names, through symlinks; exists is false where there is none.
FileStamp stampOf(const std::filesystem::path &path);

/// Replaces the file's bytes: a temporary file in the folder of the file (a symlink's target), written, synced, given
/// the old one's mode and (as far as allowed) owner, and renamed over it; then the folder is synced. A file that is not
/// there is made. Only regular files are replaced.
/// What writers of this file left behind is removed first, as removeLeftovers() does.
/// \a expected: the state the file must be in; else the error is file-changed-on-disk.
/// Gives the stamp of what was written. Errors, with nothing changed on disk: file-read-only (the file may not be
/// written to, or its file system is mounted read-only), folder-missing, folder-read-only, file-not-regular, disk-full,
/// file-changed-on-disk, file-unwritable.
Result<FileStamp> saveFile(const std::filesystem::path &path, const std::string &shownName, std::string_view bytes,
                           const std::optional<FileStamp> &expected = std::nullopt);

/// Removes what this user's writers of the file left behind that did not live to the end. Those that still live keep
/// theirs.
void removeLeftovers(const std::filesystem::path &path);

} // namespace runner::text
