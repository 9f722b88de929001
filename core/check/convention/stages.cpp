// Stages: one for each service, ready to be started, and none that nobody needs.
#include "check/convention/families.h"

#include "dockerfile/characters.h"
#include "dockerfile/jsonform.h"

#include <algorithm>
#include <array>
#include <map>

namespace runner::check::convention {

namespace {

using dockerfile::Instruction;
using dockerfile::Stage;

constexpr const char *wantedEntryPoint = R"(ENTRYPOINT [ "tini", "--" ])";
constexpr const char *wantedFolder = "WORKDIR /";

const Instruction *lastOf(const Stage &stage, std::string_view keyword)
{
    const auto found = std::find_if(stage.instructions.rbegin(), stage.instructions.rend(),
                                    [&](const Instruction &each) { return each.keyword == keyword; });
    return found == stage.instructions.rend() ? nullptr : &*found;
}

class ServiceStage
{
public:
    ServiceStage(const Subject &subject, const Stage &stage, Findings &findings)
        : m_subject(subject)
        , m_stage(stage)
        , m_findings(findings)
        , m_entryPoint(lastOf(stage, "ENTRYPOINT"))
    {
    }

    void check()
    {
        checkFolder();
        checkEntryPoint();
    }

private:
    // As a line of its own below the stage's last instruction. Not where that goes on: the line would be part of it.
    std::optional<Fix> append(std::string title, const std::string &line) const
    {
        const Instruction &last = m_stage.instructions.empty() ? m_stage.from : m_stage.instructions.back();
        if (!ends(last))
            return std::nullopt;
        const std::size_t end = m_subject.lineStart(last.lastLine + 1);
        const bool open = end == m_subject.file.text.size() && !m_subject.file.text.ends_with('\n');
        return m_subject.fix(std::move(title), {end, end},
                             (open ? m_subject.lineEnd() : "") + line + m_subject.lineEnd());
    }

    bool ends(const Instruction &instruction) const
    {
        const std::string_view line = dockerfile::trimmed(m_subject.line(instruction.lastLine));
        if (!instruction.heredocs.empty())
            return line == instruction.heredocs.back().name;
        return !line.ends_with(m_subject.file.escape);
    }

    void checkFolder()
    {
        const Instruction *folder = lastOf(m_stage, "WORKDIR");
        if (folder && dockerfile::trimmed(folder->arguments) == "/")
            return;
        const bool before = m_entryPoint && (!folder || folder->range.begin < m_entryPoint->range.begin);
        std::optional<Fix> fix =
            before ? m_subject.fix("Add WORKDIR /", {m_entryPoint->range.begin, m_entryPoint->range.begin},
                                   wantedFolder + m_subject.lineEnd())
                   : append("Add WORKDIR /", wantedFolder);
        add("convention-workdir", folder ? folder->where : m_stage.where,
            "The stage of the service " + m_stage.name + " does not end in the folder /", std::move(fix));
    }

    void add(const char *id, const Location &where, std::string message, std::optional<Fix> fix)
    {
        m_findings.push_back(
            {m_subject.problem(id, where, std::move(message),
                               std::string("End the stage with ") + wantedFolder + " and " + wantedEntryPoint),
             std::move(fix)});
    }

    void checkEntryPoint()
    {
        if (!m_entryPoint) {
            add("convention-entrypoint", m_stage.where,
                "The stage of the service " + m_stage.name + " has no ENTRYPOINT",
                append("Add ENTRYPOINT", wantedEntryPoint));
            return;
        }
        const auto words = dockerfile::readJsonStrings(m_entryPoint->arguments);
        if (words && *words == std::vector<std::string>{"tini", "--"}) {
            checkBehind();
            return;
        }
        std::optional<Fix> fix;
        const bool tini = words && !words->empty() && words->front().substr(words->front().rfind('/') + 1) == "tini";
        if (tini && words->size() <= 2)
            fix = m_subject.fix("Write the usual ENTRYPOINT", m_entryPoint->range, wantedEntryPoint);
        add("convention-entrypoint", m_entryPoint->where,
            "The ENTRYPOINT of the service " + m_stage.name + R"( is not [ "tini", "--" ])", std::move(fix));
    }

    // What is only said about the image (CMD, LABEL, EXPOSE and their like) may stand anywhere.
    void checkBehind()
    {
        constexpr std::array<std::string_view, 6> changing{"ADD", "COPY", "ENV", "RUN", "USER", "WORKDIR"};
        const auto found =
            std::find_if(m_stage.instructions.begin(), m_stage.instructions.end(), [&](const Instruction &each) {
                return each.range.begin > m_entryPoint->range.begin
                       && std::find(changing.begin(), changing.end(), each.keyword) != changing.end();
            });
        if (found != m_stage.instructions.end())
            add("convention-entrypoint", found->where,
                found->keyword + " stands below the ENTRYPOINT of the service " + m_stage.name, std::nullopt);
    }

    const Subject &m_subject;
    const Stage &m_stage;
    Findings &m_findings;
    const Instruction *m_entryPoint;
};

bool isAskedFor(const Subject &subject, const std::string &service)
{
    const auto &rules = subject.workspace.matrix.rules;
    return std::any_of(rules.begin(), rules.end(), [&](const matrix::Rule &rule) {
        return rule.backend.text == subject.backend
               && std::any_of(rule.services.begin(), rule.services.end(),
                              [&](const matrix::Value &each) { return each.text == service; });
    });
}

// Where a rule asks for the service, the check of the rules tells.
void checkTarget(const Subject &subject, Findings &findings)
{
    if (subject.service.empty() || subject.file.findStage(subject.service) >= 0 || isAskedFor(subject, subject.service))
        return;
    findings.push_back({subject.problem("missing-stage", subject.placeOf(0),
                                        subject.file.fileName + " has no stage '" + subject.service + "'",
                                        "Name the stage that is to be built after the service", Severity::Error),
                        std::nullopt});
}

void checkReached(const Subject &subject, Findings &findings)
{
    const std::vector<bool> &reached = subject.reached;
    if (!subject.hasTarget())
        return; // no target at all, which is told elsewhere
    for (std::size_t i = 0; i < reached.size(); ++i) {
        const Stage &stage = subject.file.stages[i];
        if (reached[i])
            continue;
        const std::string name = stage.name.empty() ? "number " + std::to_string(i) : "'" + stage.name + "'";
        findings.push_back(
            {subject.problem("convention-unreachable-stage", stage.where,
                             "Neither a service nor the runtime needs the stage " + name, "Use it, or remove it"),
             std::nullopt});
    }
}

// BuildKit takes the last; the others can only be reached by what stands in between.
void checkNamesOfStages(const Subject &subject, Findings &findings)
{
    std::map<std::string_view, const Stage *> seen;
    for (const Stage &stage : subject.file.stages) {
        const auto [first, isNew] = seen.emplace(stage.name, &stage);
        if (isNew || stage.name.empty())
            continue;
        findings.push_back({subject.problem("convention-stage-named-twice", stage.where,
                                            "A stage '" + stage.name + "' stands already in line "
                                                + std::to_string(first->second->where.line),
                                            "Give one of the two another name"),
                            std::nullopt});
    }
}

} // namespace

void checkStages(const Subject &subject, Findings &findings)
{
    checkTarget(subject, findings);
    checkNamesOfStages(subject, findings);
    for (const std::string &service : subject.services) {
        if (const int stage = subject.file.findStage(service); stage >= 0)
            ServiceStage(subject, subject.file.stages[static_cast<std::size_t>(stage)], findings).check();
    }
    checkReached(subject, findings);
}

} // namespace runner::check::convention
