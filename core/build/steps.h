// The steps of a build as its events make them.
#pragma once

#include "build/event.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace runner::build {

enum class StepState {
    Waiting,
    Running,
    Cached,
    Done,
    Failed,
    Cancelled,
    NoCache ///< A cache to import was not to be had, as before the first build; the build goes on without it.
};

/// "waiting", "running", "cached", "done", "failed", "cancelled", "no cache".
const char *stateName(StepState state);

/// A transfer or another part of a step that counts.
struct Transfer
{
    std::string id;
    std::string name;
    std::int64_t current = 0; ///< Bytes, or whatever is counted.
    std::int64_t total = 0;   ///< 0: unknown.
    Time started = 0;
    Time completed = 0;
};

/// What BuildKit does for itself: loading definitions, metadata, and the .dockerignore of named contexts.
inline bool isInternalStep(std::string_view name)
{
    return name.starts_with("[internal]") || name.starts_with("[context ");
}

/// The step's text without the stage and its numbers: "RUN make" of "[vllm 2/3] RUN make".
std::string instructionOf(const std::string &stepName);

/// An instruction of a Dockerfile: "[stage 2/3] RUN make", not exporting, resolving or fetching.
inline bool isInstructionStep(std::string_view name)
{
    return name.starts_with('[') && name.find("] ") != std::string_view::npos && !isInternalStep(name);
}

struct Step
{
    std::string digest;
    std::string name;
    std::vector<std::string> inputs; ///< Digests.
    StepState state = StepState::Waiting;
    Time started = 0;   ///< First.
    Time completed = 0; ///< Last; 0 while it runs.
    Time busy = 0;      ///< Nanoseconds in which it ran, up to its last completion.
    std::string error;
    std::vector<Transfer> transfers; ///< In the order of their first report; at most 1000.
    bool clipped = false;            ///< The builder dropped part of its log; LogIndex and log tell where.

    bool ended() const { return state != StepState::Waiting && state != StepState::Running; }
    /// With what it has run by \a now since it began to run last.
    Time busyUntil(Time now) const
    {
        return busy + (state == StepState::Running ? std::max<Time>(0, now - std::max(started, completed)) : 0);
    }
    bool isInternal() const { return isInternalStep(name); }
};

/// What buildx prints behind the progress when a build fails.
struct FailureText
{
    std::string message; ///< The text after "ERROR: "; empty where there is none.
    Location where;      ///< The line of the Dockerfile that failed; line 0: unknown.
};

/// Applies events. Step 0 is no step: it stands for text that belongs to none. At most 1,000,000 steps are kept.
class Steps
{
public:
    static constexpr std::size_t noStep = 0;

    /// \a dockerfile: the path to put where BuildKit names just the file; it may be empty.
    explicit Steps(std::string dockerfile = {});

    void apply(const VertexEvent &event);
    void apply(const StatusEvent &event);
    void apply(const WarningEvent &event);
    void apply(const TextEvent &event);
    /// The build is over: what still runs or waits is cancelled. \a time: when.
    void end(Time time);

    /// Index of the step of that digest; one that was not heard of becomes a step without a name.
    std::size_t indexOf(std::string_view digest);
    void markClipped(std::size_t step) { m_steps[step].clipped = true; }

    /// In the order in which they were first heard of; the first is noStep.
    const std::vector<Step> &steps() const { return m_steps; }
    /// As problems with the id "build-warning", those of a dry run's checks too; at most 10,000.
    const Problems &warnings() const { return m_warnings; }
    const FailureText &failure() const { return m_failure; }
    /// The step whose failure ended the build, or noStep.
    std::size_t failedStep() const;
    /// Grows with every change.
    std::uint64_t revision() const { return m_revision; }

private:
    struct Hash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };

    std::size_t indexOf(const VertexEvent &event);
    Location inDockerfile(Location where) const;
    bool readFinding(std::string_view line);
    void takeFinding();

    std::string m_dockerfile;
    std::vector<Step> m_steps;
    std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> m_indices;      ///< By digest.
    std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> m_instructions; ///< By name.
    Problems m_warnings;
    Problem m_finding; ///< Of a dry run, while its lines come; without an id: none.
    int m_findingLines = 0;
    FailureText m_failure;
    std::uint64_t m_revision = 0;
};

} // namespace runner::build
