// runnerctl builds: the history of builds.
#include "build/ansi.h"
#include "build/build.h"
#include "build/explain.h"
#include "build/recordjson.h"
#include "build/runbuilds.h"
#include "build/zstdfile.h"
#include "known.h"
#include "printable.h"

#include <QThread>

namespace runner::ctl {

namespace {

using build::BuildRecord;
using build::History;

struct ListOptions
{
    build::HistoryFilter filter;
    std::string result;
    std::string format = "text";
};

struct LogOptions
{
    std::int64_t id = 0;
    std::string step;
    bool raw = false;
    bool colours = false;
};

const std::vector<std::string> &resultNames()
{
    static const std::vector<std::string> names = {"succeeded", "failed", "cancelled", "could-not-start", "interrupted", "running"};
    return names;
}

CLI::Option *addId(CLI::App *command, std::int64_t &id, const char *name = "ID")
{
    return command->add_option(name, id, "The build's number, as `runnerctl builds list` shows it")->required();
}

std::string result(const BuildRecord &record)
{
    return record.outcome ? build::outcomeName(*record.outcome) : "running";
}

std::string padded(std::string text, std::size_t width)
{
    text.resize(std::max(text.size(), width), ' ');
    return text;
}

int list(Context &context, const ListOptions &options)
{
    Session session;
    History *history = session.history(context);
    if (!history)
        return Failed;
    build::HistoryFilter filter = options.filter;
    for (std::size_t i = 0; i + 1 < resultNames().size(); ++i) {
        if (options.result == resultNames()[i])
            filter.outcome = static_cast<build::Outcome>(i);
    }
    filter.running = options.result == "running";
    const auto records = history->list(filter);
    if (!records) {
        context.report(records.error());
        return Failed;
    }
    if (options.format == "json") {
        context.print(build::buildsJson(*records));
        return Done;
    }
    for (const BuildRecord &record : *records)
        context.print(printable(padded(std::to_string(record.id), 5) + " " + padded(result(record), 15) + " "
                                + padded(build::describeTime(record.started).substr(0, 19), 19) + " "
                                + padded(record.isRunning() ? "" : shownDuration(record.duration()), 12) + " " + record.image())
                      + "\n");
    if (records->empty())
        context.message("no build matches");
    return Done;
}

/// The build of the same image before, with all that is kept of it.
std::optional<build::KnownBuild> knownBuild(History &history, const BuildRecord &record)
{
    auto steps = history.steps(record.id);
    if (!steps)
        return {};
    return build::KnownBuild{record, std::move(*steps), history.dockerfileOf(record), history.contextFilesOf(record)};
}

std::optional<build::KnownBuild> buildBefore(History &history, const BuildRecord &record)
{
    build::HistoryFilter filter;
    filter.platformTag = record.request.platformTag;
    filter.folder = record.request.folder;
    filter.outcome = build::Outcome::Succeeded;
    filter.before = record.id;
    filter.count = 1;
    const auto records = history.list(filter);
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
    line("revision", record.git.revision + (record.git.dirty ? " with changes" : ""));
    line("steps", record.steps == 0 ? "" : std::to_string(record.steps) + ", " + std::to_string(record.cachedSteps) + " from the cache");
    line("log", std::to_string(record.lines) + " lines in " + record.folder.string());
    for (const Problem &problem : record.problems)
        context.print(printable(diagnostics::describe(problem)) + "\n");
}

void printSteps(Context &context, const std::vector<build::StepRecord> &steps)
{
    for (const build::StepRecord &step : build::slowestSteps(steps, 10))
        context.print(printable("  " + padded(shownDuration(step.busy), 13) + padded(build::stateName(step.state), 10) + step.name
                                + (step.clipped ? " (log clipped by the builder)" : ""))
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
        context.print(printable("not cached: " + miss->step + " (compared with build " + std::to_string(before->record.id) + ")") + "\n");
        for (const std::string &reason : miss->reasons)
            context.print("  " + printable(reason) + "\n");
    }
    return Done;
}

int printRaw(Context &context, const BuildRecord &record)
{
    const auto print = [&](std::string_view bytes) {
        context.print(bytes);
        return true;
    };
    if (const auto compressed = build::readCompressed(record.folder / build::compressedStreamFile, print); compressed)
        return Done;
    const auto plain = build::MappedFile::open(record.folder / build::streamFile);
    if (!plain) {
        context.report(plain.error());
        return Failed;
    }
    context.print(plain->bytes());
    return Done;
}

/// The log of a build that may still run: made of what is on the disk now, in a folder of its own.
Result<std::shared_ptr<const build::Log>> logOf(const BuildRecord &record, std::filesystem::path &temporary)
{
    if (!record.isRunning())
        return build::openLog(record);
    temporary = std::filesystem::temp_directory_path() / ("runnerctl-log-" + std::to_string(::getpid()));
    std::error_code error;
    std::filesystem::create_directory(temporary, error);
    std::filesystem::copy_file(record.folder / build::streamFile, temporary / build::streamFile, error);
    BuildRecord copy = record;
    copy.folder = temporary;
    return build::openLog(copy);
}

std::optional<std::size_t> stepNumber(const std::vector<build::StepRecord> &steps, const std::string &wanted)
{
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (std::to_string(i + 1) == wanted || steps[i].name.find(wanted) != std::string::npos)
            return i + 1;
    }
    return {};
}

void printLog(Context &context, const build::Log &log, std::optional<std::size_t> step, bool colours)
{
    constexpr std::uint64_t atOnce = 10'000;
    for (std::uint64_t first = 0;; first += atOnce) {
        const auto lines = step ? log.readStep(*step, first, atOnce) : log.read(first, atOnce);
        for (const build::LogLine &line : lines)
            context.print((colours ? line.bytes : printable(build::plainLine(line.bytes))) + "\n");
        if (lines.size() < atOnce)
            return;
    }
}

int log(Context &context, const LogOptions &options)
{
    Session session;
    History *history = session.history(context);
    if (!history)
        return Failed;
    const auto record = history->find(options.id);
    const auto steps = record ? history->steps(options.id) : Result<std::vector<build::StepRecord>>();
    if (!record || !steps) {
        context.report(record ? steps.error() : record.error());
        return Failed;
    }
    if (options.raw)
        return printRaw(context, *record);
    std::optional<std::size_t> step;
    if (!options.step.empty() && !(step = stepNumber(*steps, options.step))) {
        context.message("the build has no step '" + options.step + "'");
        return Failed;
    }
    std::filesystem::path temporary;
    const auto opened = logOf(*record, temporary);
    if (opened)
        printLog(context, **opened, step, options.colours);
    else
        context.report(opened.error());
    std::error_code ignored;
    if (!temporary.empty())
        std::filesystem::remove_all(temporary, ignored);
    return opened ? Done : Failed;
}

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

int retry(Context &context, std::int64_t id, const RunBuildsOptions &options)
{
    Session session;
    History *history = session.history(context);
    if (!history)
        return Failed;
    auto record = history->find(id);
    if (!record) {
        context.report(record.error());
        return Failed;
    }
    if (record->isRunning()) {
        context.message("build " + std::to_string(id) + " still runs");
        return Failed;
    }
    build::ImagePlan plan;
    plan.jobs.push_back({std::move(record->request), {}, {}});
    return runBuilds(context, session, plan, options);
}

std::string shownStep(const std::optional<build::StepRecord> &step)
{
    if (!step)
        return "-";
    return step->state == build::StepState::Done ? shownDuration(step->busy) : build::stateName(step->state);
}

int compare(Context &context, std::int64_t first, std::int64_t second)
{
    Session session;
    History *history = session.history(context);
    if (!history)
        return Failed;
    std::optional<build::KnownBuild> known[2];
    for (const auto &[index, id] : {std::pair(0, first), std::pair(1, second)}) {
        const auto record = history->find(id);
        if (!record) {
            context.report(record.error());
            return Failed;
        }
        known[index] = knownBuild(*history, *record);
    }
    if (!known[0] || !known[1])
        return Failed;
    const build::Comparison comparison = build::compareBuilds(*known[0], *known[1]);
    for (const std::string &change : comparison.changes)
        context.print(printable(change) + "\n");
    for (const build::StepDifference &step : comparison.steps)
        context.print(printable(padded(shownStep(step.first), 14) + padded(shownStep(step.second), 14) + step.name) + "\n");
    return Done;
}

void addList(CLI::App *builds, Context &context)
{
    auto options = std::make_shared<ListOptions>();
    CLI::App *command = builds->add_subcommand("list", "List builds, the newest first");
    command->add_option("TEXT", options->filter.text, "Only images whose name has this in it");
    context.setCompleter(command->add_option("--target", options->filter.target, "Only of this service")->option_text("NAME"), completer(knownServices));
    context.setCompleter(command->add_option("--platform", options->filter.platform, "Only for this platform")->option_text("PLATFORM"), completer(knownPlatforms));
    addChoice(command, context, "--result", options->result, resultNames(), "Only with this result");
    options->filter.count = 50;
    command->add_option("--count", options->filter.count, "How many at most (50)")->check(CLI::Range(1, 1'000'000))->option_text("N");
    addChoice(command, context, "--format", options->format, {"text", "json"}, "How to print them (text)");
    onRun(command, context, [&context, options] { return list(context, *options); });
}

void addShow(CLI::App *builds, Context &context)
{
    auto id = std::make_shared<std::int64_t>();
    auto format = std::make_shared<std::string>("text");
    CLI::App *command = builds->add_subcommand("show", "Show one build: result, slowest steps, why a step was not cached");
    addId(command, *id);
    addChoice(command, context, "--format", *format, {"text", "json"}, "How to print it (text)");
    onRun(command, context, [&context, id, format] { return show(context, *id, *format); });
}

void addLog(CLI::App *builds, Context &context)
{
    auto options = std::make_shared<LogOptions>();
    CLI::App *command = builds->add_subcommand("log", "Print the log of a build");
    addId(command, options->id);
    command->add_option("--step", options->step, "Only of this step: its number, or a part of its name")->option_text("STEP");
    command->add_flag("--colours", options->colours, "Leave the escape sequences in");
    command->add_flag("--raw", options->raw, "Every byte that buildx has written (rawjson)");
    onRun(command, context, [&context, options] { return log(context, *options); });
}

void addCancel(CLI::App *builds, Context &context)
{
    auto id = std::make_shared<std::int64_t>();
    CLI::App *command = builds->add_subcommand("cancel", "Cancel a build that any console of yours runs");
    addId(command, *id);
    onRun(command, context, [&context, id] { return cancel(context, *id); });
}

void addRetry(CLI::App *builds, Context &context)
{
    auto id = std::make_shared<std::int64_t>();
    auto options = std::make_shared<RunBuildsOptions>();
    CLI::App *command = builds->add_subcommand("retry", "Build again what a build has built");
    addId(command, *id);
    addRunBuildsOptions(command, *options);
    onRun(command, context, [&context, id, options] { return retry(context, *id, *options); });
}

void addCompare(CLI::App *builds, Context &context)
{
    auto ids = std::make_shared<std::pair<std::int64_t, std::int64_t>>();
    CLI::App *command = builds->add_subcommand("compare", "Compare two builds: what changed, and the time of each step");
    addId(command, ids->first, "FIRST");
    addId(command, ids->second, "SECOND");
    onRun(command, context, [&context, ids] { return compare(context, ids->first, ids->second); });
}

} // namespace

void addBuildsCommand(CLI::App &app, Context &context)
{
    CLI::App *builds = app.add_subcommand("builds", "The history of builds");
    builds->require_subcommand(1);
    addList(builds, context);
    addShow(builds, context);
    addLog(builds, context);
    addCancel(builds, context);
    addRetry(builds, context);
    addCompare(builds, context);
}

} // namespace runner::ctl
