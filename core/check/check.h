// Everything that is wrong with a pack centre, across its files. docs/checks.md lists the identifiers.
#pragma once

#include "diagnostics/problem.h"
#include "workspace/workspace.h"

namespace runner::check {

/// Problems of reading and of all cross-checks, by file and position. Deterministic.
Problems checkWorkspace(const workspace::Workspace &workspace);

} // namespace runner::check
