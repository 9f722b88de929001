// The queue of builds, its plans and the history, on a thread of their own.
#pragma once

#include "build/plans.h"

#include <QObject>
#include <QThread>

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

private:
    void open(const std::filesystem::path &folder);
    void tellPlans();
    build::QueueEvents queueEvents();
    build::Plans::Events planEvents();

    Events m_events;
    QThread m_thread;
    QObject m_context; ///< Receives what is posted to the thread.
    std::unique_ptr<build::History> m_history;
    std::unique_ptr<build::Queue> m_queue;
    std::unique_ptr<build::Plans> m_plans;
};

} // namespace runner::ui
