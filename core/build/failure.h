// Why a build ended badly, and what to do about it.
#pragma once

#include "build/log.h"
#include "build/steps.h"
#include "diagnostics/problem.h"

namespace runner::build {

/// The problem that ended a build: daemon-lost, or build-failed at its line of the Dockerfile where that is known. The
/// advice comes from what the failed step wrote last, for causes that lie outside the Dockerfile: limits that the
/// builder's machine does not give, a full disk, a platform that it cannot run, too little memory, a registry that
/// refuses; it is empty for others. \a log: null where there is none.
Problem explainFailure(const Steps &steps, const Log *log, int exitCode);

} // namespace runner::build
