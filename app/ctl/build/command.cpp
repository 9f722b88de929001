// runnerctl command: how an image is built, as a command to copy.
#include "build/build.h"
#include "build/buildoptions.h"
#include "build/commandline.h"
#include "build/requestjson.h"
#include "expand/json.h"
#include "text/shellwords.h"

#include <filesystem>

namespace runner::ctl {

namespace {

bool isHere(const std::string &folder)
{
    std::error_code error;
    return std::filesystem::equivalent(folder, std::filesystem::current_path(error), error);
}

int runCommand(Context &context, const BuildOptions &options, const std::string &format)
{
    const Requests made = makeRequests(context, options);
    if (made.code != Done)
        return made.code;
    if (format == "json") {
        context.print(build::commandsJson(made.requests));
        return Done;
    }
    if (format == "bake")
        return printBake(context, made);
    if (format == "ci") {
        expand::Plan plan;
        plan.jobs = made.jobs;
        context.print(expand::toJson(plan, context.workspace(options.build.postOperation)->matrix));
        return Done;
    }
    for (const build::Request &request : made.requests)
        context.print(text::shellLine(build::commandLine(request)) + "\n");
    if (const std::string &folder = made.requests.front().folder; !isHere(folder))
        context.message("to be run in " + folder);
    return Done;
}

} // namespace

void addCommandCommand(CLI::App &app, Context &context)
{
    auto format = std::make_shared<std::string>("shell");
    CLI::App *command = app.add_subcommand("command", "Print the command that builds an image, one for each platform");
    auto options = addBuildOptions(command, context);
    command->add_option("--progress", options->build.progress, "How buildx tells its progress")->option_text("KIND");
    command->add_option("--metadata-file", options->build.metadataFile, "Where buildx writes digests")
        ->option_text("FILE");
    addChoice(command, context, "--format", *format, {"shell", "json", "bake", "ci"},
              "A shell's line, the words, a bake file, or the older CI's jobs (shell)");
    onRun(command, context, [&context, options, format] { return runCommand(context, *options, *format); });
}

} // namespace runner::ctl
