#include "build/planrun.h"

#include <algorithm>
#include <utility>

namespace runner::build {

PlanRun::PlanRun(Queue &queue, Tool tool, ImagePlan plan, std::int64_t identifier, Events events, PlanProgress progress)
    : m_queue(queue)
    , m_tool(std::move(tool))
    , m_plan(std::move(plan))
    , m_identifier(identifier)
    , m_events(std::move(events))
    , m_progress(std::move(progress))
    , m_items(m_plan.jobs.size())
{
    m_timer.setSingleShot(true);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { end(); });
}

PlanRun::~PlanRun() = default;

void PlanRun::start()
{
    m_started = true;
    if (m_progress.begun)
        queueAll();
    else
        askNext();
}

void PlanRun::setTool(const Tool &tool)
{
    m_tool = tool;
    if (m_started && m_progress.begun)
        makeNextManifest();
}

void PlanRun::cancel()
{
    if (!m_cancelled)
        m_progress.problems.push_back({"plan-cancelled",
                                       Severity::Error,
                                       {},
                                       m_plan.jobs.size() == 1 ? "The build was cancelled" : "The plan was cancelled",
                                       {}});
    m_cancelled = true;
    const std::vector<std::int64_t> items = m_items;
    // From the end, so that nothing ends for what it waited for.
    for (auto item = items.rbegin(); item != items.rend(); ++item) {
        if (*item != 0)
            m_queue.cancel(*item);
    }
    if (m_calling)
        m_call->interrupt();
    endSoonIfDone();
}

void PlanRun::askNext()
{
    if (m_cancelled) {
        endSoonIfDone();
    } else if (m_asked < m_plan.externals.size()) {
        const ExternalImage &image = m_plan.externals[m_asked++];
        m_calling = true;
        m_call = std::make_unique<ToolCall>(m_tool, existsArguments(image.image),
                                            [this, image](const Answer &answer) { asked(image, answer); });
    } else if (m_progress.problems.empty()) {
        m_progress.begun = true;
        queueAll();
    } else {
        m_timer.start(0);
    }
}

void PlanRun::asked(const ExternalImage &image, const Answer &answer)
{
    m_calling = false;
    const char *missing = "plan-image-missing";
    // What else it says may be about the image's registry, which is not docker's daemon.
    if (const Problem reason = explainError(answer.errors, missing); !answer.good() && reason.id == "buildx-missing") {
        m_progress.problems.push_back(reason); // Nothing can be asked.
        m_asked = m_plan.externals.size();
    } else if (!answer.good()) {
        std::string users;
        for (const std::string &user : image.neededBy)
            users += (users.empty() ? "" : ", ") + user;
        m_progress.problems.push_back(
            {missing,
             Severity::Error,
             {},
             image.image + " is needed by " + users + " and is neither there nor in the plan: " + answer.reason(),
             "Add it to the plan, or publish it first"});
    }
    askNext();
}

void PlanRun::queueAll()
{
    for (std::size_t i = 0; i < m_plan.jobs.size(); ++i) {
        const PlannedJob &job = m_plan.jobs[i];
        if (m_progress.jobs[i] != JobState::Open)
            continue;
        std::vector<std::int64_t> waitsFor;
        for (const Need &need : job.needs) {
            if (m_items[need.job] != 0)
                waitsFor.push_back(m_items[need.job]);
        }
        if (isHopeless(job)) // those behind it in the plan see that
            m_progress.jobs[i] = JobState::Failed;
        else
            m_items[i] = m_queue.add(job.request, std::move(waitsFor), m_identifier);
    }
    changed();
    makeNextManifest();
}

bool PlanRun::isHopeless(const PlannedJob &job) const
{
    return std::any_of(job.needs.begin(), job.needs.end(),
                       [&](const Need &need) { return m_progress.jobs[need.job] == JobState::Failed; });
}

std::optional<std::size_t> PlanRun::jobOf(const QueueItem &item) const
{
    const auto found = std::find(m_items.begin(), m_items.end(), item.id);
    if (found == m_items.end() || item.id == 0)
        return {};
    return static_cast<std::size_t>(found - m_items.begin());
}

