#include "workspace/loadedworkspace.h"

#include "workspace/effect.h"

#include <algorithm>
#include <mutex>
#include <utility>

namespace runner::ui {

struct LoadedWorkspace::Made
{
    std::once_flag planOnce;
    std::once_flag runtimePlanOnce;
    std::once_flag indexOnce;
    expand::Plan plan;
    expand::Plan runtimePlan;
    SupportIndex index;
};

namespace {

/// What the table shows, worked out where nobody waits for it.
LoadedPointer withTable(std::shared_ptr<LoadedWorkspace> loaded)
{
    loaded->index();
    return loaded;
}

/// And what the places Pack and Builds show.
LoadedPointer withPlans(std::shared_ptr<LoadedWorkspace> loaded)
{
    loaded->runtimePlan();
    return withTable(std::move(loaded));
}

/// The checks and the plan of rules that nobody knows would say nothing but that they are missing.
std::shared_ptr<LoadedWorkspace> unexamined(std::shared_ptr<const workspace::Workspace> workspace)
{
    auto loaded = std::make_shared<LoadedWorkspace>();
    loaded->problems = workspace->problems;
    loaded->unreadable = workspace->matrixProblem;
    loaded->workspace = std::move(workspace);
    return loaded;
}

std::shared_ptr<LoadedWorkspace> examined(std::shared_ptr<const workspace::Workspace> workspace,
                                          const check::ExaminationPointer &before)
{
    if (workspace->matrixProblem)
        return unexamined(std::move(workspace));
    auto loaded = std::make_shared<LoadedWorkspace>();
    loaded->workspace = std::move(workspace);
    loaded->examined = check::examine(*loaded->workspace, before);
    loaded->problems = loaded->examined->problems;
    loaded->expansion = {loaded->examined, &loaded->examined->expansion};
    return loaded;
}

const matrix::Document &readableMatrix(const LoadedWorkspace &saved, const matrix::Document &document,
                                       const LoadedPointer &like)
{
    if (document.fileName() == saved.workspace->matrixFile)
        return document;
    return like ? like->workspace->document : saved.workspace->document;
}

workspace::Texts withMatrix(workspace::Texts texts, const matrix::Document &document)
{
    texts[document.fileName()] = std::make_shared<const std::string>(document.text());
    return texts;
}

Result<std::shared_ptr<const workspace::Workspace>> openAround(const std::filesystem::path &start)
{
    const auto root = workspace::findRoot(start);
    if (!root)
        return tl::unexpected<Problem>(root.error());
    return workspace::openLeniently(*root);
}

} // namespace

std::shared_ptr<LoadedWorkspace::Made> LoadedWorkspace::nothingMade()
{
    return std::make_shared<Made>();
}

const expand::Plan &LoadedWorkspace::plan() const
{
    std::call_once(m_made->planOnce, [this] {
        if (expansion)
            m_made->plan = expand::planOf(workspace->matrix, *expansion, workspace::releaseOptions());
    });
    return m_made->plan;
}

const expand::Plan &LoadedWorkspace::runtimePlan() const
{
    std::call_once(m_made->runtimePlanOnce, [this] {
        expand::Options options = workspace::releaseOptions();
        options.target = expand::runtimeTarget;
        if (expansion)
            m_made->runtimePlan = expand::expand(workspace->matrix, workspace->lookup(), options);
    });
    return m_made->runtimePlan;
}

const SupportIndex &LoadedWorkspace::index() const
{
    std::call_once(m_made->indexOnce, [this] { m_made->index = SupportIndex::build(*workspace, plan(), problems); });
    return m_made->index;
}

std::size_t LoadedWorkspace::versions() const
{
    std::size_t count = 0;
    for (const matrix::RunnerRow &row : workspace->matrix.runners) {
        if (!workspace->matrix.findBackend(row.backend))
            continue;
        for (const matrix::RunnerCell &cell : row.cells) {
            if (workspace->matrix.findService(cell.service))
                count += cell.entries.size();
        }
    }
    return count;
}

LoadedPointer prepare(std::shared_ptr<const workspace::Workspace> workspace)
{
    return withPlans(examined(std::move(workspace), nullptr));
}

LoadedPointer checked(const LoadedPointer &read)
{
    return prepare(read->workspace);
}

LoadResult loadUnsaved(const LoadedPointer &saved, const workspace::Texts &texts, const matrix::Document &document,
                       const LoadedPointer &like)
{
    const workspace::Known known{document, like ? like->workspace : nullptr};
    auto changed = workspace::withTexts(saved->workspace, texts, known);
    std::optional<Problem> unreadable;
    if (!changed && changed.error().where.file == saved->workspace->matrixFile) {
        unreadable = changed.error();
        const matrix::Document &last = readableMatrix(*saved, document, like);
        changed = workspace::withTexts(saved->workspace, withMatrix(texts, last), {last, known.like});
    }
    if (!changed)
        return tl::unexpected<Problem>(changed.error());
    auto loaded = examined(std::move(*changed), like && like->examined ? like->examined : saved->examined);
    loaded->saved = saved;
    if (unreadable)
        loaded->unreadable = std::move(unreadable);
    return loaded;
}

LoadResult loadWorkspace(const std::filesystem::path &start)
{
    auto opened = openAround(start);
    if (!opened)
        return tl::unexpected<Problem>(opened.error());
    return prepare(std::move(*opened));
}

LoadedPointer unchecked(std::shared_ptr<const workspace::Workspace> workspace)
{
    if (workspace->matrixProblem)
        return withTable(unexamined(std::move(workspace)));
    auto loaded = std::make_shared<LoadedWorkspace>();
    loaded->checked = false;
    loaded->workspace = std::move(workspace);
    loaded->expansion = std::make_shared<const expand::Expansion>(workspace::releaseExpansion(*loaded->workspace));
    loaded->problems = loaded->expansion->problems;
    return withTable(std::move(loaded));
}

LoadResult loadPostOperation(const std::filesystem::path &root, const std::string &name)
{
    auto opened = workspace::open(root, name);
    if (!opened)
        return tl::unexpected<Problem>(opened.error());
    return unchecked(std::move(*opened));
}

LoadResult readWorkspace(const std::filesystem::path &start)
{
    auto opened = openAround(start);
    if (!opened)
        return tl::unexpected<Problem>(opened.error());
    return unchecked(std::move(*opened));
}

} // namespace runner::ui
