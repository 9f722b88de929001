#include "check/convention/convention.h"

#include "check/convention/families.h"

namespace runner::check::convention
{

Findings checkFile(const workspace::Workspace &workspace, const workspace::PackFile &file)
{
    const Subject subject(workspace, file);
    Findings findings;
    checkHeader(subject, findings);
    checkArgumentNames(subject, findings);
    checkCommands(subject, findings);
    checkShells(subject, findings);
    checkStages(subject, findings);
    checkEnvironment(subject, findings);
    checkSources(subject, findings);
    checkImageNames(subject, findings);
    return findings;
}

} // namespace runner::check::convention
