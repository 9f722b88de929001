// The convention of Dockerfiles in a pack centre: how they are documented, named and staged. docs/checks.md has the
// rules.
#pragma once

#include "check/convention/finding.h"

namespace runner::check::convention {

/// What does not follow the convention in one Dockerfile of the workspace, in no particular order. Looks at the disk
/// for the files that COPY, ADD and RUN --mount take, never outside the workspace.
Findings checkFile(const workspace::Workspace &workspace, const workspace::PackFile &file);

} // namespace runner::check::convention
