// What two matrices differ in, for a message. Private to this folder.
#pragma once

#include "matrix/matrix.h"

#include <string>

namespace runner::matrix::edit {

/// The first part that \a actual says otherwise than \a meant, as "rule 2" or "vllm 0.17.1 in row 3 of runners (cuda
/// 12.8)"; "the file" where that is no single part.
std::string differenceOf(const Matrix &actual, const Matrix &meant);

} // namespace runner::matrix::edit
