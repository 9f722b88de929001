#include "transfer/workfolder.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace runner::transfer {

namespace fs = std::filesystem;

WorkFolder::WorkFolder(fs::path path, fs::path root)
    : m_path(std::move(path))
    , m_root(std::move(root))
{
}

WorkFolder::WorkFolder(WorkFolder &&other) noexcept
    : m_path(std::exchange(other.m_path, {}))
    , m_root(std::exchange(other.m_root, {}))
{
}

WorkFolder::~WorkFolder()
{
    if (m_path.empty())
        return;
    std::error_code error;
    fs::remove_all(m_path, error);
    // remove() only takes empty folders, so this stops at the first that holds anything.
    for (fs::path parent = m_path.parent_path(); !m_root.empty() && parent != m_root && !parent.empty();
         parent = parent.parent_path()) {
        if (!fs::remove(parent, error) || error)
            break;
    }
}

Result<WorkFolder> WorkFolder::make(const fs::path &pattern, const fs::path &root)
{
    std::string path = pattern.string();
    if (!::mkdtemp(path.data()))
        return failure("folder-unwritable", {pattern.parent_path().string(), 0, 0},
                       std::string("The folder cannot be written: ") + std::strerror(errno));
    return WorkFolder(path, root);
}

Result<WorkFolder> WorkFolder::beside(const fs::path &target, const fs::path &root)
{
    std::error_code error;
    fs::create_directories(target.parent_path(), error);
    if (error)
        return failure("folder-unwritable", {target.parent_path().string(), 0, 0},
                       "The folder cannot be made: " + error.message());
    // A link inside the output folder must not lead the file out of it.
    const fs::path real = fs::weakly_canonical(target.parent_path(), error);
    const fs::path inside = real.lexically_relative(fs::weakly_canonical(root, error));
    if (error || inside.empty() || *inside.begin() == "..")
        return failure("folder-outside", {target.parent_path().string(), 0, 0},
                       "The folder leads out of the output folder", "Remove the symbolic link");
    return make(target.parent_path() / ("." + target.filename().string() + ".XXXXXX"), root);
}

Result<WorkFolder> WorkFolder::temporary()
{
    const char *chosen = std::getenv("TMPDIR");
    const fs::path base = chosen && *chosen == '/' ? chosen : "/var/tmp";
    return make(base / "runnerctl-work-XXXXXX", {});
}

std::uint64_t WorkFolder::size() const
{
    std::uint64_t sum = 0;
    std::error_code error;
    for (fs::recursive_directory_iterator at(m_path, error), end; !error && at != end; at.increment(error)) {
        std::error_code vanished;
        const auto size = at->is_regular_file(vanished) ? at->file_size(vanished) : 0;
        sum += vanished ? 0 : size;
    }
    return sum;
}

Result<bool> WorkFolder::publish(const std::string &name, const fs::path &target) const
{
    const fs::path source = m_path / name;
    const int file = ::open(source.c_str(), O_RDONLY | O_CLOEXEC);
    const bool flushed = file >= 0 && ::fsync(file) == 0;
    const int flushError = errno;
    if (file >= 0)
        ::close(file);
    if (!flushed || ::rename(source.c_str(), target.c_str()) != 0)
        return failure("file-unwritable", {target.string(), 0, 0},
                       std::string("The file cannot be written: ") + std::strerror(flushed ? errno : flushError));
    return true;
}

} // namespace runner::transfer
