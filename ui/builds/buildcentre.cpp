#include "builds/buildcentre.h"

#include <QMetaObject>
#include <QPointer>

#include <algorithm>

namespace runner::ui {

/// Made here, used and emptied on the thread.
struct BuildCentre::Engine
{
    QObject context; ///< Receives what is posted to the thread.
    std::unique_ptr<build::History> history;
    std::unique_ptr<build::Queue> queue;
    std::unique_ptr<build::Plans> plans;
    std::optional<build::Tool> tool;
    build::HistoryFilter filter;
};

namespace {

std::optional<build::KnownBuild> known(build::History &history, const build::BuildRecord &record)
{
    const auto steps = history.steps(record.id);
    if (!steps)
        return {};
    return build::KnownBuild{record, *steps, history.dockerfileOf(record), history.contextFilesOf(record)};
}

} // namespace

bool BuildQueue::isBusy() const
{
    return std::any_of(items.begin(), items.end(), [](const build::QueueItem &item) {
        return item.state == build::QueueState::Preparing || item.state == build::QueueState::Running;
    });
}

int BuildQueue::waiting() const
{
    return static_cast<int>(std::count_if(items.begin(), items.end(), [](const build::QueueItem &item) {
        return item.state == build::QueueState::Waiting;
    }));
}

BuildCentre::BuildCentre(std::filesystem::path folder, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
    , m_engine(std::make_unique<Engine>())
{
    m_engine->context.moveToThread(&m_thread);
    m_thread.setObjectName(QStringLiteral("builds"));
    m_thread.start();
    post([this](Engine &engine) { open(engine); });
}

BuildCentre::~BuildCentre()
{
    Engine *engine = m_engine.get();
    QMetaObject::invokeMethod(&engine->context, [engine] {
        engine->plans.reset();
        engine->queue.reset();
        engine->history.reset();
        engine->context.moveToThread(nullptr);
    }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

void BuildCentre::post(std::function<void(Engine &)> work)
{
    Engine *engine = m_engine.get();
    QMetaObject::invokeMethod(&engine->context, [engine, work = std::move(work)] { work(*engine); }, Qt::QueuedConnection);
}

/// On the thread. What an earlier console left waiting is there then, and paused.
void BuildCentre::open(Engine &engine)
{
    auto opened = build::History::open(m_folder);
    if (!opened) {
        QMetaObject::invokeMethod(this, [this, problem = opened.error()] {
            m_problem = problem;
            Q_EMIT historyChanged();
        }, Qt::QueuedConnection);
        return;
    }
    engine.history = std::move(*opened);
    build::QueueOptions options;
    options.persistent = true;
    engine.queue = std::make_unique<build::Queue>(*engine.history, std::move(options), queueEvents(engine));
    engine.plans = std::make_unique<build::Plans>(*engine.queue, *engine.history, planEvents(engine));
    for (const auto &restored : {engine.queue->restore(), engine.plans->restore()}) {
        if (!restored)
            QMetaObject::invokeMethod(this, [this, problem = restored.error()] { Q_EMIT failed(problem); }, Qt::QueuedConnection);
    }
    tellQueue(engine);
    tellPlans(engine);
}

build::QueueEvents BuildCentre::queueEvents(Engine &engine)
{
    build::QueueEvents events;
    events.changed = [this, &engine](const build::QueueItem &item) {
        auto recording = engine.queue ? engine.queue->recording(item.id) : nullptr;
        QMetaObject::invokeMethod(this, [this, id = item.id, recording] {
            if (recording)
                m_recordings[id] = recording;
        }, Qt::QueuedConnection);
        tellQueue(engine);
    };
    events.news = [this](const build::QueueItem &item) {
        QMetaObject::invokeMethod(this, [this, id = item.id] { Q_EMIT news(id); }, Qt::QueuedConnection);
    };
    events.ended = [this, &engine](const build::QueueItem &item) {
        QMetaObject::invokeMethod(this, [this, id = item.id] {
            list(m_filter);
            Q_EMIT ended(id);
        }, Qt::QueuedConnection);
        engine.plans->itemEnded(item);
    };
    events.resolved = [&engine](const build::QueueItem &item) { return engine.plans->resolved(item); };
    events.idle = [this] { QMetaObject::invokeMethod(this, &BuildCentre::idle, Qt::QueuedConnection); };
    return events;
}

build::Plans::Events BuildCentre::planEvents(Engine &engine)
{
    build::Plans::Events events;
    events.changed = [this, &engine] { tellPlans(engine); };
    events.ended = [this, &engine](const build::KeptPlan &plan) {
        tellPlans(engine);
        QMetaObject::invokeMethod(this, [this, id = plan.id] { Q_EMIT planEnded(id); }, Qt::QueuedConnection);
    };
    return events;
}

/// On the thread.
void BuildCentre::tellPlans(Engine &engine)
{
    if (!engine.plans)
        return;
    QMetaObject::invokeMethod(this, [this, plans = engine.plans->list()] {
        m_plans = plans;
        Q_EMIT plansChanged();
    }, Qt::QueuedConnection);
}

/// On the thread.
void BuildCentre::tellQueue(Engine &engine)
{
    if (!engine.queue)
        return;
    BuildQueue state{engine.queue->items(), engine.queue->isPaused()};
    QMetaObject::invokeMethod(this, [this, state = std::move(state)] {
        m_queue = state;
        Q_EMIT queueChanged();
    }, Qt::QueuedConnection);
}

void BuildCentre::setTool(const build::Tool &tool)
{
    m_tool = tool;
    post([tool](Engine &engine) {
        if (!engine.queue)
            return;
        engine.queue->setTool(tool);
        engine.plans->setTool(tool);
    });
}

void BuildCentre::list(const build::HistoryFilter &filter)
{
    m_filter = filter;
    post([this, filter](Engine &engine) {
        if (!engine.history)
            return;
        auto records = engine.history->list(filter);
        QMetaObject::invokeMethod(this, [this, records = std::move(records)] {
            m_problem = records ? std::optional<Problem>() : std::optional<Problem>(records.error());
            if (records)
                m_records = *records;
            Q_EMIT historyChanged();
        }, Qt::QueuedConnection);
    });
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
    post([this, work = std::move(work)](Engine &engine) {
        if (!engine.queue)
            return;
        work(*engine.queue, *engine.plans);
        tellQueue(engine);
    });
}

const build::KeptPlan *BuildCentre::planOf(std::int64_t id) const
{
    const auto found = std::find_if(m_plans.begin(), m_plans.end(), [id](const build::KeptPlan &plan) { return plan.id == id; });
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

void BuildCentre::add(const build::Request &request)
{
    postQueue([request](build::Queue &queue, build::Plans &) { queue.add(request); });
}

void BuildCentre::cancel(std::int64_t item)
{
    postQueue([item](build::Queue &queue, build::Plans &) { queue.cancel(item); });
}

void BuildCentre::cancelAll()
{
    postQueue([](build::Queue &queue, build::Plans &) { queue.cancelAll(); });
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
    post([this, build](Engine &engine) {
        if (!engine.history)
            return;
        const auto removed = engine.history->remove(build);
        QMetaObject::invokeMethod(this, [this, removed] {
            if (!removed)
                Q_EMIT failed(removed.error());
            list(m_filter);
        }, Qt::QueuedConnection);
    });
}

void BuildCentre::read(std::int64_t build, QObject *context, const Known &done)
{
    post([this, build, context = QPointer<QObject>(context), done](Engine &engine) {
        std::optional<build::KnownBuild> result;
        if (engine.history) {
            if (const auto record = engine.history->find(build))
                result = known(*engine.history, *record);
        }
        QMetaObject::invokeMethod(this, [context, done, result = std::move(result)] {
            if (context)
                done(result);
        }, Qt::QueuedConnection);
    });
}

void BuildCentre::readBefore(const build::BuildRecord &record, QObject *context, const Known &done)
{
    build::HistoryFilter filter;
    filter.target = record.request.target;
    filter.platform = record.request.platform;
    filter.folder = record.request.folder;
    filter.outcome = build::Outcome::Succeeded;
    filter.before = record.id;
    filter.count = 1;
    post([this, filter, context = QPointer<QObject>(context), done](Engine &engine) {
        std::optional<build::KnownBuild> result;
        const auto records = engine.history ? engine.history->list(filter) : Result<std::vector<build::BuildRecord>>();
        if (records && !records->empty())
            result = known(*engine.history, records->front());
        QMetaObject::invokeMethod(this, [context, done, result = std::move(result)] {
            if (context)
                done(result);
        }, Qt::QueuedConnection);
    });
}

void BuildCentre::estimate(const build::Request &request, QObject *context, const Estimated &done)
{
    post([this, request, context = QPointer<QObject>(context), done](Engine &engine) {
        build::HistoryFilter filter;
        filter.target = request.target;
        filter.platform = request.platform;
        filter.outcome = build::Outcome::Succeeded;
        filter.count = 50;
        const auto earlier = engine.history ? engine.history->list(filter) : Result<std::vector<build::BuildRecord>>();
        const auto result = earlier ? build::estimateDuration(*earlier, request) : std::optional<build::Estimate>();
        QMetaObject::invokeMethod(this, [context, done, result] {
            if (context)
                done(result);
        }, Qt::QueuedConnection);
    });
}

} // namespace runner::ui
