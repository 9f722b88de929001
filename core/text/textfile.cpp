#include "text/textfile.h"

#include "text/position.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

namespace runner::text {

namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

struct Descriptor
{
    int fd = -1;
    explicit Descriptor(int value)
        : fd(value)
    {
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    ~Descriptor()
    {
        if (fd >= 0)
            ::close(fd);
    }
};

std::string megabytes(std::size_t bytes)
{
    return std::to_string((bytes + (1U << 20U) - 1) >> 20U) + " MiB";
}

tl::unexpected<Problem> openFailure(int error, const std::string &name)
{
    if (error == ENOENT || error == ENOTDIR)
        return failure("file-missing", {name}, "The file does not exist", "Check the name, or restore the file");
    return failure("file-unreadable", {name}, std::string("The file cannot be read: ") + std::strerror(error),
                   "Check its owner and permissions");
}

Result<std::string> readAll(const Descriptor &file, const std::string &name, std::size_t limit)
{
    std::string bytes;
    constexpr std::size_t chunk = 1U << 16U;
    for (;;) {
        const std::size_t used = bytes.size();
        if (used > limit)
            return failure("file-too-large", {name}, "The file is larger than " + megabytes(limit),
                           "Check that this is the right file; a file of this kind is a few KiB");
        bytes.resize(used + chunk);
        const ssize_t count = ::read(file.fd, bytes.data() + used, chunk);
        bytes.resize(used + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
        if (count == 0)
            return bytes;
        if (count < 0 && errno != EINTR)
            return openFailure(errno, name);
    }
}

} // namespace

Result<TextFile> readTextFile(const std::filesystem::path &path, const std::string &shownName, std::size_t limit)
{
    // O_NONBLOCK: opening a FIFO that nobody writes to would otherwise wait for ever.
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.fd < 0)
        return openFailure(errno, shownName);
    struct stat status = {};
    if (::fstat(file.fd, &status) != 0)
        return openFailure(errno, shownName);
    if (!S_ISREG(status.st_mode))
        return failure("file-not-regular", {shownName},
                       S_ISDIR(status.st_mode) ? "This is a folder where a file belongs" : "This is not a regular file",
                       "Put a text file in its place");
    if (static_cast<std::size_t>(status.st_size) > limit)
        return failure("file-too-large", {shownName},
                       "The file has " + megabytes(static_cast<std::size_t>(status.st_size)) + ", more than the "
                           + megabytes(limit) + " that are read",
                       "Check that this is the right file; a file of this kind is a few KiB");
    auto bytes = readAll(file, shownName, limit);
    if (!bytes)
        return tl::unexpected(bytes.error());
    return decodeText(std::move(*bytes), shownName);
}

Result<TextFile> decodeText(std::string bytes, const std::string &shownName)
{
    TextFile file;
    if (bytes.compare(0, byteOrderMark.size(), byteOrderMark) == 0) {
        file.hasByteOrderMark = true;
        bytes.erase(0, byteOrderMark.size());
    }
    const auto positionOf = [&](std::size_t offset) {
        const LineColumn at = LineIndex(bytes).at(offset);
        return Location{shownName, at.line, at.column};
    };
    const std::size_t bad = findInvalidUtf8(bytes);
    const std::size_t nul = bytes.find('\0');
    if (nul != std::string::npos && (bad == std::string::npos || nul < bad))
        return failure("file-binary", positionOf(nul), "The file holds a NUL byte: it is not text",
                       "Restore the file from version control, or save it as UTF-8 text");
    if (bad != std::string::npos)
        return failure("file-not-utf8", positionOf(bad), "The file is not valid UTF-8",
                       "Save it as UTF-8 (for instance with iconv), or remove the byte");
    file.text = std::move(bytes);
    return file;
}

} // namespace runner::text
