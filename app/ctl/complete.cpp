#include "complete.h"

#include "printable.h"

#include <algorithm>

namespace runner::ctl {

namespace {

/// Where on the command line the words so far lead.
struct Position
{
    const CLI::App *command = nullptr;
    const CLI::Option *option = nullptr; ///< Waits for its value.
    std::size_t positionals = 0;         ///< How many of the command's own are there.
};

bool isShown(const CLI::App *command)
{
    return !command->get_group().empty();
}

const CLI::App *findCommand(const CLI::App *parent, const std::string &name)
{
    const auto found = parent->get_subcommands([&](const CLI::App *app) { return app->get_name() == name; });
    return found.empty() ? nullptr : found.front();
}

/// Also the options of the commands around it: they may stand anywhere.
const CLI::Option *findOption(const CLI::App *command, const std::string &name)
{
    for (; command; command = command->get_parent()) {
        if (const CLI::Option *option = command->get_option_no_throw(name))
            return option;
    }
    return nullptr;
}

void step(Position &position, Context &context, const std::string &word)
{
    if (word == "=") // How bash splits --option=value.
        return;
    if (const CLI::Option *option = std::exchange(position.option, nullptr)) {
        if (option->check_name("-C"))
            context.directory = word;
    } else if (word.starts_with("-")) {
        const CLI::Option *found = findOption(position.command, word);
        if (found && found->get_items_expected_max() > 0)
            position.option = found;
    } else if (const CLI::App *command = findCommand(position.command, word)) {
        position.command = command;
    } else {
        ++position.positionals;
    }
}

std::vector<std::string> optionNames(const CLI::App *command)
{
    std::vector<std::string> names;
    for (; command; command = command->get_parent()) {
        for (const CLI::Option *option : command->get_options()) {
            for (const std::string &name : option->get_lnames())
                names.push_back("--" + name);
        }
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

std::vector<std::string> commandNames(const CLI::App *command)
{
    std::vector<std::string> names;
    for (const CLI::App *sub : command->get_subcommands(isShown))
        names.push_back(sub->get_name());
    return names;
}

std::vector<std::string> positionalValues(const Position &position, Context &context)
{
    const auto options =
        position.command->get_options([](const CLI::Option *option) { return option->get_positional(); });
    if (position.positionals < options.size())
        return context.complete(options[position.positionals]);
    return {};
}

std::vector<std::string> candidates(const Position &position, Context &context, const std::string &current)
{
    if (position.option)
        return context.complete(position.option);
    if (current.starts_with("-"))
        return optionNames(position.command);
    std::vector<std::string> names = commandNames(position.command);
    return names.empty() ? positionalValues(position, context) : names;
}

} // namespace

void completeWords(const CLI::App &app, Context &context, const std::vector<std::string> &words)
{
    const std::string current = words.empty() || words.back() == "=" ? std::string() : words.back();
    Position position{&app};
    for (std::size_t i = 0; i + 1 < words.size(); ++i)
        step(position, context, words[i]);
    for (const std::string &candidate : candidates(position, context, current)) {
        if (candidate.starts_with(current) && printable(candidate) == candidate)
            context.print(candidate + "\n");
    }
}

} // namespace runner::ctl
