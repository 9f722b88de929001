// runnerctl builders: what buildx builds on.
#include "build/builders.h"

#include "build/build.h"
#include "build/session.h"
#include "known.h"
#include "printable.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <iostream>

#include <unistd.h>

namespace runner::ctl {

namespace {

struct Options
{
    std::string name;
    bool sandbox = false;
    bool yes = false;
    bool all = false;
    double keep = 0;
    std::string format = "text";
    build::NewBuilder create;
};

using Use = std::function<int(const build::Tool &)>;

/// Declares --sandbox and what is run with the docker that it chooses.
void onTool(CLI::App *command, Context &context, const std::shared_ptr<Options> &options,
            std::function<int(const build::Tool &)> use)
{
    command->add_flag("--sandbox", options->sandbox, "Use the daemon of scripts/sandbox");
    onRun(command, context, [&context, options, use = std::move(use)] {
        const Session session;
        const auto tool = session.tool(context, options->sandbox);
        return tool ? use(*tool) : static_cast<int>(Failed);
    });
}

/// Reports what went wrong; whether nothing did.
bool good(const Context &context, const build::Answer &answer)
{
    if (!answer.good())
        context.report(build::explainError(answer, "buildx-failed"));
    return answer.good();
}

int pass(Context &context, const build::Tool &tool, const std::vector<std::string> &arguments)
{
    const build::Answer answer = ask(tool, arguments);
    for (const char c : answer.output)
        context.print(c == '\n' || c == '\t' || static_cast<unsigned char>(c) >= 0x20
                          ? std::string(1, c)
                          : printable(std::string_view(&c, 1)));
    return good(context, answer) ? Done : Failed;
}

nlohmann::ordered_json json(const build::Builder &builder)
{
    nlohmann::ordered_json nodes = nlohmann::ordered_json::array();
    for (const build::BuilderNode &node : builder.nodes)
        nodes.push_back({{"name", node.name},
                         {"endpoint", node.endpoint},
                         {"status", node.status},
                         {"version", node.version},
                         {"platforms", node.platforms}});
    return {{"name", builder.name},
            {"driver", builder.driver},
            {"current", builder.current},
            {"error", builder.error},
            {"may_clip_logs", builder.mayClipLogs()},
            {"nodes", nodes}};
}

/// "running: linux/amd64, linux/arm64".
std::string stateOf(const build::Builder &builder)
{
    const std::string state = builder.isRunning()     ? "running"
                              : builder.nodes.empty() ? "no nodes"
                                                      : builder.nodes.front().status;
    const std::string platforms = CLI::detail::join(builder.platforms(), ", ");
    return state + (state.empty() || platforms.empty() ? "" : ": ") + platforms;
}

int list(Context &context, const build::Tool &tool, const std::string &format)
{
    const build::Answer answer = ask(tool, build::listArguments());
    if (!good(context, answer))
        return Failed;
    const auto builders = build::parseBuilders(answer.output);
    auto all = nlohmann::ordered_json::array();
    for (const build::Builder &builder : builders) {
        all.push_back(json(builder));
        if (format == "json")
            continue;
        std::string line = (builder.current ? "* " : "  ") + builder.name + " ("
                           + (builder.driver.empty() ? "unknown" : builder.driver) + "): ";
        line += builder.error.empty() ? stateOf(builder) : builder.error;
        context.print(printable(line) + "\n");
        if (!builder.error.empty())
            offerSandbox(context, {build::explainError(builder.error, "buildx-failed")});
    }
    if (format == "json")
        context.print(all.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
    const bool any = std::any_of(builders.begin(), builders.end(),
                                 [](const build::Builder &builder) { return builder.error.empty(); });
    return any ? Done : Failed;
}

int diskUse(Context &context, const build::Tool &tool, const std::string &builder)
{
    const build::Answer answer = ask(tool, build::cacheUseArguments(builder));
    if (!good(context, answer))
        return Failed;
    const std::vector<build::CacheUse> uses = build::parseCacheUse(answer.output);
    const build::CacheTotal total = build::totalOf(uses);
    std::map<std::string, std::uint64_t> types;
    for (const build::CacheUse &use : uses)
        types[use.type] += use.bytes;
    for (const auto &[type, bytes] : types)
        context.print(printable(shownSize(bytes) + "  " + type) + "\n");
    context.print(shownSize(total.bytes) + "  in all, " + shownSize(total.reclaimable) + " of it can be pruned\n");
    return Done;
}

/// Whether the user says so; without a terminal only --yes does.
bool confirmed(Context &context, const Options &options, const std::string &question)
{
    if (options.yes)
        return true;
    if (::isatty(STDIN_FILENO) != 1) {
        context.message(question + " Say so with --yes");
        return false;
    }
    std::fprintf(stderr, "%s [y/N] ", printable(question).c_str());
    std::string answer;
    std::getline(std::cin, answer);
    return answer == "y" || answer == "yes";
}

int prune(Context &context, const build::Tool &tool, const Options &options)
{
    const std::string where = options.name.empty() ? "the current builder" : "the builder " + options.name;
    if (!confirmed(context, options, "Prune the build cache of " + where + "?"))
        return Failed;
    return pass(context, tool, build::pruneArguments(options.name, options.all, std::uint64_t(options.keep * 1e9)));
}

int create(Context &context, const build::Tool &tool, const build::NewBuilder &builder)
{
    const auto arguments = build::createArguments(builder);
    if (arguments)
        return pass(context, tool, *arguments);
    context.report(arguments.error());
    return Usage;
}

int remove(Context &context, const build::Tool &tool, const Options &options)
{
    if (!confirmed(context, options, "Remove the builder " + options.name + " and its cache?"))
        return Failed;
    return pass(context, tool, build::removeArguments(options.name));
}

void addName(CLI::App *command, Options &options, bool required)
{
    command->add_option("NAME", options.name, required ? "The builder" : "The builder (docker's current one)")
        ->required(required);
}

void addReading(CLI::App *builders, Context &context)
{
    auto options = std::make_shared<Options>();
    CLI::App *command = builders->add_subcommand("list", "List builders and their platforms");
    addChoice(command, context, "--format", options->format, {"text", "json"}, "How to print them (text)");
    onTool(command, context, options,
           [&context, options](const build::Tool &tool) { return list(context, tool, options->format); });

    options = std::make_shared<Options>();
    command = builders->add_subcommand("inspect", "Start a builder if it does not run, and show what it is");
    addName(command, *options, false);
    onTool(command, context, options, [&context, options](const build::Tool &tool) {
        return pass(context, tool, build::inspectArguments(options->name));
    });

    options = std::make_shared<Options>();
    command = builders->add_subcommand("du", "Show what a builder's cache takes on its disk");
    addName(command, *options, false);
    onTool(command, context, options,
           [&context, options](const build::Tool &tool) { return diskUse(context, tool, options->name); });
}

void addCreate(CLI::App *builders, Context &context)
{
    auto options = std::make_shared<Options>();
    CLI::App *command = builders->add_subcommand("create", "Create a builder, or add a node to one");
    build::NewBuilder &builder = options->create;
    command->add_option("NAME", builder.name, "Its name")->required();
    command->add_option("ENDPOINT", builder.endpoint,
                        "A docker context or host, or a BuildKit's address (tcp://HOST:PORT) for remote");
    addChoice(command, context, "--driver", builder.driver, {"docker-container", "remote", "kubernetes"},
              "What kind it is (docker-container)");
    context.setCompleter(addRepeatable(command, "--platform", builder.platforms,
                                       "A platform of the node (repeatable; what it says itself)")
                             ->option_text("PLATFORM"),
                         completer(knownPlatforms));
    addRepeatable(command, "--driver-opt", builder.driverOptions, "An option of the driver (repeatable)")
        ->option_text("NAME=VALUE");
    command->add_flag("--append", builder.append, "Add a node to the builder of that name");
    command->add_flag("--use", builder.use, "Make it docker's current one");
    onTool(command, context, options,
           [&context, options](const build::Tool &tool) { return create(context, tool, options->create); });
}

void addChanging(CLI::App *builders, Context &context)
{
    auto options = std::make_shared<Options>();
    CLI::App *command = builders->add_subcommand("prune", "Free a builder's cache");
    addName(command, *options, false);
    command->add_flag("--all", options->all, "Also what was used lately");
    command->add_option("--keep", options->keep, "Gigabytes to leave (0)")
        ->check(CLI::Range(0.0, 1e6))
        ->option_text("GB");
    command->add_flag("--yes", options->yes, "Do not ask");
    onTool(command, context, options,
           [&context, options](const build::Tool &tool) { return prune(context, tool, *options); });

    options = std::make_shared<Options>();
    command = builders->add_subcommand("remove", "Remove a builder");
    addName(command, *options, true);
    command->add_flag("--yes", options->yes, "Do not ask");
    onTool(command, context, options,
           [&context, options](const build::Tool &tool) { return remove(context, tool, *options); });

    options = std::make_shared<Options>();
    command = builders->add_subcommand("use", "Make a builder docker's current one");
    addName(command, *options, true);
    onTool(command, context, options, [&context, options](const build::Tool &tool) {
        return pass(context, tool, build::useArguments(options->name));
    });
}

} // namespace

void addBuildersCommand(CLI::App &app, Context &context)
{
    CLI::App *builders = app.add_subcommand("builders", "What buildx builds on: list, create, prune, remove");
    builders->require_subcommand(1);
    addReading(builders, context);
    addCreate(builders, context);
    addChanging(builders, context);
}

} // namespace runner::ctl
