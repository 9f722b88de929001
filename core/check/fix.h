// A change that mends a problem for certain.
#pragma once

#include "diagnostics/problem.h"
#include "text/patch.h"
#include "workspace/workspace.h"

#include <string>
#include <vector>

namespace runner::check {

struct Fix
{
    std::string title;                ///< What it does, in the imperative: "Say PLACEHOLDER".
    std::string file;                 ///< Relative to the workspace.
    std::vector<text::Patch> patches; ///< Of the file's text as the workspace read it; ascending, not overlapping.
};

/// The fixes of a problem that checkWorkspace found in this very workspace, the best first. Empty where what to do is
/// for a person to decide. Only the problem's file is looked at again.
std::vector<Fix> fixesFor(const workspace::Workspace &workspace, const Problem &problem);

} // namespace runner::check
