#include "check/fix.h"

#include "check/convention/convention.h"
#include "check/matrixfixes.h"

namespace runner::check {

std::vector<Fix> fixesFor(const workspace::Workspace &workspace, const Problem &problem)
{
    if (problem.where.file == workspace.matrixFile)
        return matrixFixes(workspace, problem);
    std::vector<Fix> fixes;
    for (const workspace::PackFile &file : workspace.dockerfiles) {
        if (file.file.fileName != problem.where.file)
            continue;
        for (convention::Finding &finding : convention::checkFile(workspace, file)) {
            if (finding.fix && finding.problem == problem)
                fixes.push_back(std::move(*finding.fix));
        }
    }
    return fixes;
}

} // namespace runner::check
