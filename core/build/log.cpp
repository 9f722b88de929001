#include "build/log.h"

#include "build/fileio.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace runner::build {

namespace {

constexpr std::uint64_t readAtOnce = std::uint64_t(64) << 10U;

tl::unexpected<Problem> unwritable(const std::filesystem::path &file, int error)
{
    return failure("log-unwritable", {file.string()},
                   "The log cannot be written: " + std::generic_category().message(error),
                   "Free space on the disk, or choose another folder for the history");
}

} // namespace

Log::Log(std::filesystem::path file, int descriptor, LogIndex index)
    : m_file(std::move(file))
    , m_descriptor(descriptor)
    , m_index(std::move(index))
{
}

Log::~Log()
{
    ::close(m_descriptor);
}

Result<std::shared_ptr<Log>> Log::create(const std::filesystem::path &file)
{
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return unwritable(file, errno);
    return std::shared_ptr<Log>(new Log(file, descriptor, {}));
}

Result<std::shared_ptr<Log>> Log::createInMemory()
{
    const int descriptor = ::memfd_create("log", MFD_CLOEXEC);
    if (descriptor < 0)
        return unwritable("memory", errno);
    std::shared_ptr<Log> log(new Log("/proc/self/fd/" + std::to_string(descriptor), descriptor, {}));
    log->m_inMemory = true;
    return log;
}

Result<std::shared_ptr<Log>> Log::open(const std::filesystem::path &file, const std::filesystem::path &index)
{
    auto opened = LogIndex::open(index);
    if (!opened)
        return tl::unexpected(opened.error());
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return failure("file-unreadable", {file.string()},
                       "The log cannot be read: " + std::generic_category().message(errno));
    struct stat status = {};
    const bool isCut = ::fstat(descriptor, &status) == 0 && static_cast<std::uint64_t>(status.st_size) < opened->end();
    if (isCut) {
        ::close(descriptor);
        return failure("log-cut", {file.string()}, "The log has lost its end", "Delete it, and it is made anew");
    }
    return std::shared_ptr<Log>(new Log(file, descriptor, std::move(*opened)));
}

Result<bool> Log::moveTo(const std::filesystem::path &file)
{
    if (::rename(m_file.c_str(), file.c_str()) != 0)
        return unwritable(file, errno);
    m_file = file;
    return true;
}

std::uint64_t Log::lines() const
{
    const std::lock_guard lock(m_mutex);
    return m_index.lines();
}

std::uint64_t Log::linesOfStep(std::size_t step) const
{
    const std::lock_guard lock(m_mutex);
    return m_index.linesOfStep(step);
}

LogLine Log::lineLocked(std::uint64_t number, std::uint64_t from, std::uint64_t most) const
{
    LogLine line{number, m_index.step(number), m_index.milliseconds(number), {}};
    const std::uint64_t end = m_index.offset(number + 1);
    const std::uint64_t begin = std::min(m_index.offset(number) + from, end);
    if (end <= begin)
        return line;
    line.bytes.resize(std::min(end - begin, most));
    line.bytes.resize(readAt(m_descriptor, line.bytes.data(), line.bytes.size(), begin));
    if (line.bytes.ends_with('\n'))
        line.bytes.pop_back();
    return line;
}

std::vector<LogLine> Log::read(std::uint64_t first, std::uint64_t count) const
{
    const std::lock_guard lock(m_mutex);
    const std::uint64_t all = m_index.lines();
    const std::uint64_t last = std::min(all, first + std::min(count, all));
    std::vector<LogLine> lines;
    for (std::uint64_t i = first; i < last;) {
        const std::uint64_t begin = m_index.offset(i);
        std::uint64_t behind = i + 1;
        while (behind < last && m_index.offset(behind + 1) - begin <= readAtOnce)
            ++behind;
        addLines(lines, i, behind);
        i = behind;
    }
    return lines;
}

/// Lines that stand one behind the other, with one look at the disk.
void Log::addLines(std::vector<LogLine> &lines, std::uint64_t first, std::uint64_t behind) const
{
    if (behind == first + 1) {
        lines.push_back(lineLocked(first));
        return;
    }
    const std::uint64_t begin = m_index.offset(first);
    std::string bytes(m_index.offset(behind) - begin, '\0');
    bytes.resize(readAt(m_descriptor, bytes.data(), bytes.size(), begin));
    for (std::uint64_t i = first; i < behind; ++i) {
        const std::uint64_t from = std::min<std::uint64_t>(m_index.offset(i) - begin, bytes.size());
        const std::uint64_t size = std::min<std::uint64_t>(m_index.offset(i + 1) - begin, bytes.size()) - from;
        lines.push_back({i, m_index.step(i), m_index.milliseconds(i), bytes.substr(from, size)});
        if (lines.back().bytes.ends_with('\n'))
            lines.back().bytes.pop_back();
    }
}

std::vector<LogLine> Log::readStep(std::size_t step, std::uint64_t first, std::uint64_t count) const
{
    const std::lock_guard lock(m_mutex);
    const std::uint64_t all = m_index.linesOfStep(step);
    std::vector<LogLine> lines;
    for (std::uint64_t i = first; i < all && i - first < count; ++i)
        lines.push_back(lineLocked(m_index.lineOfStep(step, i)));
    return lines;
}

std::uint64_t Log::lengthOf(std::uint64_t line) const
{
    const std::lock_guard lock(m_mutex);
    const std::uint64_t length = line < m_index.lines() ? m_index.offset(line + 1) - m_index.offset(line) : 0;
    return std::max<std::uint64_t>(length, 1) - 1;
}

LogLine Log::readPart(std::uint64_t line, std::uint64_t begin, std::size_t most) const
{
    const std::lock_guard lock(m_mutex);
    return line < m_index.lines() ? lineLocked(line, begin, most) : LogLine();
}

std::uint64_t Log::lineOfStep(std::size_t step, std::uint64_t index) const
{
    const std::lock_guard lock(m_mutex);
    return m_index.lineOfStep(step, index);
}

std::uint64_t Log::indexInStep(std::size_t step, std::uint64_t line) const
{
    const std::lock_guard lock(m_mutex);
    return m_index.indexInStep(step, line);
}

std::size_t Log::stepOf(std::uint64_t line) const
{
    const std::lock_guard lock(m_mutex);
    return m_index.step(line);
}

std::uint64_t Log::lineAt(std::uint64_t offset) const
{
    const std::lock_guard lock(m_mutex);
    return m_index.lineAt(offset);
}

std::uint64_t Log::offsetOf(std::uint64_t line) const
{
    const std::lock_guard lock(m_mutex);
    return m_index.offset(line);
}

std::uint64_t Log::size() const
{
    const std::lock_guard lock(m_mutex);
    return m_index.end();
}

std::size_t Log::indexBytes() const
{
    const std::lock_guard lock(m_mutex);
    return m_index.bytes();
}

Result<bool> Log::append(std::string_view text, const std::vector<Entry> &lines)
{
    const std::uint64_t begin = size(); // Only one thread appends.
    if (const int error = writeAll(m_descriptor, text); error != 0)
        return unwritable(m_file, error);
    const std::lock_guard lock(m_mutex);
    for (const Entry &entry : lines)
        m_index.append(begin + entry.offset, entry.step, entry.milliseconds);
    m_index.setEnd(begin + text.size());
    return true;
}

Result<bool> Log::saveIndex(const std::filesystem::path &path) const
{
    const std::lock_guard lock(m_mutex);
    return m_index.save(path);
}

} // namespace runner::build
