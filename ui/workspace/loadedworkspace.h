// A pack centre read and worked out for the window: one immutable value, made on any thread.
#pragma once

#include "check/check.h"
#include "diagnostics/problem.h"
#include "expand/plan.h"
#include "support/supportindex.h"
#include "workspace/workspace.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>

namespace runner::ui {

struct LoadedWorkspace
{
    std::shared_ptr<const workspace::Workspace> workspace;
    Problems
        problems; ///< Of reading, of all checks and of the plan, each once; without those of the checks until then.
    bool checked = true;                ///< False while only what the table shows is worked out.
    check::ExaminationPointer examined; ///< Null while it is not checked, and where the matrix cannot be read.
    /// All services, tags as released; points into workspace. Null where the matrix cannot be read.
    std::shared_ptr<const expand::Expansion> expansion;
    std::shared_ptr<const LoadedWorkspace> saved; ///< What is on the disk; null where this is.
    /// Why the text of the matrix cannot be read: this is made with the one that could be last, or where none
    /// could (workspace->matrixProblem) without its rules. Empty where it can.
    std::optional<Problem> unreadable;

    // Made when first asked for, from any thread: no key in the matrix waits for them.
    /// The expansion as a plan.
    const expand::Plan &plan() const;
    /// Of the images that services are installed into: their runtimes. Empty where the matrix cannot be read.
    const expand::Plan &runtimePlan() const;
    /// Points into workspace and plan.
    const SupportIndex &index() const;
    /// How many entries the index has.
    std::size_t versions() const;

private:
    struct Made;
    static std::shared_ptr<Made> nothingMade();

    std::shared_ptr<Made> m_made = nothingMade(); ///< Copies share it.
};

using LoadedPointer = std::shared_ptr<const LoadedWorkspace>;
using LoadResult = Result<LoadedPointer>;

/// Opens the pack centre that \a start lies in, checks and expands it. Blocks; call it on a worker thread. Where
/// nothing can be read of its matrix, the workspace's matrixProblem says why, and the rest is there. Errors: those of
/// workspace::findRoot and workspace::openLeniently.
LoadResult loadWorkspace(const std::filesystem::path &start);

/// The rules and Dockerfiles of a post operation in place of the pack centre's at \a root; without checks. Blocks.
/// Errors: those of workspace::open.
LoadResult loadPostOperation(const std::filesystem::path &root, const std::string &name);

/// The same as loadWorkspace() without the checks, which take longer than the rest: what the first frame shows.
/// checked() completes it.
LoadResult readWorkspace(const std::filesystem::path &start);

/// What readWorkspace left out.
LoadedPointer checked(const LoadedPointer &read);

/// The same for a workspace that is read already.
LoadedPointer unchecked(std::shared_ptr<const workspace::Workspace> workspace);

/// The pack centre of \a saved with other texts of some files: what is not saved yet. \a document has read the text of
/// the matrix, perhaps; what \a like has in common with it is not worked out again (null: there is none). A matrix that
/// cannot be read holds up no other file: the last one that could be stands in for it, and `unreadable` says why. That
/// is the one of \a document where it has one, else of \a like, else of \a saved. Errors: those of
/// workspace::withTexts.
LoadResult loadUnsaved(const LoadedPointer &saved, const workspace::Texts &texts, const matrix::Document &document = {},
                       const LoadedPointer &like = nullptr);

/// Checks and expands a workspace that is read already.
LoadedPointer prepare(std::shared_ptr<const workspace::Workspace> workspace);

} // namespace runner::ui
