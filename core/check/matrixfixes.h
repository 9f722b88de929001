// What is certain to mend in a matrix. Private to this folder.
#pragma once

#include "check/fix.h"

namespace runner::check {

/// Misspelt names of which only one known name can be meant, repeated and unused arguments, entries without meaning,
/// and YAML 1.1's words for true and false.
std::vector<Fix> matrixFixes(const workspace::Workspace &workspace, const Problem &problem);

} // namespace runner::check
