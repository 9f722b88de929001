// What a build tells, as values: BuildKit's rawjson progress, a line at a time. Views and texts are only valid while
// the handler runs.
#pragma once

#include "diagnostics/problem.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace runner::build {

/// Nanoseconds since 1970 in UTC; 0 means unknown.
using Time = std::int64_t;

/// A step as it now is. It comes again whenever something changes, and an internal one may complete, start and complete
/// again.
struct VertexEvent
{
    std::string_view digest;              ///< Identifies the step.
    std::string_view name;                ///< "[vllm 2/3] RUN make"
    std::vector<std::string_view> inputs; ///< Digests of the steps it needs.
    Time started = 0;
    Time completed = 0;
    bool cached = false;
    std::string_view error; ///< Empty unless it failed.
};

/// A part of a step that counts: a transfer, an export.
struct StatusEvent
{
    std::string_view vertex;
    std::string_view id; ///< Identifies it within the step: "sha256:… downloading", "transferring context:".
    std::string_view name;
    std::int64_t current = 0;
    std::int64_t total = 0; ///< 0: unknown.
    Time time = 0;
    Time started = 0;
    Time completed = 0;
};

/// Bytes that a step wrote, cut anywhere: not at ends of lines, maybe inside a character.
struct LogEvent
{
    std::string_view vertex;
    std::string_view data;
    int stream = 1; ///< 1 stdout, 2 stderr.
    Time time = 0;
};

struct WarningEvent
{
    std::string_view vertex;
    int level = 0;
    std::string message;
    std::vector<std::string> details;
    std::string_view url;
    Location where; ///< The file as BuildKit names it: without folders. Columns are unknown.
};

/// A line that is no progress: what buildx prints when a build fails, or anything else. Without its line end; a line of
/// more than Decoder::longestLine comes in pieces.
struct TextEvent
{
    std::string_view line;
    bool continues = false; ///< Goes on the line of the event before.
};

using Event = std::variant<VertexEvent, StatusEvent, LogEvent, WarningEvent, TextEvent>;

} // namespace runner::build
