#include "build/mappedfile.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace runner::build {

MappedFile::~MappedFile()
{
    if (m_data)
        ::munmap(const_cast<char *>(m_data), m_size);
}

Result<MappedFile> MappedFile::open(const std::filesystem::path &path)
{
    const auto unreadable = [&](int error) {
        return failure("file-unreadable", {path.string()},
                       "The file cannot be read: " + std::generic_category().message(error));
    };
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return unreadable(errno);
    MappedFile mapped;
    struct stat status = {};
    int error = ::fstat(file, &status) == 0 ? 0 : errno;
    if (error == 0 && status.st_size > 0) {
        void *data = ::mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ, MAP_SHARED, file, 0);
        error = data == MAP_FAILED ? errno : 0;
        if (error == 0) {
            mapped.m_data = static_cast<const char *>(data);
            mapped.m_size = static_cast<std::size_t>(status.st_size);
        }
    }
    ::close(file);
    if (error != 0)
        return unreadable(error);
    return mapped;
}

} // namespace runner::build
