#include "builds/buildcentre.h"

#include <QMetaObject>
#include <QPointer>

#include <algorithm>

namespace runner::ui {

namespace {

std::optional<build::KnownBuild> known(build::History &history, const build::BuildRecord &record)
{
    const auto steps = history.steps(record.id);
    if (!steps)
        return {};
    return build::KnownBuild{record, *steps, history.dockerfileOf(record), history.contextFilesOf(record)};
}

} // namespace

BuildCentre::BuildCentre(std::filesystem::path folder, QObject *parent)
    : QObject(parent)
    , m_engine(std::make_unique<BuildEngine>(std::move(folder), events()))
{
}

BuildCentre::~BuildCentre() = default;

/// What the engine tells on its thread is taken over in the own one, in the same order.
BuildEngine::Events BuildCentre::events()
{
    BuildEngine::Events events;
    events.unopened = [this](const Problem &problem) {
        later([this, problem] {
            m_problem = problem;
            Q_EMIT historyChanged();
        });
    };
    events.failed = [this](const Problem &problem) { later([this, problem] { Q_EMIT failed(problem); }); };
    events.queue = [this](const BuildQueue &queue) {
        later([this, queue] {
            m_queue = queue;
            Q_EMIT queueChanged();
        });
    };
    events.plans = [this](const std::vector<build::KeptPlan> &plans) {
        later([this, plans] {
            m_plans = plans;
            Q_EMIT plansChanged();
        });
    };
    events.recording = [this](std::int64_t item, const std::shared_ptr<const build::Recording> &recording) {
        later([this, item, recording] { m_recordings[item] = recording; });
    };
    events.news = [this](std::int64_t item) { later([this, item] { Q_EMIT news(item); }); };
    events.ended = [this](std::int64_t item) {
        later([this, item] {
            list(m_filter);
            Q_EMIT ended(item);
        });
    };
    events.planEnded = [this](std::int64_t plan) { later([this, plan] { Q_EMIT planEnded(plan); }); };
    events.idle = [this] { later([this] { Q_EMIT idle(); }); };
    events.othersChanged = [this] { later([this] { list(m_filter); }); };
    return events;
}

void BuildCentre::later(std::function<void()> work)
{
    QMetaObject::invokeMethod(this, std::move(work), Qt::QueuedConnection);
}

void BuildCentre::setTool(const build::Tool &tool)
{
    m_tool = tool;
    m_engine->post([tool](BuildEngine &engine) {
        if (!engine.queue())
            return;
        engine.queue()->setTool(tool);
        engine.plans()->setTool(tool);
    });
}

void BuildCentre::list(const build::HistoryFilter &filter)
{
    m_filter = filter;
    m_engine->post([this, filter](BuildEngine &engine) {
        if (!engine.history())
            return;
        auto records = engine.history()->list(filter);
        later([this, records = std::move(records)] {
            m_problem = records ? std::optional<Problem>() : std::optional<Problem>(records.error());
            if (records)
                m_records = *records;
            Q_EMIT historyChanged();
        });
    });
}

void BuildCentre::setWatched(bool watched)
{
    m_engine->post([watched](BuildEngine &engine) { engine.watch(watched); });
}

const build::QueueItem *BuildCentre::itemOf(std::int64_t build) const
{
    const auto found = std::find_if(m_queue.items.begin(), m_queue.items.end(),
                                    [build](const build::QueueItem &item) { return item.build == build; });
    return found == m_queue.items.end() ? nullptr : &*found;
}

std::shared_ptr<const build::Recording> BuildCentre::recordingOf(std::int64_t item) const
{
    const auto found = m_recordings.find(item);
    return found == m_recordings.end() ? nullptr : found->second;
}

void BuildCentre::postQueue(std::function<void(build::Queue &, build::Plans &)> work)
{
    m_engine->post([work = std::move(work)](BuildEngine &engine) {
        if (!engine.queue())
            return;
        work(*engine.queue(), *engine.plans());
        engine.tellQueue();
    });
}

const build::KeptPlan *BuildCentre::planOf(std::int64_t id) const
{
    const auto found =
        std::find_if(m_plans.begin(), m_plans.end(), [id](const build::KeptPlan &plan) { return plan.id == id; });
    return found == m_plans.end() ? nullptr : &*found;
}

void BuildCentre::addPlan(const build::ImagePlan &plan)
{
    postQueue([plan](build::Queue &, build::Plans &plans) { plans.add(plan); });
}

void BuildCentre::cancelPlan(std::int64_t id)
{
    postQueue([id](build::Queue &, build::Plans &plans) { plans.cancel(id); });
}

void BuildCentre::retryPlan(std::int64_t id)
{
    postQueue([id](build::Queue &, build::Plans &plans) { plans.retry(id); });
}

void BuildCentre::forgetPlan(std::int64_t id)
{
    postQueue([id](build::Queue &, build::Plans &plans) { plans.forget(id); });
}

void BuildCentre::putAwayPlan(std::int64_t id)
{
    m_putAway.insert(id);
    forgetPlan(id);
}

void BuildCentre::add(const build::Request &request)
{
    postQueue([request](build::Queue &queue, build::Plans &) { queue.add(request); });
}

void BuildCentre::cancel(std::int64_t item)
{
    postQueue([item](build::Queue &queue, build::Plans &) { queue.cancel(item); });
}

void BuildCentre::requestCancel(std::int64_t build)
{
    m_engine->post([this, build](BuildEngine &engine) {
        if (!engine.history())
            return;
        if (const auto asked = engine.history()->requestCancel(build); !asked)
            later([this, problem = asked.error()] { Q_EMIT failed(problem); });
    });
}

void BuildCentre::cancelAll()
{
    postQueue([](build::Queue &queue, build::Plans &) { queue.cancelAll(); });
}

void BuildCentre::endAll()
{
    m_engine->post([](BuildEngine &engine) { engine.endAll(); });
}

void BuildCentre::goOn()
{
    m_engine->post([](BuildEngine &engine) { engine.goOn(); });
}

void BuildCentre::setPaused(bool paused)
{
    postQueue([paused](build::Queue &queue, build::Plans &) { queue.setPaused(paused); });
}

void BuildCentre::setJobsPerBuilder(int jobs)
{
    postQueue([jobs](build::Queue &queue, build::Plans &) { queue.setJobsPerBuilder(jobs); });
}

void BuildCentre::setDiskLimit(std::uint64_t bytes)
{
    postQueue([bytes](build::Queue &queue, build::Plans &) { queue.setDiskLimit(bytes); });
}

void BuildCentre::remove(std::int64_t build)
{
    m_engine->post([this, build](BuildEngine &engine) {
        if (!engine.history())
            return;
        const auto removed = engine.history()->remove(build);
        later([this, removed, build] {
            if (!removed)
                Q_EMIT failed(removed.error());
            else
                Q_EMIT this->removed(build);
            list(m_filter);
        });
    });
}

void BuildCentre::read(std::int64_t build, QObject *context, const Known &done)
{
    m_engine->post([this, build, context = QPointer<QObject>(context), done](BuildEngine &engine) {
        std::optional<build::KnownBuild> result;
        if (engine.history()) {
            if (const auto record = engine.history()->find(build))
                result = known(*engine.history(), *record);
        }
        later([context, done, result = std::move(result)] {
            if (context)
                done(result);
        });
    });
}

void BuildCentre::readBefore(const build::BuildRecord &record, QObject *context, const Known &done)
{
    m_engine->post(
        [this, filter = build::successBefore(record), context = QPointer<QObject>(context), done](BuildEngine &engine) {
            std::optional<build::KnownBuild> result;
            const auto records =
                engine.history() ? engine.history()->list(filter) : Result<std::vector<build::BuildRecord>>();
            if (records && !records->empty())
                result = known(*engine.history(), records->front());
            later([context, done, result = std::move(result)] {
                if (context)
                    done(result);
            });
        });
}

void BuildCentre::readExpectedSteps(const build::BuildRecord &record, QObject *context, const Expected &done)
{
    m_engine->post([this, record, context = QPointer<QObject>(context), done](BuildEngine &engine) {
        auto steps =
            engine.history() ? build::expectedSteps(*engine.history(), record) : std::vector<build::StepRecord>();
        later([context, done, steps = std::move(steps)] {
            if (context)
                done(steps);
        });
    });
}

void BuildCentre::estimate(const std::vector<build::Request> &requests, QObject *context, const Estimated &done,
                           std::int64_t before)
{
    m_engine->post([this, requests, before, context = QPointer<QObject>(context), done](BuildEngine &engine) {
        std::vector<std::optional<build::Estimate>> estimates;
        estimates.reserve(requests.size());
        for (const build::Request &request : requests)
            estimates.push_back(engine.history() ? build::estimateDuration(*engine.history(), request, before)
                                                 : std::optional<build::Estimate>());
        later([context, done, estimates = std::move(estimates)] {
            if (context)
                done(estimates);
        });
    });
}

} // namespace runner::ui
