// runnerctl: the engine without the window.
#include "build/build.h"
#include "command.h"
#include "complete.h"
#include "edit/editcommands.h"
#include "images/images.h"
#include "onboard/onboard.h"
#include "printable.h"

#include <csignal>
#include <cstdio>
#include <exception>
#include <sstream>
#include <string_view>

namespace {

using namespace runner::ctl;

using AddCommand = void (*)(CLI::App &, Context &);
constexpr AddCommand commands[] = {
    addTableCommand,  addRunnersCommand, addExpandCommand,  addArgsCommand,    addImageCommand,  addCheckCommand,
    addResumeCommand, addEditCommands,   addOnboardCommand, addImagesCommands, addBuildCommands, addCompletionCommand,
};

void declare(CLI::App &app, Context &context)
{
    app.name("runnerctl");
    app.set_version_flag("--version", "runnerctl " RUNNER_VERSION, "Print the version and exit");
    app.set_help_flag("-h,--help", "Print this help and exit");
    app.add_option("-C", context.directory, "Look for the pack centre from here upwards (.)")->option_text("DIR");
    app.require_subcommand(1);
    app.fallthrough();
    app.footer("Exit codes: 0 done, 1 findings or failed, 2 wrong usage, 3 the pack centre cannot be read.");
    for (const AddCommand add : commands)
        add(app, context);
}

/// What app.parse() wants: the words from the last to the first. CLI11 takes "--name=" for a missing value; here it is
/// an empty one.
std::vector<std::string> reversedWords(int argc, char **argv)
{
    std::vector<std::string> words;
    bool options = true;
    for (const std::string_view word : std::vector<std::string_view>(argv + 1, argv + argc)) {
        options = options && word != "--";
        const bool emptyValue =
            options && word.size() > 3 && word.starts_with("--") && word.find('=') == word.size() - 1;
        words.emplace_back(emptyValue ? word.substr(0, word.size() - 1) : word);
        if (emptyValue)
            words.emplace_back();
    }
    return {words.rbegin(), words.rend()};
}

/// CLI11 says that a sub-command is required where a word is none.
constexpr int unknownWord = static_cast<int>(CLI::ExitCodes::RequiredError);

std::string dashHint(const std::string &unknown)
{
    return unknown.starts_with('-')
               ? "A value that begins with '-' needs a '--' in front: options, then --, then the values.\n"
               : "";
}

/// Help and version end the parsing as errors do; only they end with 0.
int parse(CLI::App &app, Context &context, int argc, char **argv)
{
    try {
        app.parse(reversedWords(argc, argv));
        return context.run ? context.run() : static_cast<int>(Done);
    } catch (const CLI::ParseError &error) {
        std::ostringstream out;
        std::ostringstream messages;
        const int code = app.exit(error, out, messages);
        if (const auto unknown = app.remaining(true); error.get_exit_code() == unknownWord && !unknown.empty())
            messages.str("There is no '" + printable(unknown.front()) + "' here.\n" + dashHint(unknown.front())
                         + "Run with --help for more information.\n");
        context.print(out.str());
        std::fputs(messages.str().c_str(), stderr);
        return code == 0 ? Done : Usage;
    }
}

int runProgram(int argc, char **argv)
{
    Context context;
    CLI::App app("Reads, expands and checks a pack centre of inference service images");
    declare(app, context);
    if (argc > 1 && std::string_view(argv[1]) == "complete") {
        completeWords(app, context, {argv + 2, argv + argc});
        return context.finish(Done);
    }
    return context.finish(parse(app, context, argc, argv));
}

} // namespace

int main(int argc, char **argv)
{
    std::signal(SIGPIPE, SIG_IGN); // A reader that went away is an answer of write(), not the end of us;
    std::signal(SIGXFSZ, SIG_IGN); // so is a file that may not grow.
    try {
        return runProgram(argc, argv);
    } catch (const std::exception &error) {
        std::fprintf(stderr, "runnerctl: %s\n", printable(error.what()).c_str());
        return Failed;
    }
}
