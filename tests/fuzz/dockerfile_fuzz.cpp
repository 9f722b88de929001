// Reads any bytes as a Dockerfile, evaluates what they declare, and checks what the reader promises of places.
#include "dockerfile/evaluation.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace runner;
using namespace runner::dockerfile;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void checkRange(const Dockerfile &file, const text::ByteRange &range)
{
    require(range.begin <= range.end && range.end <= file.text.size());
}

void checkPlace(const Location &where)
{
    require(where.line >= 1 && where.column >= 1 && where.file == "Dockerfile");
}

void checkInstruction(const Dockerfile &file, const Instruction &instruction)
{
    checkRange(file, instruction.range);
    checkPlace(instruction.where);
    require(instruction.lastLine >= instruction.where.line);
    for (const Heredoc &heredoc : instruction.heredocs) {
        checkRange(file, heredoc.bodyRange);
        require(file.text.substr(heredoc.bodyRange.begin, heredoc.bodyRange.size()) == heredoc.body);
    }
}

void checkArguments(const Dockerfile &file, const std::vector<ArgumentLine> &arguments)
{
    for (const ArgumentLine &argument : arguments) {
        checkRange(file, argument.range);
        checkPlace(argument.where);
        require(!argument.name.empty());
    }
}

void checkFile(const Dockerfile &file)
{
    checkArguments(file, file.globalArguments);
    for (const Stage &stage : file.stages) {
        checkInstruction(file, stage.from);
        checkArguments(file, stage.arguments);
        for (const Instruction &instruction : stage.instructions)
            checkInstruction(file, instruction);
    }
    for (const Problem &problem : file.problems)
        checkPlace(problem.where);
    require(file.problems.size() <= 1001);
}

void checkEvaluation(const Dockerfile &file, const Variables &overrides)
{
    const Evaluation evaluation = evaluateArguments(file, overrides, "linux/arm64");
    for (const EvaluatedArgument &argument : evaluation.arguments)
        require(argument.line != nullptr && argument.line->name == argument.name);
    for (const Problem &problem : evaluation.problems)
        checkPlace(problem.where);
    for (const int stage : stagesFor(file, {}, evaluation))
        require(stage >= 0 && static_cast<std::size_t>(stage) < file.stages.size());
    for (const auto &[name, stages] : argumentUses(file, {}, evaluation))
        require(evaluation.find(name) != nullptr && !stages.empty());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const Dockerfile file = readDockerfile(std::string(data, data + size), "Dockerfile");
    checkFile(file);
    checkEvaluation(file, {});
    checkEvaluation(file, {{"A", "$B"}, {"B", ""}, {"VERSION", "1.2.3"}});
    return 0;
}
