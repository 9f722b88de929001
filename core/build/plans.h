// All plans of a console: kept in the history's database from their start until they are put away.
#pragma once

#include "build/planrun.h"

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace runner::build {

struct KeptPlan
{
    std::int64_t id = 0; ///< Its builds in the history have it; later plans have a higher one.
    std::shared_ptr<const ImagePlan> plan;
    PlanProgress progress;
};

/// Carries plans out side by side on one queue, whose program keeps them: another one goes on with them. Call
/// itemEnded() and resolved() from the queue's events. Needs the event loop of the queue's thread.
class Plans
{
public:
    struct Events
    {
        std::function<void()> changed;               ///< list() is another.
        std::function<void(const KeptPlan &)> ended; ///< Exactly once for each that was carried out.
    };

    /// Both must outlive it.
    Plans(Queue &queue, History &history, Events events);
    ~Plans();
    Plans(const Plans &) = delete;
    Plans &operator=(const Plans &) = delete;

    /// What an earlier program has left: jobs that have not ended are in the queue again, and that is paused. How many
    /// plans are not ended. Errors: those of Database; plans that cannot be read are left out.
    Result<int> restore();
    /// Images that a plan needs are asked for, and manifests made, with it; until it is there, nothing begins.
    void setTool(const Tool &tool);
    std::int64_t add(ImagePlan plan);
    void cancel(std::int64_t plan);
    /// Builds what has failed of an ended plan, then makes its manifests. Whether there was such a plan.
    bool retry(std::int64_t plan);
    /// Puts an ended plan away; its builds stay in the history.
    void forget(std::int64_t plan);

    /// In the order they were made.
    std::vector<KeptPlan> list() const;

    void itemEnded(const QueueItem &item);
    Request resolved(const QueueItem &item) const;

private:
    struct Entry
    {
        KeptPlan kept;
        std::unique_ptr<PlanRun> run;
    };

    void carryOut(Entry &entry);
    void startIfPossible(Entry &entry);
    void changed(Entry &entry, const PlanProgress &progress);
    void store(const Entry &entry);

    Queue &m_queue;
    History &m_history;
    Events m_events;
    std::optional<Tool> m_tool;
    std::map<std::int64_t, Entry> m_entries;
};

} // namespace runner::build
