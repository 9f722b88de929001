// What has to hold before a build starts, found out without starting it.
#pragma once

#include "build/builders.h"
#include "build/tool.h"

#include <functional>
#include <memory>

namespace runner::build {

/// What a request is run with.
struct Ready
{
    Request request; ///< As the builder can take it.
    Builder builder;
    Problems notes;
};

/// Asks buildx for its builders and looks whether the request can run. Gives, later and exactly once, what is ready or
/// why not: docker-missing (the program has vanished), buildx-missing, daemon-unreachable, socket-permission,
/// builder-missing, platform-unable, buildx-failed. Where the request names no builder, it is routed to one that can
/// run its platform.
class Preflight
{
public:
    using Done = std::function<void(const Result<Ready> &)>; ///< May destroy the preflight.

    Preflight(const Tool &tool, Request request, Done done);

private:
    void answered(const Answer &answer);
    Result<Ready> judge(const Answer &answer) const;

    Request m_request;
    Done m_done;
    std::unique_ptr<ToolCall> m_call;
};

/// The judgement alone: \a dockerfileText is the text of the request's Dockerfile.
Result<Ready> judgeBuilders(const std::vector<Builder> &builders, const Request &request,
                            const std::string &dockerfileText);

} // namespace runner::build
