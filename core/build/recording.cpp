#include "build/recording.h"

#include "build/fileio.h"
#include "build/zstdfile.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <limits>
#include <system_error>
#include <unistd.h>

namespace runner::build {

namespace {

constexpr std::size_t replayPiece = std::size_t(4) << 20U;
constexpr std::size_t mostUnfinished = std::size_t(1) << 20U;
constexpr std::size_t decodePiece = std::size_t(256) << 10U; // between two looks at the steps of other threads

} // namespace

Recording::Recording(std::filesystem::path folder, const std::string &dockerfile)
    : m_folder(std::move(folder))
    , m_steps(dockerfile)
    , m_decoder([this](const Event &event) { apply(event); })
{
}

Recording::~Recording()
{
    if (m_stream >= 0)
        ::close(m_stream);
    if (m_replaces && m_log) // It did not become whole.
        ::unlink(m_log->file().c_str());
}

Result<std::unique_ptr<Recording>> Recording::create(const std::filesystem::path &folder, const std::string &dockerfile)
{
    std::unique_ptr<Recording> recording(new Recording(folder, dockerfile));
    const std::filesystem::path stream = folder / streamFile;
    recording->m_stream = ::open(stream.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    if (recording->m_stream < 0)
        return failure("log-unwritable", {stream.string()},
                       "The log cannot be written: " + std::generic_category().message(errno),
                       "Choose a folder for the history that can be written");
    if (const auto opened = recording->openLog(folder / logFile); !opened)
        return tl::unexpected(opened.error());
    return recording;
}

Result<std::unique_ptr<Recording>> Recording::follow(const std::filesystem::path &folder, const std::string &dockerfile)
{
    std::unique_ptr<Recording> recording(new Recording(folder, dockerfile));
    if (const auto opened = recording->openLog(folder / logFile); !opened)
        return tl::unexpected(opened.error());
    return recording;
}

Result<bool> Recording::openLog(const std::filesystem::path &file)
{
    auto log = m_inMemory ? Log::createInMemory() : Log::create(file);
    if (!log)
        return tl::unexpected(log.error());
    m_log = std::move(*log);
    return true;
}

Result<std::unique_ptr<Recording>> Recording::replay(const std::filesystem::path &folder, const std::string &dockerfile,
                                                     const std::function<bool(double)> &progress)
{
    auto replayed = replayInto(folder, dockerfile, false, progress);
    const bool unwritable =
        !replayed && (replayed.error().id == "log-unwritable" || replayed.error().id == "file-unwritable");
    return unwritable ? replayInto(folder, dockerfile, true, progress) : std::move(replayed);
}

Result<std::unique_ptr<Recording>> Recording::replayInto(const std::filesystem::path &folder,
                                                         const std::string &dockerfile, bool inMemory,
                                                         const std::function<bool(double)> &progress)
{
    std::unique_ptr<Recording> recording(new Recording(folder, dockerfile));
    recording->m_inMemory = inMemory;
    recording->m_replaces = !inMemory;
    const std::filesystem::path fresh = folder / (logFile + std::string(".") + std::to_string(::getpid()) + ".new");
    if (const auto opened = recording->openLog(fresh); !opened)
        return tl::unexpected(opened.error());
    if (const auto decoded = recording->decodeStream(progress); !decoded)
        return tl::unexpected(decoded.error());
    if (const auto finished = recording->finish(); !finished)
        return tl::unexpected(finished.error());
    return recording;
}

Result<bool> Recording::decodeStream(const std::function<bool(double)> &progress)
{
    const auto cancelled = failure("cancelled", {}, "Reading the log was cancelled");
    if (std::error_code error; std::filesystem::exists(m_folder / compressedStreamFile, error)) {
        Result<bool> decoded = true;
        const auto read = readCompressed(m_folder / compressedStreamFile, [&](std::string_view bytes) {
            decoded = decode(bytes);
            if (decoded && progress && !progress(0.5)) // how long it is shows only at its end
                decoded = cancelled;
            return decoded.has_value();
        });
        return decoded ? read : decoded;
    }
    const auto stream = MappedFile::open(m_folder / streamFile);
    if (!stream)
        return tl::unexpected(stream.error());
    for (std::string_view rest = stream->bytes(); !rest.empty();
         rest.remove_prefix(std::min(rest.size(), replayPiece))) {
        if (const auto decoded = decode(rest.substr(0, replayPiece)); !decoded)
            return decoded;
        if (progress && !progress(1 - double(rest.size()) / double(stream->bytes().size())))
            return cancelled;
    }
    return true;
}

Result<bool> Recording::write(std::string_view bytes)
{
    if (const int error = m_stream < 0 ? 0 : writeAll(m_stream, bytes); error != 0)
        return failure("log-unwritable", {(m_folder / streamFile).string()},
                       "The log cannot be written: " + std::generic_category().message(error),
                       "Free space on the disk, or choose another folder for the history");
    return decode(bytes);
}

Result<bool> Recording::finish(Time time)
{
    {
        const std::lock_guard lock(m_mutex);
        m_decoder.finish();
        m_lines.finish();
        m_steps.end(time == 0 ? m_last : time);
        m_revision = m_steps.revision();
    }
    if (const auto flushed = flush(); !flushed)
        return flushed;
    if (m_inMemory)
        return true;
    if (m_replaces) {
        if (const auto moved = m_log->moveTo(m_folder / logFile); !moved)
            return moved;
        m_replaces = false;
    }
    return m_log->saveIndex(m_folder / indexFile);
}

Steps Recording::steps() const
{
    const std::lock_guard lock(m_mutex);
    return m_steps;
}

std::string Recording::unfinishedLine(std::size_t step) const
{
    const std::lock_guard lock(m_mutex);
    const std::string_view line = m_lines.waiting(step);
    return std::string(line.substr(line.size() - std::min(line.size(), mostUnfinished)));
}

Result<bool> Recording::decode(std::string_view bytes)
{
    while (!bytes.empty()) {
        {
            const std::lock_guard lock(m_mutex);
            m_decoder.feed(bytes.substr(0, decodePiece));
            m_revision = m_steps.revision();
        }
        bytes.remove_prefix(std::min(bytes.size(), decodePiece));
        if (const auto flushed = flush(); !flushed)
            return flushed;
    }
    return true;
}

Result<bool> Recording::flush()
{
    // Only this thread changes the lines, so they may be read without the lock; taking them away needs it.
    if (m_lines.entries().empty())
        return true;
    const auto appended = m_log->append(m_lines.text(), m_lines.entries());
    const std::lock_guard lock(m_mutex);
    for (const std::size_t step : m_lines.clipped())
        m_steps.markClipped(step);
    m_lines.taken();
    return appended;
}

void Recording::addText(std::size_t step, std::string_view bytes, Time time)
{
    m_first = m_first == 0 ? time : m_first;
    const Time since = m_first == 0 || time < m_first ? 0 : (time - m_first) / 1'000'000;
    m_lines.add(step, bytes,
                static_cast<std::uint32_t>(std::min<Time>(since, std::numeric_limits<std::uint32_t>::max())));
}

void Recording::apply(const Event &event)
{
    if (const auto *log = std::get_if<LogEvent>(&event)) {
        m_last = std::max(m_last, log->time);
        addText(m_steps.indexOf(log->vertex), log->data, log->time == 0 ? m_last : log->time);
    } else if (const auto *vertex = std::get_if<VertexEvent>(&event)) {
        m_last = std::max({m_last, vertex->started, vertex->completed});
        m_steps.apply(*vertex);
        if (vertex->completed != 0)
            m_lines.end(m_steps.indexOf(vertex->digest));
    } else if (const auto *status = std::get_if<StatusEvent>(&event)) {
        m_last = std::max(m_last, status->time);
        m_steps.apply(*status);
    } else if (const auto *warning = std::get_if<WarningEvent>(&event)) {
        m_steps.apply(*warning);
    } else if (const auto *text = std::get_if<TextEvent>(&event)) {
        m_steps.apply(*text);
        addText(Steps::noStep, text->continues ? LineMaker::goesOn : std::string_view(), m_last);
        addText(Steps::noStep, text->line, m_last);
        addText(Steps::noStep, "\n", m_last);
    }
}

} // namespace runner::build
