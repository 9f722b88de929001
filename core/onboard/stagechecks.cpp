#include "onboard/stagechecks.h"

#include "dockerfile/characters.h"
#include "dockerfile/dockerfile.h"
#include "dockerfile/expansion.h"
#include "dockerfile/lines.h"
#include "dockerfile/stagesources.h"
#include "dockerfile/unseen.h"
#include "expand/plan.h"
#include "onboard/stages.h"
#include "onboard/terms.h"
#include "text/ascii.h"
#include "text/misspelling.h"
#include "text/textfile.h"
#include "workspace/contexts.h"

#include <algorithm>

namespace runner::onboard {

namespace {

constexpr std::size_t maxStages = 256U << 10U;

using dockerfile::Dockerfile;
using dockerfile::Instruction;
using dockerfile::Stage;

std::string line(int number)
{
    return "Line " + std::to_string(number) + ": ";
}

// The text in front of the first FROM declares and does nothing.
bool beginsWithStage(const Dockerfile &file)
{
    return !file.stages.empty() && file.globalArguments.empty();
}

// ${NAME:-…} and its like say what stands there without a value.
bool sparesValue(const std::string &text, const std::string &name)
{
    const auto &kinds = {"-", ":-", "+", ":+"};
    return std::any_of(kinds.begin(), kinds.end(),
                       [&](const char *kind) { return text.find("${" + name + kind) != std::string::npos; });
}

class StagesCheck
{
public:
    StagesCheck(FieldCheck &check, std::string field, const StagePlace &place)
        : m_check(check)
        , m_field(std::move(field))
        , m_place(place)
    {
    }

    void run(const std::string &stages)
    {
        if (!checkBytes(stages))
            return;
        const Dockerfile file = dockerfile::readDockerfile(stages, {});
        const auto bad = std::find_if(file.problems.begin(), file.problems.end(),
                                      [](const Problem &each) { return each.severity == Severity::Error; });
        if (file.escape != '\\')
            wrong("The escape character is that of the file, and cannot be another one here",
                  "Leave the directive out, and write \\");
        else if (bad != file.problems.end())
            wrong(line(bad->where.line) + bad->message, bad->advice);
        else if (!beginsWithStage(file))
            wrong("The text does not begin with a stage", "Begin it with FROM; arguments are given beside it");
        else
            checkRead(file);
    }

private:
    void wrong(std::string message, std::string advice)
    {
        m_check.error(m_field, "onboard-bad-stages", std::move(message), std::move(advice));
    }
    bool checkBytes(const std::string &stages);
    void checkRead(const Dockerfile &file);
    void checkNames(const Dockerfile &file);
    void checkVersion(const Dockerfile &file);
    void checkEnd(const Dockerfile &file);
    void checkSources(const Dockerfile &file);
    void checkReferences(const Stage &stage);
    void checkSource(const Instruction &instruction, const dockerfile::StageSource &source,
                     const std::set<std::string> &known);

