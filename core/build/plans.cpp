#include "build/plans.h"

#include "build/database.h"
#include "build/planjson.h"

namespace runner::build {

Plans::Plans(Queue &queue, History &history, Events events)
    : m_queue(queue)
    , m_history(history)
    , m_events(std::move(events))
{
}

Plans::~Plans() = default;

Result<int> Plans::restore()
{
    int open = 0;
    if (!m_queue.isPersistent())
        return open;
    const auto read = m_history.database().run(
        QStringLiteral("SELECT id, plan, progress FROM plans ORDER BY id"), {}, [&](const QSqlQuery &row) {
            auto plan = planFromJson(row.value(1).toString().toStdString());
            if (!plan)
                return;
            auto progress = progressFromJson(row.value(2).toString().toStdString(), *plan);
            if (!progress)
                return;
            Entry &entry = m_entries[row.value(0).toLongLong()];
            entry.kept = {row.value(0).toLongLong(), std::make_shared<const ImagePlan>(std::move(*plan)),
                          std::move(*progress)};
        });
    if (!read)
        return tl::unexpected(read.error());
    for (auto &[id, entry] : m_entries) {
        if (entry.kept.progress.ended)
            continue;
        ++open;
        m_queue.setPaused(true);
        carryOut(entry);
    }
    return open;
}

void Plans::setTool(const Tool &tool)
{
    m_tool = tool;
    for (auto &[id, entry] : m_entries) {
        if (entry.run)
            entry.run->setTool(tool);
        startIfPossible(entry);
    }
}

std::int64_t Plans::add(ImagePlan plan)
{
    std::int64_t id = currentTime();
    while (m_entries.contains(id))
        ++id;
    Entry &entry = m_entries[id];
    entry.kept.id = id;
    entry.kept.progress = PlanProgress::of(plan);
    entry.kept.plan = std::make_shared<const ImagePlan>(std::move(plan));
    store(entry);
    carryOut(entry);
    return id;
}

void Plans::carryOut(Entry &entry)
{
    PlanRun::Events events;
    events.changed = [this, &entry](const PlanProgress &progress) { changed(entry, progress); };
    events.ended = [this, &entry](const PlanProgress &) {
        entry.run.reset(); // this is called from it, which it allows
        if (m_events.ended)
            m_events.ended(KeptPlan(entry.kept));
    };
    entry.run = std::make_unique<PlanRun>(m_queue, m_tool.value_or(Tool()), *entry.kept.plan, entry.kept.id,
                                          std::move(events), entry.kept.progress);
    startIfPossible(entry);
    if (m_events.changed)
        m_events.changed();
}

/// One that has begun asks for nothing more, so its jobs can stand in the queue already.
void Plans::startIfPossible(Entry &entry)
{
    if (entry.run && !entry.run->isStarted() && (m_tool || entry.kept.progress.begun))
        entry.run->start();
}

void Plans::cancel(std::int64_t plan)
{
    const auto found = m_entries.find(plan);
    if (found != m_entries.end() && found->second.run)
        found->second.run->cancel();
}

bool Plans::retry(std::int64_t plan)
{
    const auto found = m_entries.find(plan);
    if (found == m_entries.end() || found->second.run || found->second.kept.progress.succeeded)
        return false;
    found->second.kept.progress = found->second.kept.progress.again();
    store(found->second);
    carryOut(found->second);
    return true;
}

void Plans::forget(std::int64_t plan)
{
    const auto found = m_entries.find(plan);
    if (found == m_entries.end() || found->second.run)
        return;
    m_entries.erase(found);
    if (m_queue.isPersistent())
        m_history.database().run(QStringLiteral("DELETE FROM plans WHERE id = ?"), {qlonglong(plan)});
    if (m_events.changed)
        m_events.changed();
}

std::vector<KeptPlan> Plans::list() const
{
    std::vector<KeptPlan> plans;
    for (const auto &[id, entry] : m_entries)
        plans.push_back(entry.kept);
    return plans;
}

void Plans::itemEnded(const QueueItem &item)
{
    if (const auto found = m_entries.find(item.plan); found != m_entries.end() && found->second.run)
        found->second.run->itemEnded(item);
}

Request Plans::resolved(const QueueItem &item) const
{
    const auto found = m_entries.find(item.plan);
    return found != m_entries.end() && found->second.run ? found->second.run->resolved(item) : item.request;
}

void Plans::changed(Entry &entry, const PlanProgress &progress)
{
    entry.kept.progress = progress;
    store(entry);
    if (m_events.changed)
        m_events.changed();
}

void Plans::store(const Entry &entry)
{
    if (m_queue.isPersistent())
        m_history.database().run(QStringLiteral("INSERT OR REPLACE INTO plans (id, plan, progress) VALUES (?, ?, ?)"),
                                 {qlonglong(entry.kept.id), QString::fromStdString(toJson(*entry.kept.plan)),
                                  QString::fromStdString(toJson(entry.kept.progress))});
}

} // namespace runner::build