Request PlanRun::resolved(const QueueItem &item) const
{
    const auto job = jobOf(item);
    return job ? withNeeds(m_plan.jobs[*job], m_plan, m_progress.digests) : item.request;
}

void PlanRun::itemEnded(const QueueItem &item)
{
    const auto job = jobOf(item);
    if (!job)
        return;
    m_progress.jobs[*job] = item.end.outcome == Outcome::Succeeded ? JobState::Succeeded : JobState::Failed;
    m_progress.digests[*job] = item.end.metadata.digest;
    changed();
    makeNextManifest();
}

void PlanRun::makeNextManifest()
{
    for (std::size_t i = 0; i < m_plan.manifests.size() && !m_calling; ++i) {
        if (m_progress.manifests[i])
            continue;
        const PlannedManifest &manifest = m_plan.manifests[i];
        const auto all = [&](JobState state) {
            return std::all_of(manifest.jobs.begin(), manifest.jobs.end(),
                               [&](std::size_t job) { return m_progress.jobs[job] == state; });
        };
        const bool anyFailed = std::any_of(manifest.jobs.begin(), manifest.jobs.end(),
                                           [&](std::size_t job) { return m_progress.jobs[job] == JobState::Failed; });
        m_progress.manifests[i] = anyFailed || m_cancelled;
        if (anyFailed && !m_cancelled)
            m_progress.problems.push_back(
                {"manifest-not-made",
                 Severity::Error,
                 {},
                 "The manifest " + manifest.image + " was not made, for want of an image that failed",
                 "Carry the plan out again: what succeeded comes from the cache"});
        if (m_progress.manifests[i] || !all(JobState::Succeeded) || m_tool.program.empty())
            continue;
        m_calling = true;
        m_call = std::make_unique<ToolCall>(m_tool, manifestArguments(manifest, m_plan, m_progress.digests),
                                            [this, i](const Answer &answer) {
                                                m_progress.manifests[i] = true;
                                                manifestAnswered(m_plan.manifests[i], answer);
                                            });
    }
    endSoonIfDone();
}

void PlanRun::manifestAnswered(const PlannedManifest &manifest, const Answer &answer)
{
    m_calling = false;
    if (!answer.good()) {
        m_progress.problems.push_back({"manifest-failed",
                                       Severity::Error,
                                       {},
                                       "The manifest " + manifest.image + " cannot be made: " + answer.reason(),
                                       "Retry; the images for each platform are there"});
    } else {
        for (const std::string &name : {manifest.image, manifest.releaseImage}) {
            if (name.empty())
                continue;
            m_progress.made.push_back(name);
            if (m_events.manifestMade)
                m_events.manifestMade(name);
        }
    }
    changed();
    makeNextManifest();
}

void PlanRun::changed()
{
    if (m_events.changed)
        m_events.changed(m_progress);
}

void PlanRun::endSoonIfDone()
{
    if (m_calling)
        return;
    bool open = false;
    for (std::size_t i = 0; i < m_items.size(); ++i)
        open = open || (m_progress.jobs[i] == JobState::Open && (m_items[i] != 0 || !m_cancelled));
    const bool manifestsOpen =
        !m_cancelled
        && std::find(m_progress.manifests.begin(), m_progress.manifests.end(), false) != m_progress.manifests.end();
    if (!open && !manifestsOpen && (m_progress.begun || m_cancelled))
        m_timer.start(0);
}

void PlanRun::end()
{
    std::replace(m_progress.jobs.begin(), m_progress.jobs.end(), JobState::Open,
                 JobState::Failed); // cancelled before they were queued
    m_progress.ended = true;
    m_progress.succeeded = m_progress.problems.empty()
                           && std::all_of(m_progress.jobs.begin(), m_progress.jobs.end(),
                                          [](JobState state) { return state == JobState::Succeeded; });
    changed();
    const auto ended = std::exchange(m_events.ended, {});
    if (ended)
        ended(m_progress); // may destroy this
}

} // namespace runner::build
