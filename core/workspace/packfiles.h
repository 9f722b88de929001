// The Dockerfiles of a workspace.
#pragma once

#include "workspace/workspace.h"

namespace runner::workspace {

/// Reads the Dockerfiles below the folder \a pack (relative to the root) into the workspace: those of the backends
/// that its matrix names, and of every other folder with a Dockerfile. What cannot be read becomes a problem.
/// Files and folders are added to those to watch.
/// Those that \a base (or null) has with the same text are taken from there.
void readPackFiles(Workspace &workspace, const std::string &pack, const FileSource &source, const Workspace *base);

} // namespace runner::workspace
