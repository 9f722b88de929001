// runnerctl completion: the scripts that teach a shell to complete runnerctl's command line.
#include "command.h"
#include "completionscripts.h"

namespace runner::ctl {

void addCompletionCommand(CLI::App &app, Context &context)
{
    auto shell = std::make_shared<std::string>();
    CLI::App *command = app.add_subcommand("completion", "Print the completion script of a shell");
    addChoice(command, context, "SHELL", *shell, {"bash", "zsh"}, "The shell")->required();
    onRun(command, context, [&context, shell] {
        context.print(*shell == "zsh" ? zshCompletion : bashCompletion);
        return Done;
    });
}

} // namespace runner::ctl
