#include "build/runbuilds.h"

#include "build/buildprinter.h"
#include "build/explain.h"
#include "build/queue.h"
#include "images/interrupts.h"

#include <QEventLoop>
#include <QTimer>

namespace runner::ctl {

namespace {

constexpr std::chrono::milliseconds printInterval{100};

/// What builds of before let expect, for each that has none of its own yet.
build::Time expected(build::History &history, const build::Request &request)
{
    build::HistoryFilter filter;
    filter.target = request.target;
    filter.platform = request.platform;
    filter.folder = request.folder;
    filter.outcome = build::Outcome::Succeeded;
    filter.count = 50;
    const auto earlier = history.list(filter);
    const auto estimate = earlier ? build::estimateDuration(*earlier, request) : std::nullopt;
    return estimate ? estimate->duration : 0;
}

class Runner
{
public:
    Runner(Context &context, build::History &history, const build::Tool &tool, const RunBuildsOptions &options, std::size_t count)
        : m_history(history), m_printer(context, count > 1, options.quiet), m_queue(history, queueOptions(tool, options), events()),
          m_jobs(std::max(options.jobs, 1))
    {
    }

    int run(Context &context, const std::vector<build::Request> &requests)
    {
        for (const build::Request &request : requests)
            m_expected[m_queue.add(request)] = expected(m_history, request);
        const Interrupts interrupts([&] {
            context.message("stopping");
            m_queue.cancelAll();
        });
        QTimer timer;
        QObject::connect(&timer, &QTimer::timeout, &timer, [this] { print(); });
        timer.start(printInterval);
        m_loop.exec();
        return m_failed ? Failed : Done;
    }

private:
    static build::QueueOptions queueOptions(const build::Tool &tool, const RunBuildsOptions &options)
    {
        build::QueueOptions queue;
        queue.tool = tool;
        queue.jobsPerBuilder = options.jobs;
        queue.diskLimit = options.diskLimit;
        return queue;
    }

    build::QueueEvents events()
    {
        build::QueueEvents events;
        events.ended = [this](const build::QueueItem &item) {
            m_failed = m_failed || item.end.outcome != build::Outcome::Succeeded;
            const auto recording = m_queue.recording(item.id);
            m_printer.ended(item, recording.get());
        };
        events.idle = [this] { m_loop.quit(); };
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
        m_printer.drawProgress(items, rest / m_jobs);
    }

    build::Time restOf(const build::QueueItem &item)
    {
        const auto record = item.build > 0 ? m_history.find(item.build) : Result<build::BuildRecord>(build::BuildRecord());
        const build::Time used = record && record->started > 0 ? build::currentTime() - record->started : 0;
        return std::max<build::Time>(m_expected[item.id] - used, 0);
    }

    build::History &m_history;
    BuildPrinter m_printer;
    QEventLoop m_loop;
    bool m_failed = false;
    std::map<std::int64_t, build::Time> m_expected;
    build::Queue m_queue;
    int m_jobs;
};

} // namespace

void addRunBuildsOptions(CLI::App *command, RunBuildsOptions &options)
{
    command->add_option("--jobs", options.jobs, "Builds at a time on each builder (1)")->check(CLI::Range(1, 64))->option_text("N");
    command->add_flag("--quiet", options.quiet, "Only tell how the builds end");
    command->add_flag("--sandbox", options.sandbox, "Use the daemon of scripts/sandbox");
    command
        ->add_option_function<double>(
            "--disk-limit", [&options](double gigabytes) { options.diskLimit = std::uint64_t(gigabytes * 1e9); },
            "Gigabytes that all kept builds may take; 0: any (20)")
        ->check(CLI::Range(0.0, 1e6))
        ->option_text("GB");
}

int runBuilds(Context &context, Session &session, const std::vector<build::Request> &requests, const RunBuildsOptions &options)
{
    const auto tool = session.tool(context, options.sandbox);
    build::History *history = session.history(context);
    if (!tool || !history)
        return Failed;
    return Runner(context, *history, *tool, options, requests.size()).run(context, requests);
}

} // namespace runner::ctl
