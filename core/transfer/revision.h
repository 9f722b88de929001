// The catalogue as another state of the pack centre has it.
#pragma once

#include "catalog/record.h"
#include "diagnostics/problem.h"
#include "workspace/revision.h"

#include <filesystem>
#include <string>

namespace runner::transfer {

using workspace::fileAtRevision;

/// The catalogue that \a target names: the folder of another pack centre, a matrix.yml or JSON catalogue, or else a
/// revision of the repository that holds the pack centre at \a root, in whichever layout it had then.
/// Errors: those of reading them.
Result<catalog::Records> recordsOfTarget(const std::filesystem::path &root, const std::string &target,
                                         Problems &problems);

} // namespace runner::transfer
