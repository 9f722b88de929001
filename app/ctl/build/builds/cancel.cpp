// runnerctl builds cancel
#include "build/builds/builds.h"

#include <QThread>

namespace runner::ctl {

namespace {

using build::History;

int cancel(Context &context, std::int64_t id)
{
    constexpr int mostLooks = 300;
    Session session;
    History *history = session.history(context);
    const auto requested = history ? history->requestCancel(id) : Result<bool>(false);
    if (!history || !requested) {
        if (history)
            context.report(requested.error());
        return Failed;
    }
    for (int i = 0; i < mostLooks; ++i) {
        QThread::msleep(100);
        const auto record = history->find(id);
        if (!record || record->isRunning())
            continue;
        context.report(record->problems);
        context.message("build " + std::to_string(id) + " " + result(*record));
        return record->outcome == build::Outcome::Cancelled ? Done : Failed;
    }
    context.message("build " + std::to_string(id) + " has not ended within 30 seconds");
    return Failed;
}

} // namespace

void addBuildsCancel(CLI::App *builds, Context &context)
{
    auto id = std::make_shared<std::int64_t>();
    CLI::App *command = builds->add_subcommand("cancel", "Cancel a build that any console of yours runs");
    addId(command, *id);
    onRun(command, context, [&context, id] { return cancel(context, *id); });
}

} // namespace runner::ctl
