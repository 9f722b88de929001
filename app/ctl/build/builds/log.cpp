// runnerctl builds log
#include "build/builds/builds.h"

#include "build/ansi.h"
#include "build/zstdfile.h"
#include "printable.h"

#include <algorithm>

namespace runner::ctl {

namespace {

using build::BuildRecord;
using build::History;

struct LogOptions
{
    std::int64_t id = 0;
    std::string step;
    bool raw = false;
    bool colours = false;
};

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

/// Of the step with that number, or of all with that part in their names.
std::vector<std::size_t> stepNumbers(const std::vector<build::StepRecord> &steps, const std::string &wanted)
{
    std::vector<std::size_t> numbers;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (std::to_string(i + 1) == wanted)
            return {i + 1};
        if (steps[i].name.find(wanted) != std::string::npos)
            numbers.push_back(i + 1);
    }
    return numbers;
}

/// Nothing after it has told why.
std::optional<std::size_t> stepNumber(const Context &context, const std::vector<build::StepRecord> &steps,
                                      const std::string &wanted)
{
    const std::vector<std::size_t> numbers = stepNumbers(steps, wanted);
    if (numbers.size() == 1)
        return numbers.front();
    std::vector<std::string> lines = {numbers.empty() ? "the build has no step '" + wanted + "'; its steps are:"
                                                      : "several steps of the build match '" + wanted
                                                            + "'; give the number of one:"};
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (numbers.empty() || std::find(numbers.begin(), numbers.end(), i + 1) != numbers.end())
            lines.push_back("  " + std::to_string(i + 1) + " " + steps[i].name);
    }
    for (const std::string &line : lines)
        context.message(line);
    return {};
}

void printLog(Context &context, const build::Log &log, std::optional<std::size_t> step, bool colours)
{
    constexpr std::uint64_t atOnce = 10'000;
    for (std::uint64_t first = 0;; first += atOnce) {
        const auto lines = step ? log.readStep(*step, first, atOnce) : log.read(first, atOnce);
        for (const build::LogLine &line : lines)
            context.print((step ? std::string() : stepMark(line.step))
                          + (colours ? line.bytes : printableLine(build::plainLine(line.bytes))) + "\n");
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
    if (!options.step.empty() && !(step = stepNumber(context, *steps, options.step)))
        return Failed;
    std::filesystem::path temporary;
    const auto opened = logOf(*record, temporary);
    if (opened && (*opened)->isInMemory())
        context.message("nothing can be written in " + record->folder.string() + ": the log was read into memory");
    if (opened)
        printLog(context, **opened, step, options.colours);
    else
        context.report(opened.error());
    std::error_code ignored;
    if (!temporary.empty())
        std::filesystem::remove_all(temporary, ignored);
    return opened ? Done : Failed;
}

} // namespace

void addBuildsLog(CLI::App *builds, Context &context)
{
    auto options = std::make_shared<LogOptions>();
    CLI::App *command =
        builds->add_subcommand("log", "Print the log of a build, '#N ' in front of the lines of step N");
    addId(command, options->id);
    command->add_option("--step", options->step, "Only of this step: its number, or a part of its name")
        ->option_text("STEP");
    command->add_flag("--colours", options->colours, "Leave the escape sequences in");
    command->add_flag("--raw", options->raw, "Every byte that buildx has written (rawjson)");
    onRun(command, context, [&context, options] { return log(context, *options); });
}

} // namespace runner::ctl
