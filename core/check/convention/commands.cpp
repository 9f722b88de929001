// RUN: a heredoc with a command a line instead of a chain.
#include "check/convention/commandchain.h"
#include "check/convention/families.h"
#include "check/convention/inheritance.h"
#include "check/convention/shelloptions.h"

#include "dockerfile/jsonform.h"
#include "dockerfile/stagesources.h"

#include <algorithm>

namespace runner::check::convention {

namespace {

using dockerfile::Instruction;

class CommandCheck
{
public:
    CommandCheck(const Subject &subject, Findings &findings)
        : m_subject(subject)
        , m_findings(findings)
    {
    }

    void run()
    {
        visitStages<bool>(m_subject, [this](const dockerfile::Stage &stage, bool &strict) {
            for (const Instruction &instruction : stage.instructions)
                check(instruction, strict);
        });
    }

private:
    // The shell of the stage stops at errors: strict.
    void check(const Instruction &instruction, bool &strict)
    {
        const auto trigger = dockerfile::onBuildTrigger(instruction, m_subject.file.escape);
        if (instruction.keyword == "SHELL")
            strict =
                shellOptions(dockerfile::readJsonStrings(instruction.arguments).value_or(std::vector<std::string>()))
                    .isStrict();
        else if (instruction.keyword == "RUN")
            checkRun(instruction, strict);
        else if (trigger && trigger->keyword == "RUN")
            checkRun(*trigger, false);
    }

    void checkRun(const Instruction &instruction, bool strict)
    {
        if (dockerfile::readJsonForm(instruction.arguments).form != dockerfile::JsonForm::None) {
            checkJson(instruction);
            return;
        }
        const char escape = m_subject.file.escape;
        const std::size_t begin = instruction.range.begin;
        const std::size_t end =
            instruction.heredocs.empty() ? instruction.range.end : instruction.heredocs.front().bodyRange.begin;
        const std::string_view text = std::string_view(m_subject.file.text).substr(begin, end - begin);
        const CommandChain chain = readChain(text, escape);
        if (chain.joints.empty())
            return;
        std::optional<Fix> fix;
        const std::string feed = m_subject.lineEnd();
        const std::string lines = instruction.heredocs.empty() ? asLines(text, chain, escape, feed) : std::string();
        // Only a shell that stops at the first error does the same with lines as with "&&".
        if (strict && !lines.empty() && ("\n" + lines).find("\nEOF" + feed) == std::string::npos)
            fix = m_subject.fix("Write a heredoc", {begin + chain.begin, end}, "<<EOF" + feed + lines + "EOF");
        tell(begin + chain.joints.front(), std::move(fix));
    }

    // ["bash", "-c", "a && b"]
    void checkJson(const Instruction &instruction)
    {
        const auto words = dockerfile::readJsonStrings(instruction.arguments).value_or(std::vector<std::string>());
        const auto option = std::find(words.begin(), words.end(), "-c");
        if (option == words.end() || option + 1 == words.end() || !words.front().ends_with("sh"))
            return;
        if (!readChain("RUN " + *(option + 1), '\\').joints.empty())
            tell(instruction.range.begin, std::nullopt);
    }

    void tell(std::size_t at, std::optional<Fix> fix)
    {
        m_findings.push_back(
            {m_subject.problem("convention-run-chain", m_subject.placeOf(at), "RUN chains commands with &&",
                               "Write RUN <<EOF with a command a line, in a shell that stops at the first error"),
             std::move(fix)});
    }

    const Subject &m_subject;
    Findings &m_findings;
};

} // namespace

void checkCommands(const Subject &subject, Findings &findings)
{
    CommandCheck(subject, findings).run();
}

} // namespace runner::check::convention
