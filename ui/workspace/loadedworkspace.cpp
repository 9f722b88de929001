#include "workspace/loadedworkspace.h"

#include "check/check.h"

#include <algorithm>

namespace runner::ui {

namespace {

void appendMissing(Problems &problems, const Problems &more)
{
    for (const Problem &problem : more) {
        const bool known = std::any_of(problems.begin(), problems.end(), [&problem](const Problem &other) {
            return other.id == problem.id && other.where == problem.where;
        });
        if (!known)
            problems.push_back(problem);
    }
}

std::shared_ptr<LoadedWorkspace> worked(std::shared_ptr<const workspace::Workspace> workspace)
{
    auto loaded = std::make_shared<LoadedWorkspace>();
    loaded->workspace = std::move(workspace);
    const workspace::Workspace &centre = *loaded->workspace;
    loaded->problems = check::checkWorkspace(centre);
    expand::Options options;
    options.forRelease = true;
    loaded->plan = expand::expand(centre.matrix, centre.lookup(), options);
    appendMissing(loaded->problems, loaded->plan.problems);
    loaded->index = SupportIndex::build(centre, loaded->plan, loaded->problems);
    return loaded;
}

} // namespace

LoadedPointer prepare(std::shared_ptr<const workspace::Workspace> workspace)
{
    return worked(std::move(workspace));
}

LoadResult loadUnsaved(const LoadedPointer &saved, const workspace::Texts &texts)
{
    auto changed = workspace::withTexts(saved->workspace, texts);
    if (!changed)
        return tl::unexpected<Problem>(changed.error());
    auto loaded = worked(std::move(*changed));
    loaded->saved = saved;
    return loaded;
}

LoadResult loadWorkspace(const std::filesystem::path &start)
{
    const auto root = workspace::findRoot(start);
    if (!root)
        return tl::unexpected<Problem>(root.error());
    auto opened = workspace::open(*root);
    if (!opened)
        return tl::unexpected<Problem>(opened.error());
    return prepare(std::move(*opened));
}

} // namespace runner::ui
