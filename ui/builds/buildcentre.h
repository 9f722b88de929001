// The builds of this console and the history of all, for the window: engine and database live on a thread of their own.
#pragma once

#include "build/estimate.h"
#include "build/explain.h"
#include "builds/buildengine.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace runner::ui {

/// All signals come in the thread that made this. Destroying it kills what runs.
class BuildCentre final : public QObject
{
    Q_OBJECT

public:
    /// \a folder: of the history.
    explicit BuildCentre(std::filesystem::path folder, QObject *parent = nullptr);
    ~BuildCentre() override;

    /// The docker to build with; until it is set, nothing can be added.
    void setTool(const build::Tool &tool);
    const std::optional<build::Tool> &tool() const { return m_tool; }

    /// Lists anew; the answer is historyChanged.
    void list(const build::HistoryFilter &filter);
    /// While it is watched, what other consoles do is listed anew within about a second.
    void setWatched(bool watched);
    const std::vector<build::BuildRecord> &records() const { return m_records; }
    const BuildQueue &queue() const { return m_queue; }
    /// The queue's item of that build; null where another console, or an earlier one, has run it.
    const build::QueueItem *itemOf(std::int64_t build) const;
    std::shared_ptr<const build::Recording> recordingOf(std::int64_t item) const;
    /// Why there is no history; empty where there is one.
    const std::optional<Problem> &problem() const { return m_problem; }

    /// Plans that run, and those that have ended and were not put away yet, in the order they were made.
    const std::vector<build::KeptPlan> &plans() const { return m_plans; }
    /// Null where there is no such plan.
    const build::KeptPlan *planOf(std::int64_t id) const;
    void addPlan(const build::ImagePlan &plan);
    void cancelPlan(std::int64_t id);
    /// Builds what has failed of an ended plan.
    void retryPlan(std::int64_t id);
    /// Puts an ended plan away.
    void forgetPlan(std::int64_t id);
    /// The same, with what of it has never begun: that is nothing to be shown any more.
    void putAwayPlan(std::int64_t id);
    bool isPutAway(std::int64_t plan) const { return m_putAway.contains(plan); }

    /// One build alone.
    void add(const build::Request &request);
    void cancel(std::int64_t item);
    /// Asks the console that runs it, another one, to cancel it.
    void requestCancel(std::int64_t build);
    void cancelAll();
    /// Before the program ends: cancels what runs, each checked with its builder; what waits is kept, and so are plans.
    void endAll();
    /// The program does not end after all: plans learn what has become of their builds.
    void goOn();
    void setPaused(bool paused);
    void setJobsPerBuilder(int jobs);
    /// Of all builds' files, in bytes; 0: none. Holds from the next build that ends.
    void setDiskLimit(std::uint64_t bytes);
    /// Takes it out of the history, with its log; removed() or failed() follows.
    void remove(std::int64_t build);

    using Known = std::function<void(const std::optional<build::KnownBuild> &)>;
    /// Gives, later, a build with all that the history keeps. Nothing is given once \a context is gone.
    void read(std::int64_t build, QObject *context, const Known &done);
    /// The last success before \a record of the same target, platform and pack centre.
    void readBefore(const build::BuildRecord &record, QObject *context, const Known &done);
    using Estimated = std::function<void(const std::vector<std::optional<build::Estimate>> &)>;
    /// How long each of the builds will take, by earlier ones, before the build \a before where that is not 0; in their
    /// order.
    void estimate(const std::vector<build::Request> &requests, QObject *context, const Estimated &done,
                  std::int64_t before = 0);
    using Expected = std::function<void(const std::vector<build::StepRecord> &)>;
    /// build::expectedSteps() of a build.
    void readExpectedSteps(const build::BuildRecord &record, QObject *context, const Expected &done);

Q_SIGNALS:
    void removed(qint64 build);
    void historyChanged();     ///< records() or problem() are others.
    void queueChanged();       ///< queue() is another.
    void plansChanged();       ///< plans() is another.
    void planEnded(qint64 id); ///< Exactly once for each that was carried out; plans() has its end.
    void news(qint64 item);    ///< Steps or log of a running one have changed.
    void ended(qint64 item);   ///< Exactly once for each; queue() has its end.
    void idle();               ///< Nothing runs or can be started any more.
    void failed(const Problem &problem);

private:
    BuildEngine::Events events();
    /// Does that in this thread, from the event loop; may be called from any.
    void later(std::function<void()> work);
    /// Does something with the queue and its plans, where there are any.
    void postQueue(std::function<void(build::Queue &, build::Plans &)> work);

    std::optional<build::Tool> m_tool;
    std::optional<Problem> m_problem;
    std::vector<build::BuildRecord> m_records;
    BuildQueue m_queue;
    std::vector<build::KeptPlan> m_plans;
    std::map<std::int64_t, std::shared_ptr<const build::Recording>> m_recordings;
    std::set<std::int64_t> m_putAway; ///< Plans of this session.
    build::HistoryFilter m_filter;
    std::unique_ptr<BuildEngine> m_engine; ///< Goes first.
};

} // namespace runner::ui
