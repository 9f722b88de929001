// Writing new rules among the others. Private to this folder.
#pragma once

#include "matrix/edit/draft.h"
#include "matrix/edit/rulelistedits.h"

#include <cstddef>
#include <string>

namespace runner::matrix::edit {

/// Adds the rule in front of the rule \a index, or at the end.
Result<void> addNewRule(Draft &draft, const RuleDraft &rule, std::size_t index);
Result<void> addPastedRules(Draft &draft, const std::string &yaml, std::size_t index);

/// Lines moved to the right (or left, as far as they have blanks), their ends replaced by \a lineEnd.
std::string indented(const std::string &lines, std::ptrdiff_t columns, const std::string &lineEnd);

} // namespace runner::matrix::edit
