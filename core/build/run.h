// One build, from looking whether it can start to its end.
#pragma once

#include "build/metadata.h"
#include "build/patience.h"
#include "build/preflight.h"
#include "build/recording.h"

#include <QTimer>

#include <filesystem>
#include <functional>
#include <memory>

namespace runner::build {

class BuildProcess;
class ImageSize;
class StillRunning;
struct ProcessEnd;

enum class Outcome { Succeeded, Failed, Cancelled, CouldNotStart, Interrupted };

/// "succeeded", "failed", "cancelled", "could not start", "interrupted".
const char *outcomeName(Outcome outcome);
/// Behind "it": "failed", "was cancelled".
std::string howItEnded(Outcome outcome);

struct RunEnd
{
    Outcome outcome = Outcome::Failed;
    int exitCode = -1; ///< Of docker; -1: it did not run.
    /// Why, for everything but success: build-failed (with the Dockerfile's line), log-unwritable, daemon-lost, those
    /// of Preflight, check-findings; then what else is to be said: BuildKit's warnings, the first 100,
    /// build-still-running.
    Problems problems;
    Metadata metadata; ///< Of a success.
    Time started = 0;
    Time ended = 0;
};

/// Writes stream.jsonl, log.txt, log.index and metadata.json into a folder (recording.h).
/// Needs the event loop of a thread that outlives the run.
class Run
{
public:
    struct Events
    {
        std::function<void(const Ready &)>
            started;                               ///< The process is about to start; recording() is there from now on.
        std::function<void()> news;                ///< Steps or log have changed.
        std::function<void(const RunEnd &)> ended; ///< Exactly once, after all output is drained. May destroy the run.
    };

    struct Options
    {
        Tool tool;
        std::filesystem::path folder; ///< Exists; for this run alone.
        Patience patience = {};
    };

    Run(Request request, Options options, Events events);
    ~Run(); ///< Kills what still runs; no event is sent any more.
    Run(const Run &) = delete;
    Run &operator=(const Run &) = delete;

    void start();
    /// Interrupts, waits, terminates, waits, kills; then asks the builder whether anything still runs. Again: does the
    /// next of these at once.
    void cancel();

    /// The request as it runs.
    const Request &request() const { return m_request; }
    /// Null before started, and where the run could not start.
    std::shared_ptr<const Recording> recording() const { return m_recording; }

private:
    void ready(const Result<Ready> &ready);
    void unwritable(const Problem &problem);
    void processEnded(const ProcessEnd &end);
    void judge(const ProcessEnd &end);
    void addWarnings();
    void verify();
    void measure();
    void finish();
    void fail(Outcome outcome, const Problem &problem);

    Request m_request;
    Options m_options;
    Events m_events;
    RunEnd m_end;
    bool m_cancelled = false;
    std::shared_ptr<Recording> m_recording;
    std::unique_ptr<Preflight> m_preflight;
    std::unique_ptr<BuildProcess> m_process;
    std::unique_ptr<StillRunning> m_verification;
    std::unique_ptr<ImageSize> m_size;
    QTimer m_later; ///< Ends the run from the event loop.
};

/// Nanoseconds since 1970.
Time currentTime();

} // namespace runner::build
