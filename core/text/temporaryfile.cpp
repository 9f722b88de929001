#include "text/temporaryfile.h"

#include <atomic>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <random>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace runner::text {

namespace fs = std::filesystem;

namespace {

tl::unexpected<Problem> failed(const std::string &shownName, const fs::path &folder)
{
    return tl::unexpected(writeProblem(errno, shownName, folder));
}

std::optional<unsigned> numberIn(std::string_view text)
{
    unsigned number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

// The process in a name that beside() has made: BEGIN PID-NUMBER ENDING.
std::optional<pid_t> makerOf(std::string_view name, std::string_view begin, std::string_view ending)
{
    if (!name.starts_with(begin) || !name.ends_with(ending) || name.size() < begin.size() + ending.size())
        return std::nullopt;
    name = name.substr(begin.size(), name.size() - begin.size() - ending.size());
    const std::size_t dash = name.find('-');
    if (dash == std::string_view::npos || !numberIn(name.substr(dash + 1)))
        return std::nullopt;
    const auto process = numberIn(name.substr(0, dash));
    return process ? std::optional(static_cast<pid_t>(*process)) : std::nullopt;
}

bool isAlive(pid_t process)
{
    return process <= 0 || ::kill(process, 0) == 0 || errno == EPERM;
}

} // namespace

Problem writeProblem(int error, const std::string &shownName, const fs::path &folder)
{
    const auto problem = [&](std::string id, std::string message, std::string advice) {
        return Problem{std::move(id), Severity::Error, {shownName}, std::move(message), std::move(advice)};
    };
    switch (error) {
    case ENOSPC:
    case EDQUOT:
        return problem("disk-full", "The file cannot be saved: the disk is full", "Make room on it, then save again");
    case EROFS:
        return problem("file-read-only", "The file cannot be saved: its file system is mounted read-only",
                       "Mount it writable (mount -o remount,rw), then try again");
    case ENOENT:
    case ENOTDIR:
        return problem("folder-missing", "The file cannot be saved: its folder " + folder.string() + " is gone",
                       "Bring the folder back under this name, then save again");
    case EACCES:
    case EPERM:
        return problem("folder-read-only",
                       "The file cannot be saved: its folder " + folder.string() + " may not be written to",
                       "Check the folder's owner and permissions");
    case EFBIG:
        return problem("file-unwritable", "The file cannot be saved: it would be larger than this program may write",
                       "Raise the limit of the system (ulimit -f), then save again");
    default:
        return problem("file-unwritable", std::string("The file cannot be saved: ") + std::strerror(error),
                       "Check the disk, then save again");
    }
}

Problem readOnlyProblem(const fs::path &target, const std::string &shownName, const std::string &again)
{
    struct stat status = {};
    const uid_t user = ::geteuid();
    if (::access(target.c_str(), W_OK) != 0 && errno == EROFS)
        return writeProblem(EROFS, shownName, target.parent_path());
    Problem problem{"file-read-only", Severity::Error, {shownName}, "The file cannot be saved: it is read-only", {}};
    if (user == 0 || ::stat(target.c_str(), &status) != 0 || status.st_uid == user) {
        problem.advice = "Give yourself write permission (chmod u+w), then " + again;
    } else {
        problem.message = "The file cannot be saved: it belongs to another user, and you may not write to it";
        problem.advice = "Ask its owner for write permission, then " + again;
    }
    return problem;
}

TemporaryFile::TemporaryFile(int descriptor, fs::path path, fs::path target, std::string shownName)
    : m_descriptor(descriptor)
    , m_path(std::move(path))
    , m_target(std::move(target))
    , m_shownName(std::move(shownName))
{
}

TemporaryFile::TemporaryFile(TemporaryFile &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_path(std::exchange(other.m_path, {}))
    , m_target(std::move(other.m_target))
    , m_shownName(std::move(other.m_shownName))
{
}

TemporaryFile::~TemporaryFile()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    if (!m_path.empty())
        ::unlink(m_path.c_str());
}

Result<TemporaryFile> TemporaryFile::beside(const fs::path &target, const std::string &shownName, mode_t mode,
                                            const std::string &ending)
{
    const fs::path folder = target.parent_path();
    const std::string begin = "." + target.filename().string() + "." + std::to_string(::getpid()) + "-";
    static std::atomic<unsigned> counter{std::random_device{}()};
    constexpr int attempts = 100;
    for (int i = 0; i < attempts; ++i) {
        const fs::path path = folder / (begin + std::to_string(counter++) + ending);
        const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
        if (descriptor >= 0)
            return TemporaryFile(descriptor, path, target, shownName);
        if (errno != EEXIST)
            break;
    }
    return failed(shownName, folder);
}

Result<void> TemporaryFile::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(m_descriptor, bytes.data(), bytes.size());
        if (count < 0 && errno != EINTR)
            return failed(m_shownName, m_target.parent_path());
        bytes.remove_prefix(count < 0 ? 0 : static_cast<std::size_t>(count));
    }
    if (::fsync(m_descriptor) != 0)
        return failed(m_shownName, m_target.parent_path());
    return {};
}

void TemporaryFile::takeAttributes(mode_t mode, uid_t owner, gid_t group)
{
    // The owner first: changing it may clear bits of the mode.
    if (::fchown(m_descriptor, owner, group) != 0 && ::fchown(m_descriptor, static_cast<uid_t>(-1), group) != 0)
        errno = 0;
    constexpr mode_t allBits = 07777;
    if (::fchmod(m_descriptor, mode & allBits) != 0)
        errno = 0;
}

Result<void> TemporaryFile::putInPlace()
{
    if (::rename(m_path.c_str(), m_target.c_str()) != 0)
        return failed(m_shownName, m_target.parent_path());
    m_path.clear();
    return {};
}

fs::path TemporaryFile::keep()
{
    return std::exchange(m_path, {});
}

void syncFolder(const fs::path &folder)
{
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    ::fsync(descriptor);
    ::close(descriptor);
}

void removeLeftovers(const fs::path &target, const std::string &ending)
{
    const std::string begin = "." + target.filename().string() + ".";
    std::error_code error;
    fs::directory_iterator entry(target.parent_path(), error);
    constexpr int maxEntries = 10'000;
    for (int i = 0; !error && i < maxEntries && entry != fs::directory_iterator(); entry.increment(error), ++i) {
        const auto maker = makerOf(entry->path().filename().string(), begin, ending);
        struct stat status = {};
        if (maker && !isAlive(*maker) && ::lstat(entry->path().c_str(), &status) == 0 && S_ISREG(status.st_mode)
            && status.st_uid == ::geteuid())
            ::unlink(entry->path().c_str());
    }
}

} // namespace runner::text
