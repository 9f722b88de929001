// Where a new row or entry belongs by the table's order. Private to this folder.
#pragma once

#include "matrix/matrix.h"

#include <cstddef>
#include <string>
#include <vector>

namespace runner::matrix::edit {

/// In front of the first older version; at the end where there is none.
std::size_t placeOfVersion(const std::vector<RunnerEntry> &entries, const std::string &version);

/// Where a row belongs: behind its backend's listed rows with a newer version, or the same and an earlier variant; the
/// first of a backend behind the rows of the backends in front of it.
std::size_t placeOfRow(const Matrix &matrix, const RunnerRow &row);

/// Where a service's cell belongs among a row's: in the order of the matrix's services.
std::size_t placeOfCell(const Matrix &matrix, const RunnerRow &row, const std::string &service);

} // namespace runner::matrix::edit
