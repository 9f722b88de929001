#include "build/run.h"

#include "build/buildprocess.h"
#include "build/commandline.h"
#include "build/failure.h"
#include "build/imagesize.h"
#include "build/stillrunning.h"

#include <algorithm>
#include <chrono>

namespace runner::build {

namespace {

constexpr const char *metadataName = "metadata.json";

} // namespace

Time currentTime()
{
    using namespace std::chrono;
    return duration_cast<nanoseconds>(system_clock::now().time_since_epoch()).count();
}

const char *outcomeName(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Succeeded:
        return "succeeded";
    case Outcome::Cancelled:
        return "cancelled";
    case Outcome::CouldNotStart:
        return "could not start";
    case Outcome::Interrupted:
        return "interrupted";
    case Outcome::Failed:
        break;
    }
    return "failed";
}

std::string howItEnded(Outcome outcome)
{
    const bool passive = outcome == Outcome::Cancelled || outcome == Outcome::Interrupted;
    return (passive ? "was " : "") + std::string(outcomeName(outcome));
}

Run::Run(Request request, Options options, Events events)
    : m_request(std::move(request))
    , m_options(std::move(options))
    , m_events(std::move(events))
{
    m_later.setSingleShot(true);
    QObject::connect(&m_later, &QTimer::timeout, &m_later, [this] { finish(); });
}

Run::~Run() = default;

void Run::start()
{
    m_end.started = currentTime();
    m_preflight =
        std::make_unique<Preflight>(m_options.tool, m_request, [this](const Result<Ready> &result) { ready(result); });
}

void Run::cancel()
{
    if (m_process) {
        m_cancelled = true;
        m_process->stop();
    } else if (!m_verification && !m_cancelled) {
        m_cancelled = true;
        m_preflight.reset();
        m_end.outcome = Outcome::Cancelled;
        m_later.start(0);
    }
}

void Run::fail(Outcome outcome, const Problem &problem)
{
    m_end.outcome = outcome;
    m_end.problems.insert(m_end.problems.begin(), problem);
    m_later.start(0);
}

void Run::ready(const Result<Ready> &result)
{
    if (!result) {
        fail(Outcome::CouldNotStart, result.error());
        return;
    }
    m_request = result->request;
    m_request.progress = "rawjson";
    m_request.metadataFile = (m_options.folder / metadataName).string();
    m_end.problems = result->notes;
    auto recording = Recording::create(m_options.folder, m_request.dockerfile);
    if (!recording) {
        fail(Outcome::CouldNotStart, recording.error());
        return;
    }
    m_recording = std::move(*recording);
    std::vector<std::string> words = commandLine(m_request);
    words.erase(words.begin()); // "docker"
    m_process = std::make_unique<BuildProcess>(
        m_options.tool, words, m_request.folder, *m_recording, m_options.patience,
        BuildProcess::Events{[this] { m_events.news(); }, [this](const Problem &problem) { unwritable(problem); },
                             [this](const ProcessEnd &end) { processEnded(end); }});
    m_events.started(*result);
    m_process->start();
}

void Run::unwritable(const Problem &problem)
{
    m_end.problems.insert(m_end.problems.begin(), problem);
    m_process->stop(); // A build whose log is lost is worth nothing to whom it fails.
}

void Run::processEnded(const ProcessEnd &end)
{
    const auto finished = m_recording->finish();
    m_end.exitCode = end.exitCode;
    judge(end);
    addWarnings();
    const bool isKnown = std::any_of(m_end.problems.begin(), m_end.problems.end(),
                                     [](const Problem &problem) { return problem.id == "log-unwritable"; });
    if (!finished && !isKnown)
        m_end.problems.push_back(finished.error());
    if (m_end.outcome == Outcome::Succeeded)
        measure();
    else if (m_end.outcome == Outcome::CouldNotStart)
        m_later.start(0);
    else
        verify();
}

void Run::judge(const ProcessEnd &end)
{
    const bool logLost = !m_end.problems.empty() && m_end.problems.front().id == "log-unwritable";
    if (!end.started) {
        m_end.outcome = Outcome::CouldNotStart;
        m_end.problems.insert(m_end.problems.begin(), {"docker-missing",
                                                       Severity::Error,
                                                       {},
                                                       "docker cannot be started: " + end.message,
                                                       "Install docker with its buildx plugin"});
    } else if (end.exitCode == 0 && !logLost) {
        m_end.outcome = Outcome::Succeeded;
        if (const auto metadata = readMetadata(m_request.metadataFile))
            m_end.metadata = *metadata;
    } else if (m_cancelled) {
        m_end.outcome = Outcome::Cancelled;
    } else {
        m_end.outcome = Outcome::Failed;
        if (logLost) // It is the cause of all else.
            return;
        if (m_request.call == Call::Check && end.exitCode == 1 && m_recording->steps().failure().message.empty())
            m_end.problems.insert(m_end.problems.begin(), {"check-findings",
                                                           Severity::Error,
                                                           {},
                                                           "BuildKit's checks have found something: the log says what",
                                                           {}});
        else
            m_end.problems.insert(m_end.problems.begin(),
                                  explainFailure(m_recording->steps(), m_recording->log().get(), end.exitCode));
    }
}

void Run::addWarnings()
{
    constexpr std::size_t mostWarnings = 100;
    const Problems warnings = m_recording->steps().warnings();
    const auto count = static_cast<std::ptrdiff_t>(std::min(warnings.size(), mostWarnings));
    m_end.problems.insert(m_end.problems.end(), warnings.begin(), warnings.begin() + count);
}

void Run::verify()
{
    const std::string why = m_end.problems.empty() ? std::string() : m_end.problems.front().id;
    if (!m_cancelled
        && (why == "build-failed" || why == "check-findings" || why == "daemon-lost")) { // it has told its end itself
        m_later.start(0);
        return;
    }
    m_verification = std::make_unique<StillRunning>(m_options.tool, m_request, m_end.started, m_options.patience.verify,
                                                    [this](const std::optional<Problem> &problem) {
                                                        if (problem)
                                                            m_end.problems.push_back(*problem);
                                                        m_later.start(0);
                                                    });
}

void Run::measure()
{
    m_size = std::make_unique<ImageSize>(m_options.tool, m_request, m_end.metadata, [this](std::int64_t bytes) {
        m_end.metadata.size = bytes;
        m_later.start(0);
    });
}

void Run::finish()
{
    m_end.ended = currentTime();
    const auto ended = std::exchange(m_events.ended, {});
    if (ended)
        ended(m_end); // may destroy this
}

} // namespace runner::build
