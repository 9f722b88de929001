// A build's log as lines, while it grows and afterwards.
#pragma once

#include "build/logindex.h"

#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace runner::build {

struct LogLine
{
    std::uint64_t number = 0;       ///< Among the lines of all steps, from 0.
    std::size_t step = 0;           ///< Index into Steps::steps(); Steps::noStep: text of no step.
    std::uint32_t milliseconds = 0; ///< Since the first line of the log.
    std::string bytes; ///< As written, without the line end: escape sequences, carriage returns, maybe no UTF-8.
};

/// Lines stand in one text file in the order in which they were complete; those of a step can be read by themselves.
/// Every member may be called from any thread.
class Log
{
public:
    /// A new, empty log; what is at \a file is overwritten. Error: log-unwritable.
    static Result<std::shared_ptr<Log>> create(const std::filesystem::path &file);
    /// The same without a file of its own on a disk, for where nothing can be written. Error: log-unwritable.
    static Result<std::shared_ptr<Log>> createInMemory();
    /// A finished log and its index; takes no longer for a long one. Errors: file-unreadable, log-index-broken,
    /// log-cut where the file is shorter than its lines.
    static Result<std::shared_ptr<Log>> open(const std::filesystem::path &file, const std::filesystem::path &index);
    ~Log();
    Log(const Log &) = delete;
    Log &operator=(const Log &) = delete;

    std::uint64_t lines() const;
    std::uint64_t linesOfStep(std::size_t step) const;
    /// \a count lines from \a first; fewer at the end.
    std::vector<LogLine> read(std::uint64_t first, std::uint64_t count) const;
    /// The same of one step, counted within it.
    std::vector<LogLine> readStep(std::size_t step, std::uint64_t first, std::uint64_t count) const;
    /// Bytes of a line, without its end.
    std::uint64_t lengthOf(std::uint64_t line) const;
    /// A line of which only the bytes from \a begin on are read, \a most of them at most: for lines too long to be read
    /// whole each time.
    LogLine readPart(std::uint64_t line, std::uint64_t begin, std::size_t most) const;
    /// The number among all lines of a step's line.
    std::uint64_t lineOfStep(std::size_t step, std::uint64_t index) const;
    /// How many lines of the step are before \a line.
    std::uint64_t indexInStep(std::size_t step, std::uint64_t line) const;
    /// Which step a line belongs to.
    std::size_t stepOf(std::uint64_t line) const;
    /// The line that holds the byte at this offset of the text file; lines() beyond the end.
    std::uint64_t lineAt(std::uint64_t offset) const;
    /// Offset of a line's first byte.
    std::uint64_t offsetOf(std::uint64_t line) const;

    /// Of one in memory a name that this process alone can open.
    const std::filesystem::path &file() const { return m_file; }
    bool isInMemory() const { return m_inMemory; }
    /// Length of the text in the file, in bytes.
    std::uint64_t size() const;
    /// Memory that the index takes.
    std::size_t indexBytes() const;

    struct Entry
    {
        std::uint64_t offset = 0; ///< Counted from the text's begin.
        std::size_t step = 0;
        std::uint32_t milliseconds = 0;
    };

    /// Appends text that is made of whole lines. Error: log-unwritable; then nothing of it is shown.
    Result<bool> append(std::string_view text, const std::vector<Entry> &lines);
    /// Gives the file another name, replacing what is there. Error: log-unwritable.
    Result<bool> moveTo(const std::filesystem::path &file);
    /// Error: file-unwritable.
    Result<bool> saveIndex(const std::filesystem::path &path) const;

private:
    Log(std::filesystem::path file, int descriptor, LogIndex index);
    void addLines(std::vector<LogLine> &lines, std::uint64_t first, std::uint64_t behind) const;
    LogLine lineLocked(std::uint64_t number, std::uint64_t from = 0,
                       std::uint64_t most = std::numeric_limits<std::uint64_t>::max()) const;

    std::filesystem::path m_file;
    int m_descriptor = -1;
    bool m_inMemory = false;
    mutable std::mutex m_mutex; ///< Guards the index.
    LogIndex m_index;
};

} // namespace runner::build
