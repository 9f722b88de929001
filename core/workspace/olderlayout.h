// What an older pack centre says outside its rules, as parts of a matrix.
#pragma once

#include "catalog/record.h"
#include "matrix/matrix.h"
#include "workspace/readme.h"

namespace runner::workspace {

/// Adds to the rules of \a matrix the backends (ascending) and services (in the order of the rules, then of the
/// catalogue) that rules and records name, and the rows that the records imply.
void completeMatrix(matrix::Matrix &matrix, const catalog::Records &records, const ReadmeNames &names);

} // namespace runner::workspace
