// Carries a plan out on a queue.
#pragma once

#include "build/plan.h"
#include "build/queue.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace runner::build {

struct PlanEnd
{
    bool succeeded = false; ///< Every job and every manifest.
    Problems problems;      ///< plan-image-missing, manifest-failed, plan-cancelled; a job's own are in its item.
    std::vector<std::string> digests; ///< Of the jobs, by index; empty where there is none.
    std::vector<std::string> made;    ///< Names of the manifests that were made, final ones included.
};

/// First it asks whether every image that no job makes is there, and if one is not, nothing starts. Then jobs enter the
/// queue as soon as those they need have succeeded, and get the digests these have really given. A manifest is made
/// when all its jobs have succeeded; where one has not, the others go on.
class PlanRun
{
public:
    struct Events
    {
        std::function<void(const std::string &image)> manifestMade;
        std::function<void(const PlanEnd &)> ended; ///< Exactly once. May destroy this.
    };

    /// The queue must outlive it; \a identifier marks its builds in the history.
    PlanRun(Queue &queue, const Tool &tool, ImagePlan plan, std::int64_t identifier, Events events);
    ~PlanRun();
    PlanRun(const PlanRun &) = delete;
    PlanRun &operator=(const PlanRun &) = delete;

    void start();
    /// Ends the jobs in the queue and starts nothing more.
    void cancel();
    /// To be called for every item that ends in the queue; those of others are ignored.
    void itemEnded(const QueueItem &item);

    const ImagePlan &plan() const { return m_plan; }

private:
    enum class JobState { Waiting, Queued, Succeeded, Failed };

    void askNext();
    void asked(const ExternalImage &image, const Answer &answer);
    void queueReady();
    bool isReady(const PlannedJob &job, bool &hopeless) const;
    void makeNextManifest();
    void manifestAnswered(const PlannedManifest &manifest, const Answer &answer);
    void endSoonIfDone();
    void end();

    Queue &m_queue;
    Tool m_tool;
    ImagePlan m_plan;
    std::int64_t m_identifier;
    Events m_events;
    PlanEnd m_end;
    std::vector<JobState> m_states;
    std::vector<std::int64_t> m_items; ///< In the queue, by job; 0: not yet.
    std::size_t m_asked = 0;
    std::vector<bool> m_manifestsDone; ///< Made, or given up.
    bool m_started = false;
    bool m_cancelled = false;
    std::unique_ptr<ToolCall> m_call; ///< Of a question or a manifest, one at a time.
    bool m_calling = false;
    QTimer m_timer;
};

} // namespace runner::build
