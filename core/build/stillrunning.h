// Whether a builder still works on a build whose process is gone.
#pragma once

#include "build/event.h"
#include "build/request.h"
#include "build/tool.h"

#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace runner::build {

/// Identifiers of the builds that `docker buildx history ls --format json` calls running and that began at \a since or
/// later.
std::vector<std::string> runningSince(std::string_view output, Time since);

/// Whether `docker buildx history inspect --format json` tells of this request: its target,
/// platform, arguments, folder and Dockerfile.
bool tellsOf(std::string_view output, const Request &request);

/// Asks until the builder says that nothing of the request runs any more, at most six times within three seconds.
/// Gives, once: nothing; or the problem build-still-running (with the build's identifier), or cancel-unverified where
/// the builder cannot be asked, or does not answer.
class StillRunning
{
public:
    using Done = std::function<void(const std::optional<Problem> &)>; ///< May destroy this.

    /// \a since: when the build was started. \a limit: for all answers together.
    StillRunning(Tool tool, Request request, Time since, std::chrono::milliseconds limit, Done done);

private:
    void ask();
    void listed(const Answer &answer);
    void inspectNext();
    void inspected(const std::string &identifier, const Answer &answer);
    void giveUp();
    void end(const std::optional<Problem> &problem);

    Tool m_tool;
    Request m_request;
    Time m_since;
    Done m_done;
    QTimer m_timer;
    QTimer m_limit;
    int m_asked = 0;
    std::vector<std::string> m_candidates;
    std::unique_ptr<ToolCall> m_call;
};

} // namespace runner::build
