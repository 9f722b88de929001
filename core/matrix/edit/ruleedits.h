// Edits of what a rule says: its arguments, services and platforms. Rules are named by their index, from 0.
#pragma once

#include "matrix/edit/edit.h"

#include <cstddef>
#include <string>
#include <vector>

namespace runner::matrix::edit {

/// Gives the argument a value, in every one of the rules; added at the end of the list where the rule does not have it.
/// Where a rule has it twice, the last one counts and is changed. Errors: edit-no-such-rule, edit-bad-name,
/// edit-bad-text, edit-no-effect where all rules have this value already.
Edit setArgument(std::vector<std::size_t> rules, const std::string &name, std::string value);

/// Takes the argument out, with every repetition; an emptied list goes as well. Error: edit-no-such-argument.
Edit unsetArgument(std::size_t rule, const std::string &name);

/// The same value under another name. Errors: edit-no-such-argument, edit-bad-name, edit-already-there.
Edit renameArgument(std::size_t rule, const std::string &oldName, std::string newName);

/// The backend the rule packs for.
Edit setBackend(std::size_t rule, std::string backend);

/// Adds a service at the end. Errors: edit-bad-text, edit-already-there.
Edit addService(std::size_t rule, const std::string &service);
/// Errors: edit-no-such-service, edit-last-service: a rule without services packs nothing.
Edit removeService(std::size_t rule, const std::string &service);

/// Adds a platform at the end. A rule without a list has the default platforms, which are then written down.
/// Errors: edit-bad-text, edit-bad-platform, edit-already-there.
Edit addPlatform(std::size_t rule, const std::string &platform);
/// Errors: edit-no-such-platform, edit-last-platform: a rule without platforms would get the default ones.
Edit removePlatform(std::size_t rule, const std::string &platform);

} // namespace runner::matrix::edit
