// The queue of builds, its plans and the history, on a thread of their own.
#pragma once

#include "build/plans.h"

#include <QObject>
#include <QThread>
#include <QTimer>

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

namespace runner::ui {

/// What the window knows of the queue: copies of its items.
struct BuildQueue
{
    std::vector<build::QueueItem> items; ///< In their order, the ended ones of this session too.
    bool paused = false;

    bool isBusy() const; ///< Something prepares or runs.
    int waiting() const;
};

class BuildEngine
{
public:
    /// Called on the engine's thread.
    struct Events
    {
        std::function<void(const Problem &)> unopened; ///< There is no history.
        std::function<void(const Problem &)> failed;
        std::function<void(const BuildQueue &)> queue;
        std::function<void(const std::vector<build::KeptPlan> &)> plans;
        std::function<void(std::int64_t item, const std::shared_ptr<const build::Recording> &)> recording;
        std::function<void(std::int64_t item)> news;
        std::function<void(std::int64_t item)> ended;
        std::function<void(std::int64_t plan)> planEnded;
        std::function<void()> idle;
        std::function<void()> othersChanged; ///< Another console has changed the history, or one has died.
    };

    /// Opens the history in that folder, on the thread. What an earlier console left waiting is there then, and paused.
    BuildEngine(std::filesystem::path folder, Events events);
    /// Kills what runs and waits for the thread; nothing is told any more.
    ~BuildEngine();
    BuildEngine(const BuildEngine &) = delete;
    BuildEngine &operator=(const BuildEngine &) = delete;

    /// Does that on the thread, in the order of the calls.
    void post(std::function<void(BuildEngine &)> work);

    // On the thread. Null where the history could not be opened.
    build::History *history() const { return m_history.get(); }
    build::Queue *queue() const { return m_queue.get(); }
    build::Plans *plans() const { return m_plans.get(); }
    void tellQueue();
    /// Looks every second whether another console has changed the history, and now; or no more.
    void watch(bool on);
    /// Cancels what runs, and starts nothing more. Plans are not told how their builds end: they stay as they are kept
    /// and go on the next time; goOn() tells them after all.
    void endAll();
    void goOn();

private:
    void open(const std::filesystem::path &folder);
    void tellPlans();
    void lookAtOthers();
    build::QueueEvents queueEvents();
    build::Plans::Events planEvents();

    Events m_events;
    QThread m_thread;
    QObject m_context; ///< Receives what is posted to the thread.
    std::unique_ptr<build::History> m_history;
    std::unique_ptr<build::Queue> m_queue;
    std::unique_ptr<build::Plans> m_plans;
    std::unique_ptr<QTimer> m_watch;
    std::int64_t m_version = 0; ///< Of the history.
    int m_looks = 0;
    bool m_ending = false;
    std::vector<build::QueueItem> m_untold; ///< Ended since endAll().
};

} // namespace runner::ui
