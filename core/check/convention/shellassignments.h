// Which names the commands of a script give values.
#pragma once

#include "check/convention/shellscript.h"

namespace runner::check::convention {

/// Fills in what is assigned, and from where on any name may be; \a script has its plain text.
void findAssignments(ShellScript &script);

/// Where the name of a variable that begins at \a at ends; \a at where there is none.
std::size_t shellNameEnd(std::string_view text, std::size_t at);

} // namespace runner::check::convention
