// What to find in a log: a plain text or a regular expression.
#pragma once

#include "diagnostics/problem.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace runner::build {

struct Query
{
    std::string text;
    bool regularExpression = false; ///< Perl's syntax (PCRE2); matches within a line, ^ and $ are its ends.
    bool caseSensitive = true;
};

/// Lines that tell of an error, in the words of compilers, pip, apt, CMake and shells.
Query errorQuery();

struct Match
{
    std::size_t begin = 0;
    std::size_t length = 0; ///< Never 0.
};

/// Copies share what was compiled, not stopWith() and limitTime(); each thread needs its own copy.
class Matcher
{
public:
    /// Errors: query-empty, query-invalid (where.column tells the place in a regular expression, in bytes from 1).
    static Result<Matcher> compile(const Query &query);
    Matcher(const Matcher &other);
    Matcher(Matcher &&) noexcept;
    Matcher &operator=(Matcher &&) noexcept;
    ~Matcher();

    /// The first match in \a text that begins at \a from or later. For a regular expression the text should be whole
    /// lines; a line on which it takes too long to decide counts as one without a match.
    std::optional<Match> find(std::string_view text, std::size_t from = 0) const;
    /// How many lines were not decided so far.
    std::uint64_t undecided() const;

    /// find() gives up, without a match, a few milliseconds after \a stop is set, which must outlive this.
    void stopWith(const std::atomic<bool> &stop);
    /// For a thread that others wait for: find() gives up, without a match, after about this time; once it has done so
    /// a few times, at once.
    void limitTime(std::chrono::microseconds each);

private:
    struct Regex;
    Matcher() = default;

    std::string m_text;
    std::unique_ptr<Regex> m_regex; ///< Absent: plain text, case-sensitive.
};

/// Offset of the first \a needle in \a text from \a from on, or npos. Faster than memmem() on logs.
std::size_t findPlain(std::string_view text, std::string_view needle, std::size_t from);

} // namespace runner::build
