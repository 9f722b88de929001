// Carries a plan out on a queue.
#pragma once

#include "build/planprogress.h"
#include "build/queue.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace runner::build {

/// First it asks whether every image that no job makes is there, and if one is not, nothing starts. Then all jobs enter
/// the queue, each waiting for those it needs; they get the digests these have really given. A manifest is made
/// when all its jobs have succeeded; where one has not, the others go on. Without a tool it makes none until it gets
/// one.
class PlanRun
{
public:
    struct Events
    {
        std::function<void(const std::string &image)> manifestMade;
        std::function<void(const PlanProgress &)> changed; ///< What another program would go on from.
        std::function<void(const PlanProgress &)> ended;   ///< Exactly once. May destroy this.
    };

    /// The queue must outlive it; \a identifier marks its builds in the history. It goes on from \a progress.
    PlanRun(Queue &queue, Tool tool, ImagePlan plan, std::int64_t identifier, Events events, PlanProgress progress);
    ~PlanRun();
    PlanRun(const PlanRun &) = delete;
    PlanRun &operator=(const PlanRun &) = delete;

    /// Once.
    void start();
    bool isStarted() const { return m_started; }
    /// What is asked and made from now on is so with it.
    void setTool(const Tool &tool);
    /// Ends the jobs in the queue and starts nothing more.
    void cancel();
    /// To be called for every item that ends in the queue; those of others are ignored.
    void itemEnded(const QueueItem &item);
    /// To be called for every item that begins: its request with what was built before it.
    Request resolved(const QueueItem &item) const;

    const ImagePlan &plan() const { return m_plan; }
    const PlanProgress &progress() const { return m_progress; }

private:
    void askNext();
    void asked(const ExternalImage &image, const Answer &answer);
    void queueAll();
    std::optional<std::size_t> jobOf(const QueueItem &item) const;
    bool isHopeless(const PlannedJob &job) const;
    void makeNextManifest();
    void manifestAnswered(const PlannedManifest &manifest, const Answer &answer);
    void changed();
    void endSoonIfDone();
    void end();

    Queue &m_queue;
    Tool m_tool;
    ImagePlan m_plan;
    std::int64_t m_identifier;
    Events m_events;
    PlanProgress m_progress;
    std::vector<std::int64_t> m_items; ///< In the queue, by job; 0: not in it.
    std::size_t m_asked = 0;
    bool m_started = false;
    bool m_cancelled = false;
    std::unique_ptr<ToolCall> m_call; ///< Of a question or a manifest, one at a time.
    bool m_calling = false;
    QTimer m_timer;
};

} // namespace runner::build
