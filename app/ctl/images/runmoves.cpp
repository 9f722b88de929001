#include "images/runmoves.h"

#include "images/interrupts.h"
#include "images/progress.h"
#include "printable.h"

#include <QCoreApplication>
#include <QStandardPaths>
#include <QTimer>

namespace runner::ctl {

namespace {

int carryOut(const Context &context, const transfer::Moves &moves, transfer::MoverOptions options)
{
    Progress progress(context, moves);
    QEventLoop loop;
    transfer::MoverEvents events;
    events.started = [&](std::size_t index) { progress.started(index); };
    events.retrying = [&](std::size_t index, const std::string &why, std::chrono::milliseconds wait) {
        progress.retrying(index, why, wait);
    };
    events.ended = [&](std::size_t index, const transfer::MoveEnd &end) { progress.ended(index, end); };
    events.finished = [&] { loop.quit(); };
    transfer::Mover mover(moves, std::move(options), std::move(events));
    const Interrupts interrupts([&] {
        context.message("stopping");
        mover.cancel();
    });
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &timer, [&] { progress.tick(mover.bytesWritten()); });
    timer.start(std::chrono::milliseconds(300));
    mover.start();
    loop.exec();
    return progress.summary();
}

int dryRun(Context &context, const transfer::Moves &moves)
{
    for (const transfer::Move &move : moves)
        context.print(printable(transfer::describe(move)) + "\n");
    return Done;
}

} // namespace

int runMoves(Context &context, const transfer::Moves &moves, const MoveOptions &options, const EndpointOptions *source,
             const EndpointOptions *destination)
{
    if (moves.empty()) {
        context.message("nothing to do: no image matches");
        return Done;
    }
    if (options.dryRun)
        return dryRun(context, moves);
    const QString skopeo = QStandardPaths::findExecutable(QStringLiteral("skopeo"));
    if (skopeo.isEmpty()) {
        context.message("skopeo is not installed, and it is what moves images. Install the package skopeo "
                        "(Debian, Ubuntu: apt install skopeo; Fedora: dnf install skopeo)");
        return Failed;
    }
    const auto prepared = prepareAccess(source, destination);
    if (!prepared) {
        context.report(prepared.error());
        return prepared.error().id == "credentials-incomplete" ? Usage : Failed;
    }
    int argc = 1;
    char name[] = "runnerctl";
    char *argv[] = {name, nullptr};
    const QCoreApplication application(argc, argv);
    transfer::MoverOptions mover;
    mover.program = skopeo.toStdString();
    mover.jobs = options.jobs;
    mover.retries = options.retries;
    mover.access = prepared->access;
    mover.scrub = prepared->scrub;
    return carryOut(context, moves, std::move(mover));
}

} // namespace runner::ctl
