#include "matrix/effectloader.h"

#include "git/head.h"
#include "text/diff.h"

#include <set>
#include <utility>

namespace runner::ui {

namespace {

constexpr const char *noSuchFile = "git-no-such-file";

std::string textOf(const workspace::Texts &texts, const std::string &file)
{
    const auto found = texts.find(file);
    return found == texts.end() ? std::string() : *found->second;
}

/// Of every file that both states read, or one of them.
std::string differenceOf(const workspace::Texts &before, const workspace::Texts &after)
{
    std::set<std::string> files;
    for (const workspace::Texts *texts : {&before, &after}) {
        for (const auto &[file, text] : *texts)
            files.insert(file);
    }
    std::string result;
    for (const std::string &file : files) {
        const auto old = before.find(file);
        const auto fresh = after.find(file);
        if (old == before.end() || fresh == after.end() || old->second != fresh->second)
            result += text::unifiedDiff(textOf(before, file), textOf(after, file), "a/" + file, "b/" + file);
    }
    return result;
}

/// Most edits leave what is released as it is, and the parts of both states that say it are the same then.
std::vector<workspace::ReleaseChange> releasesOf(const workspace::Workspace &before, const workspace::Workspace &now)
{
    const bool isSame = before.matrix.runners == now.matrix.runners
                        && textOf(before.texts, before.catalogFile) == textOf(now.texts, now.catalogFile);
    return isSame ? std::vector<workspace::ReleaseChange>() : workspace::releaseEffectOf(before, now);
}

/// The problem of reading one side, in words that say which.
Problem unreadable(Problem problem, const std::string &side)
{
    problem.message = side + " cannot be read (" + diagnostics::describe(problem.where) + ": " + problem.message + ")";
    return problem;
}

/// What keeps HEAD from being compared with, in words about this pack centre.
Problem headProblem(Problem problem, const std::string &matrixFile)
{
    if (problem.id == "git-no-repository")
        problem.message = "This pack centre is in no git repository: there is no HEAD to compare with";
    else if (problem.id == "git-unknown-revision")
        problem.message = "The git repository has no commit yet: there is nothing to compare with";
    else if (problem.id == noSuchFile)
        problem.message = "git's HEAD has no " + matrixFile + ": all of it is new";
    else if (!problem.id.starts_with("git-"))
        problem = unreadable(std::move(problem), "The matrix in git's HEAD");
    return problem;
}

} // namespace

EffectLoader::HeadPointer EffectLoader::readHead(const LoadedPointer &saved)
{
    auto head = std::make_shared<Head>();
    head->saved = saved;
    head->revision = git::headRevision(saved->workspace->root);
    auto opened = workspace::atRevision(saved->workspace, "HEAD");
    if (opened) {
        head->workspace = std::move(*opened);
        head->examined = check::examine(*head->workspace, saved->examined); // What both have is shared.
    } else {
        head->problem = headProblem(opened.error(), saved->workspace->matrixFile);
    }
    if (head->workspace && head->workspace->matrixProblem)
        head->problem = headProblem(*head->workspace->matrixProblem, saved->workspace->matrixFile);
    return head;
}

Comparison EffectLoader::withDisk(const LoadedPointer &now)
{
    Comparison result;
    const LoadedPointer &saved = now->saved;
    if (saved)
        result.difference = differenceOf(saved->workspace->texts, now->workspace->texts);
    if (now->workspace->matrixProblem)
        result.problem = unreadable(*now->workspace->matrixProblem, "The matrix");
    else if (saved && saved->workspace->matrixProblem)
        result.problem = unreadable(*saved->workspace->matrixProblem, "The matrix on the disk");
    else if (saved) {
        result.effect = workspace::effectOf(*saved->workspace, *saved->expansion, *now->workspace, *now->expansion);
        result.releases = releasesOf(*saved->workspace, *now->workspace);
    }
    return result;
}

Comparison EffectLoader::withHead(const LoadedPointer &now, const Head &head)
{
    Comparison result;
    result.problem = head.problem;
    if (head.workspace)
        result.difference = differenceOf(head.workspace->texts, now->workspace->texts);
    else if (head.problem->id == noSuchFile)
        result.difference = differenceOf({}, {*now->workspace->texts.find(now->workspace->matrixFile)});
    if (now->workspace->matrixProblem)
        result.problem = unreadable(*now->workspace->matrixProblem, "The matrix");
    else if (!result.problem) {
        result.effect =
            workspace::effectOf(*head.workspace, head.examined->expansion, *now->workspace, *now->expansion);
        result.releases = releasesOf(*head.workspace, *now->workspace);
    }
    return result;
}

EffectLoader::EffectLoader(QObject *parent)
    : QObject(parent)
    , m_head(std::make_shared<HeadPointer>())
    , m_task(this, [this](Comparisons &&comparisons) {
        m_comparisons = std::move(comparisons);
        Q_EMIT loaded();
    })
{
}

void EffectLoader::load(const LoadedPointer &loaded)
{
    m_task.ask([loaded, head = m_head] { return compare(loaded, *head); });
}

Comparisons EffectLoader::compare(const LoadedPointer &now, HeadPointer &head)
{
    const LoadedPointer &saved = now->saved ? now->saved : now;
    if (!head || head->saved != saved || head->revision != git::headRevision(saved->workspace->root))
        head = readHead(saved);
    return {withDisk(now), withHead(now, *head)};
}

} // namespace runner::ui
