// The header comment of a Dockerfile line by line, for changing it.
#pragma once

#include "check/convention/subject.h"

#include <string>
#include <string_view>

namespace runner::check::convention {

/// Puts another need in the place of an entry's, and keeps the column of the description where it can.
text::Patch replaceNeed(const Subject &subject, const dockerfile::DocumentedArgument &entry, dockerfile::Need need);

/// Takes an entry out, with the lines that go on with it.
text::Patch removeEntry(const Subject &subject, const dockerfile::DocumentedArgument &entry);

/// Puts an entry right behind another one, in columns like its.
text::Patch insertEntry(const Subject &subject, const dockerfile::DocumentedArgument &after, const std::string &name,
                        dockerfile::Need need, const std::string &description);

/// As it stands in a header: "REQUIRED".
std::string needWord(dockerfile::Need need);

} // namespace runner::check::convention
