// A problem as sentences to be read.
#pragma once

#include "diagnostics/problem.h"

#include <QString>

namespace runner::ui {

/// "What happened. What to do."
QString sentencesOf(const Problem &problem);

/// The same with the file in front, where there is one: "matrix.yml: What happened. What to do."
QString sentencesWithFile(const Problem &problem);

} // namespace runner::ui
