// Lists of names in files that this program does not otherwise read: choices of workflows, alternatives of a pattern,
// lists in Python. Private to this folder.
#pragma once

#include "text/patch.h"

#include <optional>
#include <string>
#include <vector>

namespace runner::onboard {

/// What puts a name into a list: no patches where it is there already; nothing at all where the list was not found in
/// the expected form.
using ListChange = std::optional<text::Patches>;

/// The options of the input \a input of a workflow that is started by hand, below on.workflow_dispatch.inputs; block or
/// flow. \a required: whether an input without options is unexpected; else it changes nothing.
ListChange addWorkflowChoice(const std::string &yaml, const std::string &input, const std::string &name,
                             bool required = true);

/// The alternatives of the group \a group of the pattern that the variable \a variable holds:
/// (?P<group>(a|b)) or (?P<group>a|b).
ListChange addAlternative(const std::string &python, const std::string &variable, const std::string &group,
                          const std::string &name);

/// The strings of the list that the variable holds: NAME = [ "a", "b" ], on one line or on several.
ListChange addListString(const std::string &python, const std::string &variable, const std::string &name);

/// Where a name belongs among others: by the alphabet where they follow it (the first ones, such as "all" or "Host",
/// may stand out), else at the end.
std::size_t placeAmong(const std::vector<std::string> &names, const std::string &name);

} // namespace runner::onboard
