// SHELL: bash that stops at the first error, also in a pipe.
#include "check/convention/families.h"
#include "check/convention/inheritance.h"
#include "check/convention/shelloptions.h"

#include "dockerfile/jsonform.h"

#include <optional>

namespace runner::check::convention {

namespace {

using dockerfile::Instruction;
using dockerfile::Stage;

constexpr const char *wanted = R"(SHELL ["/bin/bash", "-eo", "pipefail", "-c"])";

enum class ShellState { None, Good, Bad };

// RUN that a shell runs: not the JSON form, and no heredoc that names its own interpreter.
bool needsShell(const Instruction &instruction)
{
    if (instruction.keyword != "RUN")
        return false;
    const bool script = !instruction.heredocs.empty() && instruction.arguments.starts_with("<<");
    if (script)
        return !instruction.heredocs.front().body.starts_with("#!");
    return dockerfile::readJsonForm(instruction.arguments).form == dockerfile::JsonForm::None;
}

class ShellCheck
{
public:
    ShellCheck(const Subject &subject, Findings &findings)
        : m_subject(subject)
        , m_findings(findings)
    {
    }

    void run()
    {
        visitStages<ShellState>(m_subject, [this](const Stage &stage, ShellState &state) { checkStage(stage, state); });
    }

private:
    void checkStage(const Stage &stage, ShellState &state)
    {
        bool told = false;
        for (const Instruction &instruction : stage.instructions) {
            if (instruction.keyword == "SHELL")
                state = readShell(instruction);
            else if (state == ShellState::None && !told && needsShell(instruction)) {
                tellMissing(stage);
                told = true;
            }
        }
    }

    ShellState readShell(const Instruction &instruction)
    {
        const auto words = dockerfile::readJsonStrings(instruction.arguments);
        if (!words || words->empty())
            return ShellState::Bad; // told by the reader
        const ShellOptions options = shellOptions(*words);
        if (options.isStrict())
            return ShellState::Good;
        std::optional<Fix> fix;
        if (options.bash)
            fix = m_subject.fix("Stop at the first error", instruction.range, wanted);
        m_findings.push_back({m_subject.problem("convention-shell", instruction.where, messageFor(options),
                                                std::string("Write ") + wanted),
                              std::move(fix)});
        return ShellState::Bad;
    }

    static std::string messageFor(const ShellOptions &options)
    {
        if (!options.bash)
            return "The shell is not bash";
        if (options.exitsOnError)
            return "The shell lacks the option pipefail: an error in the middle of a pipe goes unnoticed";
        return options.pipefail ? "The shell lacks the option -e: it goes on after an error"
                                : "The shell lacks the options -e and pipefail: errors go unnoticed";
    }

    void tellMissing(const Stage &stage)
    {
        const std::size_t end = m_subject.lineStart(stage.from.lastLine + 1);
        const std::string text = wanted + m_subject.lineEnd();
        m_findings.push_back({m_subject.problem("convention-shell", stage.where,
                                                "The stage has RUN but no SHELL: errors in pipes go unnoticed",
                                                std::string("Write ") + wanted + " below FROM"),
                              m_subject.fix("Add SHELL", {end, end}, text)});
    }

    const Subject &m_subject;
    Findings &m_findings;
};

} // namespace

void checkShells(const Subject &subject, Findings &findings)
{
    ShellCheck(subject, findings).run();
}

} // namespace runner::check::convention
