#include "build/runbuilds.h"

#include "build/buildprinter.h"
#include "build/disklimit.h"
#include "build/estimate.h"
#include "build/planrun.h"
#include "images/interrupts.h"

#include <QEventLoop>
#include <QSettings>
#include <QTimer>

#include <algorithm>

namespace runner::ctl {

namespace {

constexpr std::chrono::milliseconds printInterval{100};

std::uint64_t limitOfTheWindow()
{
    const QString program = QStringLiteral("runner-console"); // and organisation
    return static_cast<std::uint64_t>(build::diskLimitIn(QSettings(program, program))) * build::bytesPerGigabyte;
}

class Runner
{
public:
    Runner(Context &context, build::History &history, const build::Tool &tool, const build::ImagePlan &plan,
           const RunBuildsOptions &options)
        : m_context(context)
        , m_history(history)
        , m_printer(context, plan.jobs.size() > 1, options.quiet)
        , m_count(plan.jobs.size())
        , m_queue(history, queueOptions(tool, options), queueEvents())
        , m_plan(m_queue, tool, plan, build::currentTime(), planEvents(), build::PlanProgress::of(plan))
        , m_jobs(std::max(options.jobs, 1))
    {
        for (const build::PlannedJob &job : m_plan.plan().jobs) {
            const auto estimate = build::estimateDuration(m_history, job.request);
            m_expected[job.request.platformTag] = estimate ? estimate->duration : 0;
        }
    }

    int run()
    {
        const Interrupts interrupts([this] {
            m_context.message("stopping");
            m_plan.cancel();
        });
        QTimer timer;
        QObject::connect(&timer, &QTimer::timeout, &timer, [this] { print(); });
        timer.start(printInterval);
        m_plan.start();
        m_loop.exec();
        m_context.report(m_end.problems);
        return m_end.succeeded ? Done : Failed;
    }

private:
    static build::QueueOptions queueOptions(const build::Tool &tool, const RunBuildsOptions &options)
    {
        build::QueueOptions queue;
        queue.tool = tool;
        queue.jobsPerBuilder = options.jobs;
        queue.diskLimit = options.diskLimit.value_or(limitOfTheWindow());
        return queue;
    }

    build::QueueEvents queueEvents()
    {
        build::QueueEvents events;
        events.ended = [this](const build::QueueItem &item) {
            const auto recording = m_queue.recording(item.id);
            m_printer.ended(item, recording.get());
            offerSandbox(m_context, item.end.problems);
            m_plan.itemEnded(item);
        };
        events.resolved = [this](const build::QueueItem &item) { return m_plan.resolved(item); };
        return events;
    }

    build::PlanRun::Events planEvents()
    {
        build::PlanRun::Events events;
        events.manifestMade = [this](const std::string &image) { m_context.message("made " + image); };
        events.ended = [this](const build::PlanProgress &end) {
            m_end = end;
            m_loop.quit();
        };
        return events;
    }

    void print()
    {
        const std::vector<build::QueueItem> items = m_queue.items();
        build::Time rest = 0;
        for (const build::QueueItem &item : items) {
            const auto recording = m_queue.recording(item.id);
            if (item.state == build::QueueState::Running && recording)
                m_printer.update(item, *recording);
            if (item.state != build::QueueState::Ended)
                rest += restOf(item);
        }
        m_printer.drawProgress(items, m_count, rest / m_jobs);
    }

    build::Time restOf(const build::QueueItem &item)
    {
        const auto record =
            item.build > 0 ? m_history.find(item.build) : Result<build::BuildRecord>(build::BuildRecord());
        const build::Time used = record && record->started > 0 ? build::currentTime() - record->started : 0;
        return std::max<build::Time>(m_expected[item.request.platformTag] - used, 0);
    }

    Context &m_context;
    build::History &m_history;
    BuildPrinter m_printer;
    QEventLoop m_loop;
    build::PlanProgress m_end;
    std::map<std::string, build::Time> m_expected; ///< By platform tag.
    std::size_t m_count;
    build::Queue m_queue;
    build::PlanRun m_plan;
    int m_jobs;
};

} // namespace

void addRunBuildsOptions(CLI::App *command, RunBuildsOptions &options)
{
    command->add_option("--jobs", options.jobs, "Builds at a time on each builder (1)")
        ->check(CLI::Range(1, 64))
        ->option_text("N");
    command->add_flag("--quiet", options.quiet, "Only tell how the builds end");
    command->add_flag("--sandbox", options.sandbox, "Use the daemon of scripts/sandbox");
    command
        ->add_option_function<double>(
            "--disk-limit", [&options](double gigabytes) { options.diskLimit = std::uint64_t(gigabytes * 1e9); },
            "Gigabytes that all kept builds may take; 0: any (the window's setting, else 20)")
        ->check(CLI::Range(0.0, 1e6))
        ->option_text("GB");
}

int runBuilds(Context &context, Session &session, const build::ImagePlan &plan, const RunBuildsOptions &options)
{
    const auto tool = session.tool(context, options.sandbox);
    build::History *history = session.history(context);
    if (!tool || !history)
        return Failed;
    return Runner(context, *history, *tool, plan, options).run();
}

} // namespace runner::ctl
