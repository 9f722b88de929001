#include "build/queue.h"

#include "build/database.h"
#include "build/requestjson.h"

#include <QStringList>

#include <algorithm>

namespace runner::build {

namespace {

QString joined(const std::vector<std::int64_t> &ids)
{
    QStringList list;
    for (const std::int64_t id : ids)
        list.append(QString::number(id));
    return QLatin1String("") + list.join(u','); // never null
}

std::vector<std::int64_t> split(const QString &text)
{
    std::vector<std::int64_t> ids;
    for (const QString &id : text.split(u',', Qt::SkipEmptyParts))
        ids.push_back(id.toLongLong());
    return ids;
}

constexpr std::chrono::milliseconds requestInterval{500};

bool isBusy(QueueState state)
{
    return state == QueueState::Preparing || state == QueueState::Running;
}

} // namespace

Queue::Queue(History &history, QueueOptions options, QueueEvents events)
    : m_history(history)
    , m_options(std::move(options))
    , m_events(std::move(events))
{
    if (m_options.persistent)
        m_lock = FileLock::tryLock(m_history.folder() / "queue.lock");
    if (m_lock.held())
        m_history.database().run(QStringLiteral("SELECT COALESCE(MAX(id), 0) FROM queue"), {},
                                 [this](const QSqlQuery &row) { m_lastId = row.value(0).toLongLong(); });
    m_timer.setSingleShot(true);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { startReady(); });
    QObject::connect(&m_requests, &QTimer::timeout, &m_requests, [this] { lookForRequests(); });
    m_requests.start(requestInterval);
}

Queue::~Queue() = default;

Result<int> Queue::restore()
{
    int restored = 0;
    if (!m_lock.held())
        return restored;
    const auto read = m_history.database().run(
        QStringLiteral("SELECT id, plan, request, waits_for FROM queue ORDER BY id"), {}, [&](const QSqlQuery &row) {
            const auto request = requestFromJson(row.value(2).toString().toStdString());
            if (!request)
                return;
            Entry &entry = m_entries[row.value(0).toLongLong()];
            entry.item.id = row.value(0).toLongLong();
            entry.item.plan = row.value(1).toLongLong();
            entry.item.request = *request;
            entry.item.waitsFor = split(row.value(3).toString());
            m_lastId = std::max(m_lastId, entry.item.id);
            ++restored;
        });
    if (!read)
        return tl::unexpected(read.error());
    m_paused = m_paused || restored > 0;
    return restored;
}

std::int64_t Queue::add(const Request &request, std::vector<std::int64_t> waitsFor, std::int64_t plan)
{
    Entry &entry = m_entries[++m_lastId];
    entry.item.id = m_lastId;
    entry.item.request = request;
    entry.item.waitsFor = std::move(waitsFor);
    entry.item.plan = plan;
    store(entry);
    changed(entry);
    startSoon();
    return m_lastId;
}

void Queue::cancel(std::int64_t item)
{
    const auto found = m_entries.find(item);
    if (found == m_entries.end() || found->second.item.state == QueueState::Ended)
        return;
    Entry &entry = found->second;
    entry.cancelled = true;
    if (entry.run)
        entry.run->cancel();
    else if (entry.item.state == QueueState::Waiting)
        endWithout(entry, Outcome::Cancelled,
                   {"build-cancelled", Severity::Note, {}, "The build was taken out of the queue", {}});
}

void Queue::cancelAll()
{
    std::vector<std::int64_t> ids;
    for (const auto &[id, entry] : m_entries)
        ids.push_back(id);
    // What waits first, so that nothing starts in the place of what is cancelled.
    std::stable_partition(ids.begin(), ids.end(),
                          [&](std::int64_t id) { return m_entries.at(id).item.state == QueueState::Waiting; });
    for (const std::int64_t id : ids)
        cancel(id);
}

