// Builds that wait, run and have ended: several at a time on each builder.
#pragma once

#include "build/background.h"
#include "build/disklimit.h"
#include "build/history.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace runner::build {

enum class QueueState { Waiting, Preparing, Running, Ended };

struct QueueItem
{
    std::int64_t id = 0;
    Request request;
    std::int64_t plan = 0;
    std::vector<std::int64_t> waitsFor; ///< Items that have to succeed first.
    QueueState state = QueueState::Waiting;
    std::int64_t build = 0; ///< In the history, once it runs.
    RunEnd end;             ///< Of an ended one; before that its problems tell what could not be kept.
};

/// Told from the event loop.
struct QueueEvents
{
    std::function<void(const QueueItem &)> changed; ///< Its state, or it is new.
    std::function<void(const QueueItem &)> news;    ///< A running one's steps or log.
    std::function<void(const QueueItem &)> ended;   ///< Exactly once for each item, after changed.
    /// May be empty: what an item that is about to start asks for, in the place of its request.
    std::function<Request(const QueueItem &)> resolved = {};
    std::function<void()> idle; ///< Nothing runs, and nothing waits that could be started.
};

struct QueueOptions
{
    Tool tool;
    int jobsPerBuilder = 1;
    Patience patience = {};
    std::uint64_t diskLimit = usualGigabytes * bytesPerGigabyte; ///< For all builds' files, in bytes; 0: none.
    /// Waiting builds are kept in the history's database, so that they survive this program; those of plans are not,
    /// for who carries the plan out keeps that. Only one program at a time does so; in others the queue is theirs
    /// alone.
    bool persistent = false;
};

/// A build starts in the order of the items as soon as its builder has room and what it waits for has succeeded; where
/// that fails, it ends without having started. Needs the event loop of a thread that outlives it.
class Queue
{
public:
    Queue(History &history, QueueOptions options, QueueEvents events);
    ~Queue(); ///< Kills what runs; the history calls that interrupted.
    Queue(const Queue &) = delete;
    Queue &operator=(const Queue &) = delete;

    /// What an earlier program has left waiting is in items() then, and the queue is paused. How many.
    Result<int> restore();

    std::int64_t add(const Request &request, std::vector<std::int64_t> waitsFor = {}, std::int64_t plan = 0);
    /// Takes a waiting one out, cancels a running one (again: with more force); others are left as they are.
    void cancel(std::int64_t item);
    void cancelAll();
    /// Puts an ended item that did not succeed in the queue again, as a new one; 0 where there is no such.
    std::int64_t retry(std::int64_t item);
    /// A paused queue starts nothing; what runs goes on.
    void setPaused(bool paused);
    bool isPaused() const { return m_paused; }
    /// Whether this program is the one that keeps its queue.
    bool isPersistent() const { return m_lock.held(); }
    void setJobsPerBuilder(int jobs);
    /// What starts from now on is run with it.
    void setTool(const Tool &tool) { m_options.tool = tool; }
    /// Bytes; from the next build that ends on.
    void setDiskLimit(std::uint64_t bytes) { m_options.diskLimit = bytes; }

    /// In their order.
    std::vector<QueueItem> items() const;
    /// Null where there is no such item.
    const QueueItem *find(std::int64_t item) const;
    /// Of a running item, or of one that has ended since the queue began; else null.
    std::shared_ptr<const Recording> recording(std::int64_t item) const;

private:
    struct Entry
    {
        QueueItem item;
        std::unique_ptr<Background> preparation;
        std::shared_ptr<BuildInputs> inputs;
        std::unique_ptr<Run> run;
        std::shared_ptr<const Recording> recording;
        bool cancelled = false;
        bool requestSeen = false;
    };

    void lookForRequests();
    void startSoon();
    void startReady();
    bool hasRoom(const Entry &entry) const;
    std::optional<Problem> obstacle(const Entry &entry, bool &mustWait) const;
    void prepare(Entry &entry);
    void launch(Entry &entry);
    void runStarted(Entry &entry, const Ready &ready);
    void endWaiting(const std::string &builder, const Problem &problem);
    void endWithout(Entry &entry, Outcome outcome, const Problem &problem);
    void ended(Entry &entry, const RunEnd &end);
    void tidy(const std::filesystem::path &folder);
    void store(Entry &entry);
    void forget(std::int64_t item);
    void changed(const Entry &entry);

    History &m_history;
    QueueOptions m_options;
    QueueEvents m_events;
    FileLock m_lock; ///< Held by the program whose queue is kept.
    std::map<std::int64_t, Entry> m_entries;
    std::int64_t m_lastId = 0;
    bool m_paused = false;
    QTimer m_timer;
    QTimer m_requests; ///< Looks whether another console wants a build cancelled.
    std::map<std::int64_t, std::unique_ptr<Background>> m_tidying;
    std::int64_t m_lastTidying = 0;
};

} // namespace runner::build
