#include "build/filelock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace runner::build {

FileLock::~FileLock()
{
    if (m_file >= 0)
        ::close(m_file);
}

FileLock FileLock::tryLock(const std::filesystem::path &file)
{
    FileLock lock;
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return lock;
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        lock.m_file = descriptor;
    else
        ::close(descriptor);
    return lock;
}

} // namespace runner::build
