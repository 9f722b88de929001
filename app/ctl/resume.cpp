// runnerctl resume: ends a change of several files that was interrupted.
#include "command.h"

#include "workspace/changeset.h"

namespace runner::ctl {

namespace {

int runResume(Context &context)
{
    if (const auto root = workspace::findRoot(context.directory); !root) {
        context.report(root.error());
        return Unreadable;
    }
    if (!context.interrupted())
        context.message("no change was interrupted");
    return context.endInterrupted() ? Done : Failed;
}

} // namespace

std::optional<Problem> Context::interrupted() const
{
    const auto root = workspace::findRoot(directory);
    return root ? workspace::interruptedChange(*root) : std::nullopt;
}

bool Context::endInterrupted() const
{
    const auto root = workspace::findRoot(directory);
    if (!root)
        return true; // Opening says why.
    const auto resumed = workspace::resumeChanges(*root);
    if (!resumed)
        report(resumed.error());
    else if (*resumed != workspace::Resumed::Nothing)
        message(*resumed == workspace::Resumed::Completed
                    ? "an earlier change that was interrupted has been completed"
                    : "an earlier change that was interrupted has been taken back");
    return resumed.has_value();
}

void addResumeCommand(CLI::App &app, Context &context)
{
    CLI::App *command = app.add_subcommand("resume", "End a change of several files that was interrupted");
    command->footer("All of the change is there then, or nothing of it.");
    onRun(command, context, [&context] { return runResume(context); });
}

} // namespace runner::ctl
