#include "onboard/steprun.h"

#include "transfer/processrun.h"

namespace runner::onboard {

namespace {

std::string reasonOf(const transfer::ProcessResult &result)
{
    if (!result.started)
        return "It could not be started: " + result.errors;
    return result.exitCode < 0 ? "It was stopped" : "It ended with exit code " + std::to_string(result.exitCode);
}

} // namespace

StepRun::StepRun(const std::filesystem::path &root, const NextStep &step, Events events)
    : m_events(std::move(events))
{
    const bool inside = step.command.front().find('/') != std::string::npos; // In the root, not in our own folder.
    const std::string program = inside ? (root / step.command.front()).string() : step.command.front();
    const std::vector<std::string> arguments(step.command.begin() + 1, step.command.end());
    m_process = std::make_unique<transfer::ProcessRun>(
        program, arguments, root.string(), [this](const transfer::ProcessResult &result) {
            m_events.ended(result.started && result.exitCode == 0, reasonOf(result));
        });
    m_process->setListener([this](std::string_view bytes) { m_events.output(bytes); });
    m_process->start();
}

StepRun::~StepRun() = default;

void StepRun::stop()
{
    if (m_asked)
        m_process->kill();
    else
        m_process->interrupt();
    m_asked = true;
}

} // namespace runner::onboard
