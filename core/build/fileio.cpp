#include "build/fileio.h"

#include <cerrno>
#include <unistd.h>

namespace runner::build {

int writeAll(int descriptor, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written > 0)
            bytes.remove_prefix(static_cast<std::size_t>(written));
        else if (written < 0 && errno != EINTR)
            return errno;
    }
    return 0;
}

std::size_t readAt(int descriptor, char *bytes, std::size_t size, std::uint64_t offset)
{
    std::size_t done = 0;
    while (done < size) {
        const ssize_t count = ::pread(descriptor, bytes + done, size - done, static_cast<off_t>(offset + done));
        if (count > 0)
            done += static_cast<std::size_t>(count);
        else if (count == 0 || errno != EINTR)
            break;
    }
    return done;
}

} // namespace runner::build
