// What onboarding changes in the matrix. Private to this folder.
#pragma once

#include "matrix/edit/edit.h"
#include "onboard/answers.h"

#include <vector>

namespace runner::onboard {

/// Services and backend with their names (not in the older layout, which keeps none), and the rules.
std::vector<matrix::edit::Edit> matrixEdits(const workspace::Workspace &centre, const BackendAnswers &answers);
std::vector<matrix::edit::Edit> matrixEdits(const workspace::Workspace &centre, const ServiceAnswers &answers);

} // namespace runner::onboard
