#include "build/planrun.h"

#include <algorithm>

namespace runner::build {

PlanRun::PlanRun(Queue &queue, const Tool &tool, ImagePlan plan, std::int64_t identifier, Events events)
    : m_queue(queue), m_tool(tool), m_plan(std::move(plan)), m_identifier(identifier), m_events(std::move(events)),
      m_states(m_plan.jobs.size(), JobState::Waiting), m_items(m_plan.jobs.size()), m_manifestsDone(m_plan.manifests.size())
{
    m_end.digests.resize(m_plan.jobs.size());
    m_timer.setSingleShot(true);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { end(); });
}

PlanRun::~PlanRun() = default;

void PlanRun::start()
{
    askNext();
}

void PlanRun::cancel()
{
    if (!m_cancelled)
        m_end.problems.push_back({"plan-cancelled", Severity::Error, {}, "The plan was cancelled", {}});
    m_cancelled = true;
    const std::vector<std::int64_t> items = m_items;
    for (const std::int64_t item : items) {
        if (item != 0)
            m_queue.cancel(item);
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
        m_call = std::make_unique<ToolCall>(m_tool, existsArguments(image.image), [this, image](const Answer &answer) { asked(image, answer); });
    } else if (m_end.problems.empty()) {
        m_started = true;
        queueReady();
    } else {
        m_timer.start(0);
    }
}

void PlanRun::asked(const ExternalImage &image, const Answer &answer)
{
    m_calling = false;
    if (!answer.good()) {
        std::string users;
        for (const std::string &user : image.neededBy)
            users += (users.empty() ? "" : ", ") + user;
        m_end.problems.push_back({"plan-image-missing", Severity::Error, {}, image.image + " is needed by " + users + " and is neither there nor in the plan: " + answer.reason(),
                                  "Add it to the plan, or publish it first"});
    }
    askNext();
}

bool PlanRun::isReady(const PlannedJob &job, bool &hopeless) const
{
    bool ready = true;
    for (const Need &need : job.needs) {
        hopeless = hopeless || m_states[need.job] == JobState::Failed;
        ready = ready && m_states[need.job] == JobState::Succeeded;
    }
    return ready;
}

void PlanRun::queueReady()
{
    for (std::size_t i = 0; i < m_plan.jobs.size(); ++i) {
        if (m_states[i] != JobState::Waiting)
            continue;
        bool hopeless = m_cancelled;
        const bool ready = isReady(m_plan.jobs[i], hopeless);
        if (hopeless) {
            m_states[i] = JobState::Failed; // those behind it in the plan see that
            if (!m_cancelled)
                m_end.problems.push_back({"needed-build-failed", Severity::Error, {}, m_plan.jobs[i].request.platformTag + " was not built: what it builds on failed", {}});
        } else if (ready) {
            m_states[i] = JobState::Queued;
            m_items[i] = m_queue.add(withNeeds(m_plan.jobs[i], m_plan, m_end.digests), {}, m_identifier);
        }
    }
    makeNextManifest();
}

void PlanRun::itemEnded(const QueueItem &item)
{
    const auto found = std::find(m_items.begin(), m_items.end(), item.id);
    if (found == m_items.end() || item.id == 0)
        return;
    const auto job = static_cast<std::size_t>(found - m_items.begin());
    const bool succeeded = item.end.outcome == Outcome::Succeeded;
    m_states[job] = succeeded ? JobState::Succeeded : JobState::Failed;
    m_end.digests[job] = item.end.metadata.digest;
    queueReady();
}

void PlanRun::makeNextManifest()
{
    for (std::size_t i = 0; i < m_plan.manifests.size() && !m_calling; ++i) {
        if (m_manifestsDone[i])
            continue;
        const PlannedManifest &manifest = m_plan.manifests[i];
        const auto all = [&](JobState state) {
            return std::all_of(manifest.jobs.begin(), manifest.jobs.end(), [&](std::size_t job) { return m_states[job] == state; });
        };
        const bool anyFailed = std::any_of(manifest.jobs.begin(), manifest.jobs.end(), [&](std::size_t job) { return m_states[job] == JobState::Failed; });
        m_manifestsDone[i] = anyFailed || m_cancelled || all(JobState::Succeeded);
        if (!m_manifestsDone[i] || anyFailed || m_cancelled)
            continue;
        m_calling = true;
        m_call = std::make_unique<ToolCall>(m_tool, manifestArguments(manifest, m_plan, m_end.digests),
                                            [this, manifest](const Answer &answer) { manifestAnswered(manifest, answer); });
    }
    endSoonIfDone();
}

void PlanRun::manifestAnswered(const PlannedManifest &manifest, const Answer &answer)
{
    m_calling = false;
    if (!answer.good()) {
        m_end.problems.push_back({"manifest-failed", Severity::Error, {}, "The manifest " + manifest.image + " cannot be made: " + answer.reason(), "Retry; the images for each platform are there"});
    } else {
        for (const std::string &name : {manifest.image, manifest.releaseImage}) {
            if (name.empty())
                continue;
            m_end.made.push_back(name);
            if (m_events.manifestMade)
                m_events.manifestMade(name);
        }
    }
    makeNextManifest();
}

void PlanRun::endSoonIfDone()
{
    if (m_calling)
        return;
    const bool open = std::any_of(m_states.begin(), m_states.end(), [&](JobState state) {
        return state == JobState::Queued || (state == JobState::Waiting && !m_cancelled);
    });
    const bool manifestsOpen = !m_cancelled && std::find(m_manifestsDone.begin(), m_manifestsDone.end(), false) != m_manifestsDone.end();
    if (!open && !manifestsOpen && (m_started || m_cancelled))
        m_timer.start(0);
}

void PlanRun::end()
{
    m_end.succeeded = m_end.problems.empty()
        && std::all_of(m_states.begin(), m_states.end(), [](JobState state) { return state == JobState::Succeeded; });
    const auto ended = std::exchange(m_events.ended, {});
    if (ended)
        ended(m_end); // may destroy this
}

} // namespace runner::build