std::int64_t Queue::retry(std::int64_t item)
{
    const auto found = m_entries.find(item);
    if (found == m_entries.end() || found->second.item.state != QueueState::Ended
        || found->second.item.end.outcome == Outcome::Succeeded)
        return 0;
    const QueueItem old = found->second.item;
    return add(old.request, old.waitsFor, old.plan);
}

void Queue::setPaused(bool paused)
{
    m_paused = paused;
    startSoon();
}

void Queue::setJobsPerBuilder(int jobs)
{
    m_options.jobsPerBuilder = std::max(jobs, 1);
    startSoon();
}

std::vector<QueueItem> Queue::items() const
{
    std::vector<QueueItem> items;
    for (const auto &[id, entry] : m_entries)
        items.push_back(entry.item);
    return items;
}

const QueueItem *Queue::find(std::int64_t item) const
{
    const auto found = m_entries.find(item);
    return found == m_entries.end() ? nullptr : &found->second.item;
}

std::shared_ptr<const Recording> Queue::recording(std::int64_t item) const
{
    const auto found = m_entries.find(item);
    return found == m_entries.end() ? nullptr : found->second.recording;
}

void Queue::lookForRequests()
{
    for (auto &[id, entry] : m_entries) {
        if (!entry.run || entry.requestSeen || !m_history.cancelRequested(entry.item.build))
            continue;
        entry.requestSeen = true;
        cancel(id);
    }
}

void Queue::startSoon()
{
    m_timer.start(0);
}

void Queue::startReady()
{
    bool anyBusy = false;
    bool anyWaiting = false;
    for (auto &[id, entry] : m_entries) {
        if (entry.item.state == QueueState::Waiting) {
            bool mustWait = false;
            if (const auto problem = obstacle(entry, mustWait))
                endWithout(entry, Outcome::CouldNotStart, *problem);
            else if (!mustWait && !m_paused && hasRoom(entry))
                prepare(entry);
            else
                anyWaiting = anyWaiting || !m_paused;
        }
        anyBusy = anyBusy || isBusy(entry.item.state);
    }
    if (!anyBusy && !anyWaiting && m_events.idle)
        m_events.idle();
}

bool Queue::hasRoom(const Entry &entry) const
{
    const auto busy = std::count_if(m_entries.begin(), m_entries.end(), [&](const auto &other) {
        return isBusy(other.second.item.state) && other.second.item.request.builder == entry.item.request.builder;
    });
    return busy < m_options.jobsPerBuilder;
}

std::optional<Problem> Queue::obstacle(const Entry &entry, bool &mustWait) const
{
    for (const std::int64_t id : entry.item.waitsFor) {
        const QueueItem *needed = find(id);
        if (!needed)
            continue; // ended before this program began
        if (needed->state != QueueState::Ended)
            mustWait = true;
        else if (needed->end.outcome != Outcome::Succeeded)
            return Problem{"needed-build-failed",
                           Severity::Error,
                           {},
                           "It needs " + needed->request.platformTag + ", which " + howItEnded(needed->end.outcome),
                           "Retry that one first"};
    }
    return {};
}

void Queue::prepare(Entry &entry)
{
    entry.item.state = QueueState::Preparing;
    if (m_events.resolved)
        entry.item.request = m_events.resolved(entry.item);
    entry.inputs = std::make_shared<BuildInputs>();
    entry.preparation = std::make_unique<Background>(
        [inputs = entry.inputs, request = entry.item.request] { *inputs = readInputs(request); },
        [this, id = entry.item.id] { launch(m_entries.at(id)); });
    changed(entry);
}

void Queue::launch(Entry &entry)
{
    if (entry.cancelled) {
        endWithout(entry, Outcome::Cancelled,
                   {"build-cancelled", Severity::Note, {}, "The build was cancelled before it started", {}});
        return;
    }
    const auto record = m_history.begin(entry.item.request, *entry.inputs, entry.item.plan);
    entry.inputs.reset();
    if (!record) {
        endWithout(entry, Outcome::CouldNotStart, record.error());
        return;
    }
    forget(entry.item.id);
    entry.item.state = QueueState::Running;
    entry.item.build = record->id;
    entry.run =
        std::make_unique<Run>(entry.item.request, Run::Options{m_options.tool, record->folder, m_options.patience},
                              Run::Events{[this, &entry](const Ready &ready) { runStarted(entry, ready); },
                                          [this, &entry] {
                                              if (m_events.news)
                                                  m_events.news(entry.item);
                                          },
                                          [this, &entry](const RunEnd &end) { ended(entry, end); }});
    changed(entry);
    entry.run->start();
}

