#include "builds/buildengine.h"

#include <QMetaObject>

#include <algorithm>

namespace runner::ui {

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
    QMetaObject::invokeMethod(&m_context, [this] {
        m_plans.reset();
        m_queue.reset();
        m_history.reset();
        m_context.moveToThread(nullptr);
    }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

void BuildEngine::post(std::function<void(BuildEngine &)> work)
{
    QMetaObject::invokeMethod(&m_context, [this, work = std::move(work)] { work(*this); }, Qt::QueuedConnection);
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
