// One build's output: on disk first, then decoded.
#pragma once

#include "build/decoder.h"
#include "build/linemaker.h"
#include "build/log.h"
#include "build/steps.h"

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string_view>

namespace runner::build {

/// Files of a recording, in a folder of its own.
inline constexpr const char *streamFile = "stream.jsonl";               ///< Every byte as it came: the truth.
inline constexpr const char *compressedStreamFile = "stream.jsonl.zst"; ///< Instead of it, later.
inline constexpr const char *logFile = "log.txt";                       ///< The steps' lines, made of it.
inline constexpr const char *indexFile = "log.index"; ///< Where they are; only of a finished recording.

/// One thread writes; what is read may be read from any.
class Recording
{
public:
    /// Begins in \a folder, which exists. \a dockerfile names the file of warnings and failures. Error: log-unwritable.
    static Result<std::unique_ptr<Recording>> create(const std::filesystem::path &folder,
                                                     const std::string &dockerfile);
    /// For a stream that another console keeps: the lines and steps are made in \a folder, the bytes given to write()
    /// are not kept again. Error: log-unwritable.
    static Result<std::unique_ptr<Recording>> follow(const std::filesystem::path &folder,
                                                     const std::string &dockerfile);
    /// Makes the lines and steps anew out of the stream of a build that has ended or been interrupted, compressed
    /// or not, and saves them in place of those that are there, which stay until the new ones are whole. Where they
    /// cannot be saved, as on a full disk, the lines are kept in memory alone. \a progress is called with the share
    /// that is done and stops it by returning false (error: cancelled). Errors: file-unreadable, log-unwritable (where
    /// memory does not hold them either).
    static Result<std::unique_ptr<Recording>> replay(const std::filesystem::path &folder, const std::string &dockerfile,
                                                     const std::function<bool(double)> &progress = {});
    ~Recording();

    /// Error: log-unwritable where the stream or the log cannot be written; nothing is decoded that is not on the disk.
    Result<bool> write(std::string_view bytes);
    /// The output is drained: ends lines and steps, writes the index. \a time: when, 0 for the last that was heard of.
    Result<bool> finish(Time time = 0);

    std::shared_ptr<const Log> log() const { return m_log; }
    /// A copy of how the steps are now.
    Steps steps() const;
    /// Grows whenever steps() changes.
    std::uint64_t revision() const { return m_revision; }
    /// What a step has written behind its last line end; a progress bar, mostly. Of more than 1 MiB the end.
    std::string unfinishedLine(std::size_t step) const;

private:
    Recording(std::filesystem::path folder, const std::string &dockerfile);

    static Result<std::unique_ptr<Recording>> replayInto(const std::filesystem::path &folder,
                                                         const std::string &dockerfile, bool inMemory,
                                                         const std::function<bool(double)> &progress);
    Result<bool> openLog(const std::filesystem::path &file);

    void apply(const Event &event);
    void addText(std::size_t step, std::string_view bytes, Time time);
    Result<bool> decode(std::string_view bytes);
    Result<bool> decodeStream(const std::function<bool(double)> &progress);
    Result<bool> flush();

    std::filesystem::path m_folder;
    bool m_inMemory = false;
    bool m_replaces = false; ///< The log is made beside the one that is there, which it replaces when it is whole.
    int m_stream = -1;       ///< -1: the stream is kept elsewhere.
    std::shared_ptr<Log> m_log;
    mutable std::mutex m_mutex; ///< Guards m_steps and m_lines.
    Steps m_steps;
    LineMaker m_lines;
    std::atomic<std::uint64_t> m_revision{0};
    Decoder m_decoder;
    Time m_first = 0;
    Time m_last = 0;
};

} // namespace runner::build
