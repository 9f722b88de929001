// What can go wrong, as a value: problems of a pack centre's files and errors of operations share one type.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace runner::diagnostics {

/// A place in a text file. Lines and columns count from 1, columns in characters (code points); 0 means unknown.
struct Location
{
    std::string file; ///< As the user knows it: relative to the workspace where possible. Empty: no file involved.
    int line = 0;
    int column = 0;

    bool operator==(const Location &) const = default;
};

enum class Severity { Error, Warning, Note };

/// One finding or failure: what happened, where, and what to do about it.
struct Problem
{
    std::string id; ///< Stable identifier in kebab-case, e.g. "duplicate-tag"; scripts may rely on it.
    Severity severity = Severity::Error;
    Location where;
    std::string message; ///< What happened: a sentence without a full stop at the end.
    std::string advice;  ///< What to do: a sentence in the imperative, may be empty.

    bool operator==(const Problem &) const = default;
};

using Problems = std::vector<Problem>;

/// A value, or the problem that kept it from being made.
template <typename T>
using Result = tl::expected<T, Problem>;

/// An error to return from a function that gives a Result.
inline tl::unexpected<Problem> failure(std::string id, Location where, std::string message, std::string advice = {})
{
    return tl::unexpected<Problem>(
        Problem{std::move(id), Severity::Error, std::move(where), std::move(message), std::move(advice)});
}

/// "error", "warning" or "note".
const char *severityName(Severity severity);

/// "FILE:LINE:COLUMN" with the parts that are known; empty where nothing is.
std::string describe(const Location &where);

/// One line for a terminal: "FILE:LINE:COLUMN: error: MESSAGE. ADVICE [ID]".
std::string describe(const Problem &problem);

/// Whether any of them is an error.
bool hasErrors(const Problems &problems);

} // namespace runner::diagnostics

namespace runner {
using diagnostics::failure;
using diagnostics::Location;
using diagnostics::Problem;
using diagnostics::Problems;
using diagnostics::Result;
using diagnostics::Severity;
} // namespace runner
