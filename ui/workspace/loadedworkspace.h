// A pack centre read and worked out for the window: one immutable value, made on any thread.
#pragma once

#include "diagnostics/problem.h"
#include "expand/plan.h"
#include "support/supportindex.h"
#include "workspace/workspace.h"

#include <filesystem>
#include <memory>

namespace runner::ui {

struct LoadedWorkspace
{
    std::shared_ptr<const workspace::Workspace> workspace;
    Problems problems;  ///< Of reading, of all checks and of the plan, each once; without those of the checks until then.
    bool checked = true; ///< False while only what the table shows is worked out.
    expand::Plan plan;  ///< All services, tags as released; points into workspace.
    SupportIndex index; ///< Points into workspace and plan.
    std::shared_ptr<const LoadedWorkspace> saved; ///< What is on the disk; null where this is.
};

using LoadedPointer = std::shared_ptr<const LoadedWorkspace>;
using LoadResult = Result<LoadedPointer>;

/// Opens the pack centre that \a start lies in, checks and expands it. Blocks; call it on a worker thread.
/// Errors: those of workspace::findRoot and workspace::open.
LoadResult loadWorkspace(const std::filesystem::path &start);

/// The same without the checks, which take longer than the rest: what the first frame shows. checked() completes it.
LoadResult readWorkspace(const std::filesystem::path &start);

/// What readWorkspace left out.
LoadedPointer checked(const LoadedPointer &read);

/// The pack centre of \a saved with other texts of some files: what is not saved yet. Errors: those of
/// workspace::withTexts.
LoadResult loadUnsaved(const LoadedPointer &saved, const workspace::Texts &texts);

/// Checks and expands a workspace that is read already.
LoadedPointer prepare(std::shared_ptr<const workspace::Workspace> workspace);

} // namespace runner::ui
