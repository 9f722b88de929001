#include "builds/buildengine.h"

#include <QMetaObject>

#include <algorithm>
#include <utility>

namespace runner::ui {

namespace {

constexpr int watchMilliseconds = 1000;
constexpr int looksForTheDead = 5; ///< Every fifth look also asks whether the consoles of running builds live.

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

BuildEngine::BuildEngine(std::filesystem::path folder, Events events)
    : m_events(std::move(events))
{
    m_context.moveToThread(&m_thread);
    m_thread.setObjectName(QStringLiteral("builds"));
    m_thread.start();
    post([folder = std::move(folder)](BuildEngine &engine) { engine.open(folder); });
}

BuildEngine::~BuildEngine()
{
    QMetaObject::invokeMethod(
        &m_context,
        [this] {
            m_watch.reset();
            m_plans.reset();
            m_queue.reset();
            m_history.reset();
            m_context.moveToThread(nullptr);
        },
        Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

void BuildEngine::post(std::function<void(BuildEngine &)> work)
{
    QMetaObject::invokeMethod(
        &m_context, [this, work = std::move(work)] { work(*this); }, Qt::QueuedConnection);
}

void BuildEngine::open(const std::filesystem::path &folder)
{
    auto opened = build::History::open(folder);
    if (!opened) {
        m_events.unopened(opened.error());
        return;
    }
    m_history = std::move(*opened);
    build::QueueOptions options;
    options.persistent = true;
    m_queue = std::make_unique<build::Queue>(*m_history, std::move(options), queueEvents());
    m_plans = std::make_unique<build::Plans>(*m_queue, *m_history, planEvents());
    for (const auto &restored : {m_queue->restore(), m_plans->restore()}) {
        if (!restored)
            m_events.failed(restored.error());
    }
    tellQueue();
    tellPlans();
    m_version = m_history->version();
    m_watch = std::make_unique<QTimer>();
    m_watch->setInterval(watchMilliseconds);
    QObject::connect(m_watch.get(), &QTimer::timeout, m_watch.get(), [this] { lookAtOthers(); });
}

void BuildEngine::watch(bool on)
{
    if (!m_watch || on == m_watch->isActive())
        return;
    if (!on) {
        m_watch->stop();
        return;
    }
    m_watch->start();
    lookAtOthers();
}

void BuildEngine::lookAtOthers()
{
    int dead = 0;
    if (m_looks++ % looksForTheDead == 0)
        dead = m_history->recover().value_or(0);
    const std::int64_t version = m_history->version();
    if (dead > 0 || version != std::exchange(m_version, version))
        m_events.othersChanged();
}

void BuildEngine::endAll()
{
    if (!m_queue)
        return;
    m_ending = true;
    m_queue->setPaused(true);
    for (const build::QueueItem &item : m_queue->items()) {
        if (item.state == build::QueueState::Preparing || item.state == build::QueueState::Running)
            m_queue->cancel(item.id);
    }
    tellQueue();
}

void BuildEngine::goOn()
{
    m_ending = false;
    for (const build::QueueItem &item : std::exchange(m_untold, {}))
        m_plans->itemEnded(item);
}

build::QueueEvents BuildEngine::queueEvents()
{
    build::QueueEvents events;
    events.changed = [this](const build::QueueItem &item) {
        if (auto recording = m_queue ? m_queue->recording(item.id) : nullptr)
            m_events.recording(item.id, recording);
        tellQueue();
    };
    events.news = [this](const build::QueueItem &item) { m_events.news(item.id); };
    events.ended = [this](const build::QueueItem &item) {
        m_events.ended(item.id);
        if (m_ending)
            m_untold.push_back(item);
        else
            m_plans->itemEnded(item);
    };
    events.resolved = [this](const build::QueueItem &item) { return m_plans->resolved(item); };
    events.idle = [this] { m_events.idle(); };
    return events;
}

build::Plans::Events BuildEngine::planEvents()
{
    build::Plans::Events events;
    events.changed = [this] { tellPlans(); };
    events.ended = [this](const build::KeptPlan &plan) {
        tellPlans();
        m_events.planEnded(plan.id);
    };
    return events;
}

void BuildEngine::tellPlans()
{
    if (m_plans)
        m_events.plans(m_plans->list());
}

void BuildEngine::tellQueue()
{
    if (m_queue)
        m_events.queue({m_queue->items(), m_queue->isPaused()});
}

} // namespace runner::ui
