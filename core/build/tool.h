// The docker program, and with which environment it is called.
#pragma once

#include "build/request.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace runner::transfer {
class ProcessRun;
}

namespace runner::build {

struct Tool
{
    std::string program; ///< Absolute path.
    Pairs environment;   ///< Set beside what we were started with.
};

/// docker as the user's PATH has it. Error: docker-missing.
Result<Tool> findDocker();

/// The daemon that scripts/sandbox keeps for those who have none: its program and environment. Nothing unless it is
/// there and its socket takes connections.
std::optional<Tool> sandboxDocker();

/// What a short call of docker gave.
struct Answer
{
    bool started = false;
    int exitCode = -1;
    std::string output;
    std::string errors;

    bool good() const { return started && exitCode == 0; }
    /// The last line of what it said on stderr, without "ERROR: ".
    std::string reason() const;
};

/// Calls docker and gives its answer later, from the event loop; never blocks. Destroying what is returned kills the
/// process, and then nothing is given.
class ToolCall
{
public:
    using Done = std::function<void(const Answer &)>; ///< May destroy the call.

    ToolCall(const Tool &tool, const std::vector<std::string> &arguments, Done done);
    ~ToolCall();
    ToolCall(const ToolCall &) = delete;
    ToolCall &operator=(const ToolCall &) = delete;

    /// Ends it; done is still called.
    void interrupt();

private:
    std::unique_ptr<transfer::ProcessRun> m_process;
};

/// What an error of docker or buildx means, where it is one of: docker-missing, buildx-missing, daemon-unreachable,
/// socket-permission, builder-missing; else \a fallbackId with the text itself.
Problem explainError(const std::string &text, const std::string &fallbackId);
/// The same of what was written to stderr, or that there is nothing.
Problem explainError(const Answer &answer, const std::string &fallbackId);

} // namespace runner::build
