// Reads any bytes as a Dockerfile, evaluates what they declare, holds them against the convention, and checks what is
// promised of places and fixes.
#include "check/convention/convention.h"
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

// A pack centre in memory; nothing is on the disk where it says to be.
workspace::Workspace makeCentre()
{
    workspace::Workspace centre;
    centre.root = "/nonexistent";
    centre.matrix.services = {{"vllm", "vLLM", {}}, {"sglang", "SGLang", {}}};
    for (const char *id : {"cuda", "maca"})
        centre.matrix.backends.push_back({id, id, id, {}, {}, {}, {}});
    return centre;
}

void checkConvention(const Dockerfile &file)
{
    static workspace::Workspace centre = makeCentre();
    static const auto contexts = std::make_shared<const std::vector<NamedContext>>(
        std::vector<NamedContext>{{"common", "pack/common", {{"a.sh", {"A", "VERSION"}}}}});
    centre.dockerfiles = std::vector<workspace::PackFile>{{"cuda", {}, file}};
    centre.dockerfiles.edit().front().file.contexts = contexts;
    for (const auto &finding : check::convention::checkFile(centre, centre.dockerfiles.front())) {
        checkPlace(finding.problem.where);
        std::size_t last = 0;
        for (const text::Patch &patch : finding.fix ? finding.fix->patches : std::vector<text::Patch>()) {
            checkRange(file, patch.range);
            require(patch.range.begin >= last);
            last = patch.range.end;
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const Dockerfile file = readDockerfile(std::string(data, data + size), "Dockerfile");
    checkFile(file);
    checkConvention(file);
    checkEvaluation(file, {});
    checkEvaluation(file, {{"A", "$B"}, {"B", ""}, {"VERSION", "1.2.3"}});
    return 0;
}
