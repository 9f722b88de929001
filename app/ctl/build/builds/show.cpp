// runnerctl builds show
#include "build/builds/builds.h"

#include "build/compare.h"
#include "build/recordjson.h"
#include "printable.h"

namespace runner::ctl {

namespace {

using build::BuildRecord;
using build::History;

std::optional<build::KnownBuild> buildBefore(History &history, const BuildRecord &record)
{
    const auto records = history.list(build::successBefore(record));
    return records && !records->empty() ? knownBuild(history, records->front()) : std::nullopt;
}

void printSummary(Context &context, const BuildRecord &record)
{
    const auto line = [&](const char *name, const std::string &value) {
        if (!value.empty())
            context.print(printable(padded(name, 12) + value) + "\n");
    };
    line("image", record.image());
    line("result", result(record));
    line("platform", record.request.platform);
    line("builder", record.request.builder);
    line("started", build::describeTime(record.started));
    line("took", record.isRunning() ? "" : shownDuration(record.duration()));
    line("digest", record.metadata.digest);
    line("size", record.metadata.size > 0 ? shownSize(static_cast<std::uint64_t>(record.metadata.size)) : "");
    line("revision", record.git.revision + (record.git.dirty ? " with changes" : ""));
    line("steps", record.steps == 0
                      ? ""
                      : std::to_string(record.steps) + ", " + std::to_string(record.cachedSteps) + " from the cache");
    line("log", std::to_string(record.lines) + " lines in " + record.folder.string());
    for (const Problem &problem : record.problems)
        context.print(printable(diagnostics::describe(problem)) + "\n");
}

void printSteps(Context &context, const std::vector<build::StepRecord> &steps)
{
    for (const build::StepRecord &step : build::slowestSteps(steps, 10))
        context.print(printable("  " + padded(shownDuration(step.busy), 13) + padded(build::stateName(step.state), 10)
                                + step.name + (step.clipped ? " (log clipped by the builder)" : ""))
                      + "\n");
}

int show(Context &context, std::int64_t id, const std::string &format)
{
    Session session;
    History *history = session.history(context);
    if (!history)
        return Failed;
    const auto record = history->find(id);
    if (!record) {
        context.report(record.error());
        return Failed;
    }
    const auto known = knownBuild(*history, *record);
    if (format == "json") {
        context.print(build::buildJson(*record, known ? known->steps : std::vector<build::StepRecord>()));
        return Done;
    }
    printSummary(context, *record);
    if (!known)
        return Done;
    context.print("slowest steps\n");
    printSteps(context, known->steps);
    const auto before = buildBefore(*history, *record);
    if (const auto miss = before ? build::whyNotCached(*before, *known) : std::nullopt) {
        context.print(
            printable("not cached: " + miss->step + " (compared with build " + std::to_string(before->record.id) + ")")
            + "\n");
        for (const std::string &reason : miss->reasons)
            context.print("  " + printable(reason) + "\n");
    }
    return Done;
}

} // namespace

void addBuildsShow(CLI::App *builds, Context &context)
{
    auto id = std::make_shared<std::int64_t>();
    auto format = std::make_shared<std::string>("text");
    CLI::App *command =
        builds->add_subcommand("show", "Show one build: result, slowest steps, why a step was not cached");
    addId(command, *id);
    addChoice(command, context, "--format", *format, {"text", "json"}, "How to print it (text)");
    onRun(command, context, [&context, id, format] { return show(context, *id, *format); });
}

} // namespace runner::ctl
