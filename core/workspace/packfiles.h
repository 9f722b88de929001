// The Dockerfiles of a workspace.
#pragma once

#include "workspace/workspace.h"

namespace runner::workspace {

/// Reads the Dockerfiles below the folder \a pack (relative to the root) into the workspace: those of the backends
/// that its matrix names, and of every other folder with a Dockerfile. What cannot be read becomes a problem.
/// Files and folders are added to those to watch.
void readPackFiles(Workspace &workspace, const std::string &pack);

} // namespace runner::workspace
