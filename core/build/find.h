// Finds in a whole log, on a thread of its own.
#pragma once

#include "build/log.h"
#include "build/matcher.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace runner::build {

struct Hit
{
    std::uint64_t offset = 0; ///< In the log's text file.
    std::uint32_t length = 0; ///< In bytes; of a longer one the first 4 GiB.

    bool operator==(const Hit &) const = default;
};

/// Searches what the log holds when it starts; go on with more() when it has grown. Counts are exact; of the hits the
/// first 4,000,000 are kept. Escape sequences are not looked at: a match may go over some, and a hit then counts them
/// in.
class Find
{
public:
    static constexpr std::size_t mostHits = 4'000'000;

    /// \a step: only lines of this step. \a news is called from the worker when the first hit is there, then now and
    /// then, and at the end.
    Find(std::shared_ptr<const Log> log, Matcher matcher, std::optional<std::size_t> step, std::function<void()> news);
    /// Stops the search and waits for it: a few milliseconds.
    ~Find();
    Find(const Find &) = delete;
    Find &operator=(const Find &) = delete;

    void cancel() { m_cancelled = true; }
    bool finished() const { return m_finished; }
    /// Searches what has been added since; only after it has finished.
    void more();

    std::uint64_t count() const { return m_count; }         ///< Matches so far.
    std::uint64_t matchingLines() const { return m_lines; } ///< Lines with at least one.
    /// Lines on which the expression takes too long to be decided; they count as lines without a match.
    std::uint64_t undecided() const { return m_undecided; }
    std::uint64_t searchedBytes() const { return m_searched; }
    /// Hits from \a first on, at most \a count, in the order of the text.
    std::vector<Hit> hits(std::size_t first, std::size_t count) const;
    /// Index of the first hit at or behind this offset; the number of kept hits where there is none.
    std::size_t hitAt(std::uint64_t offset) const;

private:
    void run();
    void searchPiece(std::string_view text, std::size_t begin, std::size_t end);
    void searchPlain(std::string_view text, std::size_t begin, std::size_t end);
    void searchEscaped(std::string_view text, std::size_t begin, std::size_t end);
    void found(std::string_view text, std::uint64_t offset, std::uint64_t length);

    std::shared_ptr<const Log> m_log;
    Matcher m_matcher;
    std::optional<std::size_t> m_step;
    std::function<void()> m_news;
    std::atomic<bool> m_cancelled{false};
    std::atomic<bool> m_finished{false};
    std::atomic<std::uint64_t> m_count{0};
    std::atomic<std::uint64_t> m_lines{0};
    std::atomic<std::uint64_t> m_undecided{0};
    std::atomic<std::uint64_t> m_searched{0};
    std::uint64_t m_lineEnd = 0; ///< Of the last matching line.
    mutable std::mutex m_mutex;  ///< Guards m_hits.
    std::vector<Hit> m_hits;
    std::thread m_thread; ///< Last: it uses the others.
};

} // namespace runner::build
