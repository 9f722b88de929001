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

/// Everything of a workspace that has its problems so far: the plan, and what the table shows.
std::shared_ptr<LoadedWorkspace> worked(std::shared_ptr<const workspace::Workspace> workspace, Problems problems)
{
    auto loaded = std::make_shared<LoadedWorkspace>();
    loaded->workspace = std::move(workspace);
    loaded->problems = std::move(problems);
    const workspace::Workspace &centre = *loaded->workspace;
    expand::Options options;
    options.forRelease = true;
    loaded->plan = expand::expand(centre.matrix, centre.lookup(), options);
    appendMissing(loaded->problems, loaded->plan.problems);
    loaded->index = SupportIndex::build(centre, loaded->plan, loaded->problems);
    return loaded;
}

Result<std::shared_ptr<const workspace::Workspace>> openAround(const std::filesystem::path &start)
{
    const auto root = workspace::findRoot(start);
    if (!root)
        return tl::unexpected<Problem>(root.error());
    return workspace::open(*root);
}

} // namespace

LoadedPointer prepare(std::shared_ptr<const workspace::Workspace> workspace)
{
    Problems problems = check::checkWorkspace(*workspace);
    return worked(std::move(workspace), std::move(problems));
}

LoadedPointer checked(const LoadedPointer &read)
{
    return prepare(read->workspace);
}

LoadResult loadUnsaved(const LoadedPointer &saved, const workspace::Texts &texts)
{
    auto changed = workspace::withTexts(saved->workspace, texts);
    if (!changed)
        return tl::unexpected<Problem>(changed.error());
    Problems problems = check::checkWorkspace(**changed);
    auto loaded = worked(std::move(*changed), std::move(problems));
    loaded->saved = saved;
    return loaded;
}

LoadResult loadWorkspace(const std::filesystem::path &start)
{
    auto opened = openAround(start);
    if (!opened)
        return tl::unexpected<Problem>(opened.error());
    return prepare(std::move(*opened));
}

LoadResult readWorkspace(const std::filesystem::path &start)
{
    auto opened = openAround(start);
    if (!opened)
        return tl::unexpected<Problem>(opened.error());
    auto loaded = worked(std::move(*opened), {});
    loaded->checked = false;
    return loaded;
}

} // namespace runner::ui
