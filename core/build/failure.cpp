#include "build/failure.h"

#include "build/ansi.h"
#include "build/matcher.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace runner::build {

namespace {

constexpr std::uint64_t linesForAdvice = 5;
constexpr std::uint64_t linesForCause = 500;

struct Cause
{
    std::string_view sign; ///< In the error or in the step's last lines.
    const char *advice;
};

// The words of runc, the kernel, BuildKit and containerd's registry client.
constexpr std::array<Cause, 10> causes{{
    {"error setting rlimit",
     "The builder's machine does not allow the limits of --ulimit: give lower ones, or none (--ulimit none)"},
    {"exec format error", "The builder cannot run programs of this platform: choose one that can, or set up QEMU there "
                          "(docker run --privileged tonistiigi/binfmt --install all)"},
    {"no space left on device", "The builder's disk is full: prune its cache (docker buildx prune), or give it more"},
    {"exit code: 137",
     "It was killed, most often for want of memory: let fewer compilers run at a time (CMAKE_MAX_JOBS)"},
    {"insufficient_scope", "Log in to the registry (docker login) with an account that may do this"},
    {"401 Unauthorized", "Log in to the registry (docker login)"},
    {"403 Forbidden", "Log in to the registry (docker login) with an account that may do this"},
    {"429 Too Many Requests", "The registry lets nobody fetch more for now: log in to it, or try again later"},
    {"connection refused", "Nothing answers at this address: look whether it is right, and whether the server runs"},
    {"no such host", "The builder cannot find this host: look at its network, or give it a mirror"},
}};

bool lostDaemon(std::string_view message)
{
    const auto has = [&](std::string_view sign) { return message.find(sign) != std::string_view::npos; };
    if (has("connection refused")) // A registry may refuse, too.
        return has("dial unix") || has("code = Unavailable") || has("Docker daemon");
    return has("error reading from server: EOF") || has("transport is closing") || has("Unavailable:");
}

std::string adviceFor(std::string_view text)
{
    const auto found = std::find_if(causes.begin(), causes.end(), [&](const Cause &cause) {
        return text.find(cause.sign) != std::string_view::npos;
    });
    return found == causes.end() ? std::string() : found->advice;
}

// Without lines that are too long to be a message.
std::string endOf(const Log &log, std::size_t step, std::uint64_t lastLines)
{
    constexpr std::uint64_t longestLine = 64U << 10U;
    const std::uint64_t count = log.linesOfStep(step);
    std::string text;
    for (std::uint64_t i = count - std::min(count, lastLines); i < count; ++i) {
        const std::uint64_t line = log.lineOfStep(step, i);
        const std::uint64_t end = line + 1 < log.lines() ? log.offsetOf(line + 1) : log.size();
        if (end - log.offsetOf(line) > longestLine)
            continue;
        for (const LogLine &each : log.read(line, 1))
            text += each.bytes + '\n';
    }
    return text;
}

/// The last \a count lines of a text whose lines all have their ends.
std::string_view endOf(std::string_view text, std::uint64_t count)
{
    std::size_t begin = text.size();
    for (; count > 0 && begin > 0; --count) {
        const std::size_t before = begin < 2 ? std::string_view::npos : text.rfind('\n', begin - 2);
        begin = before + 1; // npos + 1 is 0
    }
    return text.substr(begin);
}

/// "; its log says: LINE", the first of the step's last lines that tells of an error; empty where none does.
std::string causeOf(const std::string &lastLines)
{
    constexpr std::size_t mostShown = 300;
    auto matcher = Matcher::compile(errorQuery());
    if (!matcher)
        return {};
    matcher->limitTime(std::chrono::milliseconds(20));
    const auto match = matcher->find(lastLines);
    if (!match)
        return {};
    const std::size_t begin = match->begin == 0 ? 0 : lastLines.rfind('\n', match->begin - 1) + 1; // npos + 1 is 0
    const std::size_t length = std::min(lastLines.find('\n', begin) - begin, mostShown);
    return "; its log says: " + plainLine(std::string_view(lastLines).substr(begin, length));
}

/// The first of the last lines that docker wrote of no step: what it says of its options stands above how to use them.
std::string saidByDocker(const Log *log)
{
    constexpr std::size_t mostShown = 500;
    constexpr std::uint64_t usageLines = 10;
    const std::uint64_t count = log ? log->linesOfStep(Steps::noStep) : 0;
    for (std::uint64_t i = count - std::min(count, usageLines); i < count; ++i) {
        for (const LogLine &line : log->readStep(Steps::noStep, i, 1)) {
            const std::string text = plainLine(std::string_view(line.bytes).substr(0, mostShown));
            if (text.find_first_not_of(' ') != std::string::npos)
                return text;
        }
    }
    return {};
}

} // namespace

Problem explainFailure(const Steps &steps, const Log *log, int exitCode)
{
    const FailureText &failure = steps.failure();
    const std::size_t step = steps.failedStep();
    if (lostDaemon(failure.message))
        return {"daemon-lost",
                Severity::Error,
                {},
                "The builder's daemon went away during the build: " + failure.message,
                "Start it and retry; finished steps come from its cache"};
    std::string message =
        step == Steps::noStep ? failure.message : steps.steps()[step].name + " failed: " + steps.steps()[step].error;
    if (message.empty())
        message = saidByDocker(log);
    if (message.empty())
        message = "docker ended with " + std::to_string(exitCode) + " and said nothing of it";
    const std::string lastLines = log && step != Steps::noStep ? endOf(*log, step, linesForCause) : std::string();
    std::string advice = adviceFor(endOf(lastLines, linesForAdvice));
    if (advice.empty())
        advice = adviceFor(message + '\n' + failure.message);
    message += causeOf(lastLines);
    return {"build-failed", Severity::Error, failure.where, std::move(message), std::move(advice)};
}

} // namespace runner::build
