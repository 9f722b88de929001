#include "build/steps.h"

#include <algorithm>
#include <charconv>

namespace runner::build {

namespace {

constexpr std::size_t mostSteps = 1'000'000;
constexpr std::size_t mostTransfers = 1000;
constexpr std::size_t mostWarnings = 10'000;
constexpr std::size_t longestText = 64U << 10U;

std::string bounded(std::string_view text)
{
    return std::string(text.substr(0, longestText));
}

// How BuildKit words a step that ended because something else ended the build.
bool wasCancelled(std::string_view error)
{
    return error.find("context canceled") != std::string_view::npos || error.find("Canceled") != std::string_view::npos;
}

// BuildKit only warns of such a step's error.
bool importsCache(std::string_view name)
{
    return name.starts_with("importing cache manifest from ");
}

StepState stateOf(const VertexEvent &event, std::string_view name)
{
    if (!event.error.empty() && wasCancelled(event.error))
        return StepState::Cancelled;
    if (!event.error.empty())
        return importsCache(name) ? StepState::NoCache : StepState::Failed;
    if (event.completed == 0)
        return event.started == 0 ? StepState::Waiting : StepState::Running;
    return event.cached ? StepState::Cached : StepState::Done;
}

// "Dockerfile:23", as buildx heads its excerpt.
Location placeIn(std::string_view line)
{
    const std::size_t colon = line.rfind(':');
    Location where;
    if (colon == std::string_view::npos || colon == 0 || line.find(' ') != std::string_view::npos)
        return where;
    const char *end = line.data() + line.size();
    const auto [rest, error] = std::from_chars(line.data() + colon + 1, end, where.line);
    if (error != std::errc() || rest != end || where.line <= 0)
        return {};
    where.file = bounded(line.substr(0, colon));
    return where;
}

} // namespace

std::string instructionOf(const std::string &stepName)
{
    const std::size_t end = stepName.starts_with('[') ? stepName.find("] ") : std::string::npos;
    return end == std::string::npos ? stepName : stepName.substr(end + 2);
}

const char *stateName(StepState state)
{
    switch (state) {
    case StepState::Running:
        return "running";
    case StepState::Cached:
        return "cached";
    case StepState::Done:
        return "done";
    case StepState::Failed:
        return "failed";
    case StepState::Cancelled:
        return "cancelled";
    case StepState::NoCache:
        return "no cache";
    case StepState::Waiting:
        break;
    }
    return "waiting";
}

Steps::Steps(std::string dockerfile)
    : m_dockerfile(std::move(dockerfile))
    , m_steps(1)
{
}

std::size_t Steps::indexOf(std::string_view digest)
{
    if (const auto found = m_indices.find(digest); found != m_indices.end())
        return found->second;
    if (m_steps.size() > mostSteps || digest.size() > longestText)
        return noStep;
    const std::size_t index = m_steps.size();
    m_steps.emplace_back().digest = digest;
    m_indices.emplace(digest, index);
    ++m_revision;
    return index;
}

/// A step that another build works on at the same time is announced with one digest, and goes on with that of the other
/// build: to who reads, it is one.
std::size_t Steps::indexOf(const VertexEvent &event)
{
    const std::string_view name = event.name;
    if (!isInstructionStep(name) || name.size() > longestText || event.digest.size() > longestText)
        return indexOf(event.digest);
    if (m_indices.size() <= mostSteps && !m_indices.contains(event.digest)) {
        if (const auto same = m_instructions.find(name); same != m_instructions.end())
            m_indices.emplace(event.digest, same->second);
    }
    const std::size_t index = indexOf(event.digest);
    if (index != noStep)
        m_instructions.try_emplace(std::string(name), index);
    return index;
}

void Steps::apply(const VertexEvent &event)
{
    const std::size_t index = indexOf(event);
    if (index == noStep)
        return;
    ++m_revision;
    Step &step = m_steps[index];
    if (event.cached && step.state == StepState::Done && isInstructionStep(step.name))
        return; // What it has just made is found under its other digest.
    // A completion counts once, though the same event may come again.
    if (event.started != 0 && event.completed > step.completed)
        step.busy += event.completed - std::max(event.started, step.completed);
    if (!event.name.empty())
        step.name = bounded(event.name);
    if (step.inputs.empty())
        step.inputs.assign(event.inputs.begin(),
                           event.inputs.begin() + std::min<std::ptrdiff_t>(std::ssize(event.inputs), 10'000));
    step.started = step.started == 0 ? event.started : step.started;
    // News of an earlier run of the step may come behind those of a later one.
    if (event.completed == 0 && event.started != 0 && event.started < step.completed)
        return;
    step.completed = event.completed;
    step.error = bounded(event.error);
    step.state = stateOf(event, step.name);
}

void Steps::apply(const StatusEvent &event)
{
    const std::size_t index = indexOf(event.vertex);
    if (index == noStep)
        return;
    ++m_revision;
    std::vector<Transfer> &transfers = m_steps[index].transfers;
    auto transfer =
        std::find_if(transfers.rbegin(), transfers.rend(), [&](const Transfer &t) { return t.id == event.id; });
    if (transfer == transfers.rend()) {
        if (transfers.size() >= mostTransfers)
            return;
        transfers.emplace_back().id = bounded(event.id);
        transfer = transfers.rbegin();
    }
    transfer->name = bounded(event.name);
    transfer->current = event.current;
    transfer->total = event.total;
    transfer->started = event.started;
    transfer->completed = event.completed;
}

void Steps::apply(const WarningEvent &event)
{
    if (m_warnings.size() >= mostWarnings)
        return;
    ++m_revision;
    std::string advice;
    for (const std::string &detail : event.details)
        advice += (advice.empty() ? "" : "; ") + detail;
    m_warnings.push_back(
        {"build-warning", Severity::Warning, inDockerfile(event.where), bounded(event.message), bounded(advice)});
}

void Steps::apply(const TextEvent &event)
{
    constexpr std::string_view mark = "ERROR: ";
    if (event.continues || readFinding(event.line))
        return;
    if (event.line.starts_with(mark)) {
        ++m_revision;
        m_failure.message = bounded(event.line.substr(mark.size()));
    } else if (const Location where = placeIn(event.line); where.line > 0) {
        ++m_revision;
        m_failure.where = inDockerfile(where);
    }
}

/// A dry run tells what its checks have found as text: "WARNING: RULE - https://…", what it says, and "FILE:LINE".
bool Steps::readFinding(std::string_view line)
{
    constexpr std::string_view mark = "WARNING: ", link = " - https://";
    const std::size_t rule = line.starts_with(mark) ? line.find(link) : std::string_view::npos;
    if (rule != std::string_view::npos) {
        takeFinding(); // One whose end was missing.
        const std::string_view url = line.substr(rule + 3);
        m_finding = {"build-warning",
                     Severity::Warning,
                     {},
                     bounded(line.substr(mark.size(), rule - mark.size())) + ":",
                     "See " + bounded(url)};
        return true;
    }
    if (m_finding.id.empty())
        return false;
    constexpr int mostLines = 20; // What goes on for longer is something else.
    if (line.starts_with("ERROR: ") || ++m_findingLines > mostLines) {
        takeFinding();
        return false;
    }
    const Location where = placeIn(line);
    if (where.line <= 0 && !line.empty()) {
        m_finding.message = bounded(m_finding.message + " " + std::string(line));
        return true;
    }
    m_finding.where = where.line > 0 ? inDockerfile(where) : Location();
    takeFinding();
    return true;
}

void Steps::takeFinding()
{
    if (!m_finding.id.empty() && m_warnings.size() < mostWarnings)
        m_warnings.push_back(m_finding);
    m_finding = {};
    m_findingLines = 0;
    ++m_revision;
}

void Steps::end(Time time)
{
    takeFinding();
    for (std::size_t i = 1; i < m_steps.size(); ++i) {
        Step &step = m_steps[i];
        if (step.ended())
            continue;
        if (step.state == StepState::Running) {
            step.completed = std::max(time, step.started);
            step.busy += step.completed - step.started;
        }
        step.state = StepState::Cancelled;
    }
}

std::size_t Steps::failedStep() const
{
    for (std::size_t i = 1; i < m_steps.size(); ++i) {
        if (m_steps[i].state == StepState::Failed)
            return i;
    }
    return noStep;
}

Location Steps::inDockerfile(Location where) const
{
    if (!m_dockerfile.empty() && (m_dockerfile == where.file || m_dockerfile.ends_with("/" + where.file)))
        where.file = m_dockerfile;
    return where;
}

} // namespace runner::build
