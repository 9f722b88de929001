#include "check/convention/convention.h"

#include "check/convention/families.h"

namespace runner::check::convention {

namespace {

constexpr std::size_t mostFindings = 1000; // as many as the reader keeps problems

void bound(const Subject &subject, Findings &findings)
{
    if (findings.size() <= mostFindings)
        return;
    findings.resize(mostFindings);
    findings.push_back(
        {subject.problem("convention-too-many", subject.placeOf(0),
                         "More than " + std::to_string(mostFindings) + " things do not follow the convention",
                         "Mend the first ones", Severity::Note),
         std::nullopt});
}

} // namespace

Findings checkFile(const workspace::Workspace &workspace, const workspace::PackFile &file)
{
    const Subject subject(workspace, file);
    Findings findings;
    checkHeader(subject, findings);
    checkArgumentNames(subject, findings);
    checkCommands(subject, findings);
    checkShells(subject, findings);
    checkStages(subject, findings);
    checkReferences(subject, findings);
    checkStageNames(subject, findings);
    checkStageArguments(subject, findings);
    checkEnvironment(subject, findings);
    checkSources(subject, findings);
    checkScripts(subject, findings);
    checkLineEnds(subject, findings);
    checkImageNames(subject, findings);
    bound(subject, findings);
    return findings;
}

} // namespace runner::check::convention
