#include "dockerfile/stagecheck.h"

#include "dockerfile/characters.h"
#include "dockerfile/stagesources.h"

#include <map>

namespace runner::dockerfile {

namespace {

using StageNames = std::map<std::string, std::size_t, std::less<>>;

class StageCheck
{
public:
    StageCheck(const Dockerfile &file, ProblemList &problems)
        : m_file(file)
        , m_problems(problems)
    {
        for (std::size_t i = 0; i < file.stages.size(); ++i) {
            if (!file.stages[i].name.empty())
                m_names[file.stages[i].name] = i;
        }
    }

    void check(std::size_t stage, const Instruction &instruction);

private:
    void checkSource(std::size_t stage, const StageSource &source, const Instruction &instruction);
    void tell(const char *id, const Instruction &instruction, std::string message, std::string advice)
    {
        m_problems.add({id, Severity::Error, instruction.where, std::move(message), std::move(advice)});
    }

    const Dockerfile &m_file;
    ProblemList &m_problems;
    StageNames m_names;
};

void StageCheck::check(std::size_t stage, const Instruction &instruction)
{
    for (const std::string &from : variableSources(instruction, m_file.escape))
        tell("dockerfile-from-variable", instruction, "The source \"" + from.substr(0, 80) + "\" may hold no variables",
             "Define a stage with FROM and the variable, and copy or mount from that stage");
    for (const StageSource &source : stageSources(instruction, m_file.escape))
        checkSource(stage, source, instruction);
}

void StageCheck::checkSource(std::size_t stage, const StageSource &source, const Instruction &instruction)
{
    std::size_t index = 0;
    if (const auto number = stageNumber(source)) {
        index = static_cast<std::size_t>(*number);
        if (*number < 0 || index >= m_file.stages.size()) {
            tell("dockerfile-bad-stage", instruction, "There is no stage of number " + source.from,
                 "Stages are counted from 0; better give the stage a name");
            return;
        }
    } else {
        const auto named = m_names.find(lowered(source.from));
        if (named == m_names.end())
            return; // an image
        index = named->second;
    }
    if (index >= stage)
        tell("dockerfile-stage-order", instruction,
             "The stage \"" + source.from + "\" is not finished where this instruction needs it", "Move that stage up");
}

} // namespace

void checkStages(const Dockerfile &file, ProblemList &problems)
{
    StageCheck check(file, problems);
    for (std::size_t i = 0; i < file.stages.size(); ++i) {
        for (const Instruction &instruction : file.stages[i].instructions)
            check.check(i, instruction);
    }
}

} // namespace runner::dockerfile
