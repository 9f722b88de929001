// What edits of the list of rules do to the intended matrix. Private to this folder.
#pragma once

#include "matrix/matrix.h"

#include <cstddef>

namespace runner::matrix::edit {

/// Where a new rule stands in a gap that holds disabled rules too.
enum class Gap { InFrontOfDisabled, BehindDisabled };

/// Puts a rule in front of the rule \a index; InFrontOfDisabled but behind the first \a alternatives of them.
void insertRule(Matrix &matrix, std::size_t index, Rule rule, Gap gap, std::size_t alternatives = 0);
Rule takeRule(Matrix &matrix, std::size_t index);

/// The rule \a index becomes a disabled one in its place.
void disableIntended(Matrix &matrix, std::size_t index);
void enableIntended(Matrix &matrix, std::size_t disabled);

} // namespace runner::matrix::edit