void Queue::runStarted(Entry &entry, const Ready &ready)
{
    entry.recording = entry.run->recording();
    entry.item.request.builder = ready.request.builder;
    if (const auto kept = m_history.started(entry.item.build, entry.run->request()); !kept)
        entry.item.end.problems.push_back(kept.error());
    changed(entry);
}

void Queue::endWithout(Entry &entry, Outcome outcome, const Problem &problem)
{
    forget(entry.item.id);
    entry.item.state = QueueState::Ended;
    entry.item.end.outcome = outcome;
    entry.item.end.problems = {problem};
    entry.item.end.ended = currentTime();
    changed(entry);
    if (m_events.ended)
        m_events.ended(entry.item);
    startSoon();
}

void Queue::ended(Entry &entry, const RunEnd &end)
{
    entry.item.state = QueueState::Ended;
    entry.item.end = end;
    if (const auto kept = m_history.end(entry.item.build, end, entry.recording.get()); !kept)
        entry.item.end.problems.push_back(kept.error());
    if (entry.recording)
        tidy(m_history.folder() / "builds" / std::to_string(entry.item.build));
    entry.run.reset(); // This is called from it, which it allows.
    changed(entry);
    const Problems problems = entry.item.end.problems;
    const std::string builder = entry.item.request.builder;
    if (m_events.ended)
        m_events.ended(entry.item);
    if (!m_paused && !problems.empty() && problems.front().id == "daemon-unreachable")
        endWaiting(builder, problems.front());
    startSoon();
}

// To ask a daemon that gives no answer takes long each time.
void Queue::endWaiting(const std::string &builder, const Problem &problem)
{
    std::vector<std::int64_t> ids;
    for (const auto &[id, entry] : m_entries) {
        if (entry.item.state == QueueState::Waiting && entry.item.request.builder == builder)
            ids.push_back(id);
    }
    for (const std::int64_t id : ids) {
        if (Entry &entry = m_entries.at(id); entry.item.state == QueueState::Waiting)
            endWithout(entry, Outcome::CouldNotStart, problem);
    }
}

// Compressing and counting what is on the disk take their time.
void Queue::tidy(const std::filesystem::path &folder)
{
    const std::int64_t number = ++m_lastTidying;
    m_tidying[number] = std::make_unique<Background>(
        [folder, all = m_history.folder(), limit = m_options.diskLimit] {
            if (!compressRecording(folder)) // the plain stream stays then
                return;
            const auto history = limit > 0 ? History::open(all) : Result<std::unique_ptr<History>>(nullptr);
            if (history && *history)
                (*history)->limitDisk(limit);
        },
        [this, number] { m_tidying.erase(number); });
}

void Queue::store(Entry &entry)
{
    if (!m_lock.held() || entry.item.plan != 0)
        return;
    const auto kept =
        m_history.database().run(QStringLiteral("INSERT INTO queue (id, plan, request, waits_for) VALUES (?, ?, ?, ?)"),
                                 {qlonglong(entry.item.id), qlonglong(entry.item.plan),
                                  QString::fromStdString(toJson(entry.item.request)), joined(entry.item.waitsFor)});
    if (!kept)
        entry.item.end.problems.push_back(kept.error());
}

void Queue::forget(std::int64_t item)
{
    if (m_lock.held())
        m_history.database().run(QStringLiteral("DELETE FROM queue WHERE id = ?"), {qlonglong(item)});
}

void Queue::changed(const Entry &entry)
{
    if (m_events.changed)
        m_events.changed(entry.item);
}

} // namespace runner::build
