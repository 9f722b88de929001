// The explained arguments of one image as text.
#pragma once

#include "expand/explain.h"

#include <string>
#include <vector>

namespace runner::ctl {

/// An aligned table: name, value, where from, need, stages. With \a verbose each argument's description and the whole
/// chain of places that had a say follow below it. Printable, ends in a newline.
std::string argumentsTable(const std::vector<expand::ExplainedArgument> &arguments, bool verbose);

} // namespace runner::ctl
