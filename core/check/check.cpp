#include "check/check.h"

#include "check/convention/convention.h"
#include "check/families.h"

#include <algorithm>
#include <tuple>

namespace runner::check {

namespace {

auto sortKey(const Problem &problem)
{
    return std::tie(problem.where.file, problem.where.line, problem.where.column, problem.severity, problem.id,
                    problem.message);
}

void checkConvention(const workspace::Workspace &workspace, Problems &problems)
{
    for (const workspace::PackFile &file : workspace.dockerfiles) {
        for (convention::Finding &finding : convention::checkFile(workspace, file))
            problems.push_back(std::move(finding.problem));
    }
}

} // namespace

Problems checkWorkspace(const workspace::Workspace &workspace)
{
    const Subject subject(workspace);
    Problems problems = workspace.problems;
    problems.insert(problems.end(), subject.plan.problems.begin(), subject.plan.problems.end());
    checkRules(subject, problems);
    checkArguments(subject, problems);
    checkTags(subject, problems);
    checkBaseImages(subject, problems);
    checkRunners(subject, problems);
    checkConvention(workspace, problems);
    std::sort(problems.begin(), problems.end(),
              [](const Problem &a, const Problem &b) { return sortKey(a) < sortKey(b); });
    problems.erase(std::unique(problems.begin(), problems.end()), problems.end());
    return problems;
}

} // namespace runner::check
