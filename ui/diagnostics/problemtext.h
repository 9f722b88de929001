// A problem as sentences to be read.
#pragma once

#include "diagnostics/problem.h"

#include <QString>

namespace runner::ui {

/// "What happened. What to do." A full stop that is there already is not doubled.
QString sentencesOf(const Problem &problem);

/// The same with the file in front, where there is one: "matrix.yml: What happened. What to do."
QString sentencesWithFile(const Problem &problem);

/// The same with the whole place, as far as it is known: "matrix.yml:3:5: What happened. What to do."
QString sentencesWithPlace(const Problem &problem);

} // namespace runner::ui
