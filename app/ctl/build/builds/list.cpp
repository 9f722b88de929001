// runnerctl builds list
#include "build/builds/builds.h"

#include "build/recordjson.h"
#include "known.h"
#include "printable.h"

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

const std::vector<std::string> &resultNames()
{
    static const std::vector<std::string> names = {"succeeded",       "failed",      "cancelled",
                                                   "could-not-start", "interrupted", "running"};
    return names;
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
                                + padded(build::describeTime(record.started).substr(0, 19) + "Z", 20) + " "
                                + padded(record.isRunning() ? "" : shownDuration(record.duration()), 12) + " "
                                + record.image() + (record.request.call == build::Call::Check ? " (check)" : ""))
                      + "\n");
    if (records->empty())
        context.message("no build matches");
    return Done;
}

} // namespace

void addBuildsList(CLI::App *builds, Context &context)
{
    auto options = std::make_shared<ListOptions>();
    CLI::App *command = builds->add_subcommand("list", "List builds, the newest first");
    command->add_option("TEXT", options->filter.text, "Only images whose name has this in it");
    context.setCompleter(
        command->add_option("--backend", options->filter.backend, "Only of this backend")->option_text("NAME"),
        completer(knownBackends));
    context.setCompleter(
        command->add_option("--target", options->filter.target, "Only of this service")->option_text("NAME"),
        completer(knownServices));
    context.setCompleter(
        command->add_option("--platform", options->filter.platform, "Only for this platform")->option_text("PLATFORM"),
        completer(knownPlatforms));
    addChoice(command, context, "--result", options->result, resultNames(), "Only with this result");
    options->filter.count = 50;
    command->add_option("--count", options->filter.count, "How many at most (50)")
        ->check(CLI::Range(1, 1'000'000))
        ->option_text("N");
    addChoice(command, context, "--format", options->format, {"text", "json"}, "How to print them (text)");
    onRun(command, context, [&context, options] { return list(context, *options); });
}

} // namespace runner::ctl