    FieldCheck &m_check;
    std::string m_field;
    const StagePlace &m_place;
};

bool StagesCheck::checkBytes(const std::string &stages)
{
    const std::size_t at = dockerfile::findUnseen(stages);
    if (const auto decoded = text::decodeText(stages, {}); !decoded && at == std::string::npos)
        wrong(line(decoded.error().where.line) + decoded.error().message, "Type it anew");
    else if (at != std::string::npos)
        wrong(
            line(1
                 + static_cast<int>(std::count(stages.begin(), stages.begin() + static_cast<std::ptrdiff_t>(at), '\n')))
                + "There is " + dockerfile::codePointName(stages, at) + " in it, a character that nobody sees",
            "Type the line anew, without that character");
    else
        return true;
    return false;
}

void StagesCheck::checkRead(const Dockerfile &file)
{
    if (!m_place.service.empty())
        checkNames(file);
    checkSources(file);
    checkEnd(file);
    if (!m_place.service.empty())
        checkVersion(file);
}

void StagesCheck::checkNames(const Dockerfile &file)
{
    const std::string &service = m_place.service;
    if (file.stages.back().name != service)
        wrong("The last stage is not called " + service, "Write FROM … AS " + service);
    for (const Stage &stage : file.stages) {
        if (stage.name.empty())
            wrong("A stage has no name", "Call it " + service + "-…");
        else if (stage.name != service && !stage.name.starts_with(service + "-"))
            wrong("The stage " + inQuotes(stage.name) + " is not named after the service", "Call it " + service + "-…");
        else if (m_place.above.contains(stage.name))
            m_check.error(m_field, "onboard-stage-there", "There is a stage " + stage.name + " already",
                          "Give it another name");
    }
}

// Arguments from above FROM are known in FROM, and in a stage once it declares them.
void StagesCheck::checkVersion(const Dockerfile &file)
{
    const std::string version = versionArgument(m_place.service);
    const std::string base = expand::argumentName(m_place.service, "BASE_IMAGE");
    for (std::size_t i = 0; i < file.stages.size(); ++i) {
        const Stage &stage = file.stages[i];
        if (mentions(stage.base, version) || (m_place.versionInBase && mentions(stage.base, base)))
            return;
        const std::size_t end = i + 1 < file.stages.size() ? file.stages[i + 1].from.range.begin : file.text.size();
        for (const Instruction &instruction : stage.instructions) {
            const std::size_t behind = instruction.range.end;
            if (instruction.keyword == "ARG" && mentions(instruction.arguments, version)
                && mentions(file.text.substr(behind, end - behind), version))
                return;
        }
    }
    m_check.warning(m_field, "onboard-version-unused",
                    "No stage uses " + version + ", so every version would be the same image",
                    "Declare it in the stage with ARG " + version + ", and use it there");
}

// Where the last line goes on, what stands below it in the file becomes a part of it.
void StagesCheck::checkEnd(const Dockerfile &file)
{
    if (const auto open = openLine(file))
        wrong(line(*open) + "It goes on behind its " + std::string(1, file.escape) + ", and nothing follows",
              "Take the character away, or write what follows");
}

// Each FROM, COPY --from and mount, with the stages above it.
void StagesCheck::checkSources(const Dockerfile &file)
{
    std::set<std::string> known = m_place.above;
    for (const Stage &stage : file.stages) {
        if (text::lowered(stage.base) != "scratch")
            checkSource(stage.from, {stage.base, false}, known);
        if (!m_place.arguments.empty())
            checkReferences(stage);
        for (const Instruction &instruction : stage.instructions) {
            for (const dockerfile::StageSource &source : dockerfile::stageSources(instruction, file.escape))
                checkSource(instruction, source, known);
        }
        known.insert(stage.name);
    }
}

// An argument that is none has no value, and what is left is another image or none.
void StagesCheck::checkReferences(const Stage &stage)
{
    std::string missing;
    const auto lookup = [&](std::string_view found) -> std::optional<std::string> {
        const std::string name(found);
        if (m_place.arguments.contains(name))
            return "x";
        if (missing.empty() && !sparesValue(stage.base, name))
            missing = name;
        return std::nullopt;
    };
    if (!dockerfile::expandWord(stage.base, '\\', lookup) || missing.empty())
        return;
    const auto meant = text::meantName(missing, m_place.arguments);
    wrong(line(stage.from.where.line) + "FROM refers to " + missing + ", which is no argument above it",
          meant ? "Probably " + *meant + " is meant" : "Add the argument to those of the service, or correct the name");
}

// What has a registry, a folder, a tag or a digest is an image; a variable's value is known to the build alone.
void StagesCheck::checkSource(const Instruction &instruction, const dockerfile::StageSource &source,
                              const std::set<std::string> &known)
{
    const std::string name = text::lowered(source.from);
    if (source.from.find_first_of("/:@$\\\"'") != std::string::npos || known.contains(name)
        || (m_place.common && source.from == workspace::commonContext))
        return;
    if (dockerfile::stageNumber(source)) {
        wrong(line(instruction.where.line)
                  + "Stages are counted from the top of the file, which is not the top of this text",
              "Name the stage instead of its number");
        return;
    }
    const auto meant = text::meantName(name, known);
    wrong(line(instruction.where.line) + "No stage above and no build context is called " + inQuotes(source.from),
          meant ? "Probably " + *meant + " is meant" : "Name a stage above, or an image with its tag");
}

} // namespace

std::optional<int> openLine(const Dockerfile &file)
{
    if (file.stages.empty())
        return {};
    const Stage &stage = file.stages.back();
    const Instruction &last = stage.instructions.empty() ? stage.from : stage.instructions.back();
    if (!last.heredocs.empty())
        return {};
    dockerfile::LineCursor lines(file.text);
    dockerfile::Line end;
    for (auto each = lines.next(); each; each = lines.next()) {
        const auto content = dockerfile::trimmedLeft(lines.contentOf(*each));
        if (!content.empty() && content.front() != '#')
            end = *each;
    }
    std::string_view content = lines.contentOf(end);
    return dockerfile::takeContinuation(content, file.escape) ? std::optional(end.number) : std::nullopt;
}

void checkStages(FieldCheck &check, const std::string &field, const std::string &stages, const StagePlace &place)
{
    if (stages.empty() || stages.size() > maxStages)
        check.error(field, stages.empty() ? "onboard-empty" : "onboard-too-long",
                    stages.empty() ? "There are no stages yet" : "The stages are too long",
                    "Write them as in a Dockerfile, from FROM … AS … on");
    else
        StagesCheck(check, field, place).run(stages);
}

} // namespace runner::onboard
