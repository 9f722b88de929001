#include "text/savefile.h"

#include "text/temporaryfile.h"

#include <cerrno>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace runner::text {

namespace fs = std::filesystem;

namespace {

FileStamp stampOf(const struct stat &status)
{
    constexpr std::int64_t nsPerSecond = 1'000'000'000;
    return {true, status.st_dev, status.st_ino, status.st_size,
            status.st_mtim.tv_sec * nsPerSecond + status.st_mtim.tv_nsec};
}

// Where a symlink leads in the end, whether or not something is there; the path itself where it is none.
fs::path targetOf(const fs::path &path)
{
    fs::path target = path;
    std::error_code error;
    constexpr int maxLinks = 40;
    for (int i = 0; i < maxLinks && fs::is_symlink(target, error); ++i) {
        const fs::path next = fs::read_symlink(target, error);
        if (error)
            break;
        target = next.is_absolute() ? next : target.parent_path() / next;
    }
    return target;
}

tl::unexpected<Problem> changedOnDisk(const std::string &name, bool exists)
{
    return failure("file-changed-on-disk", {name},
                   exists ? "Somebody else has changed the file meanwhile" : "The file has been removed meanwhile",
                   "Load it again or merge, then save");
}

Result<void> checkOld(const fs::path &target, const std::string &name, const struct stat &old)
{
    if (!S_ISREG(old.st_mode))
        return failure("file-not-regular", {name}, "Only a regular file can be saved to", "Put a file in its place");
    constexpr mode_t anyWrite = 0222;
    if ((old.st_mode & anyWrite) == 0 || ::access(target.c_str(), W_OK) != 0)
        return tl::unexpected(readOnlyProblem(target, name, "save again"));
    return {};
}

} // namespace

FileStamp stampOf(const fs::path &path)
{
    struct stat status = {};
    return ::stat(path.c_str(), &status) == 0 ? stampOf(status) : FileStamp();
}

Result<FileStamp> saveFile(const fs::path &path, const std::string &shownName, std::string_view bytes,
                           const std::optional<FileStamp> &expected)
{
    const fs::path target = targetOf(fs::absolute(path));
    struct stat old = {};
    const bool exists = ::lstat(target.c_str(), &old) == 0;
    if (expected && !(*expected == (exists ? stampOf(old) : FileStamp())))
        return changedOnDisk(shownName, exists);
    if (const auto good = exists ? checkOld(target, shownName, old) : Result<void>(); !good)
        return tl::unexpected(good.error());
    removeLeftovers(target, savingEnding); // Before anything is written: the disk may be full of them.
    // What replaces a private file is private from its first byte on.
    constexpr mode_t hidden = 0600;
    constexpr mode_t newFile = 0666;
    auto file = TemporaryFile::beside(target, shownName, exists ? hidden : newFile);
    if (!file)
        return tl::unexpected(file.error());
    if (const auto written = file->write(bytes); !written)
        return tl::unexpected(written.error());
    if (exists)
        file->takeAttributes(old.st_mode, old.st_uid, old.st_gid);
    // As late as possible: what changed while we wrote is not overwritten either.
    if (expected && !(*expected == stampOf(target)))
        return changedOnDisk(shownName, stampOf(target).exists);
    if (const auto placed = file->putInPlace(); !placed)
        return tl::unexpected(placed.error());
    syncFolder(target.parent_path());
    return stampOf(target);
}

void removeLeftovers(const fs::path &path)
{
    removeLeftovers(targetOf(fs::absolute(path)), savingEnding);
}

} // namespace runner::text
