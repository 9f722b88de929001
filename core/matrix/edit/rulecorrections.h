// Edits that correct a rule without changing what is meant. Rules are named by their index, from 0.
#pragma once

#include "matrix/edit/edit.h"

#include <cstddef>
#include <string>

namespace runner::matrix::edit {

/// Takes all but the last of an argument's repetitions out: that one counts already. Errors: edit-no-such-argument,
/// edit-no-effect where there is one only.
Edit removeRepetitions(std::size_t rule, const std::string &name);

/// Another name in the same place of the list. Errors: edit-no-such-service, edit-already-there.
Edit replaceService(std::size_t rule, const std::string &oldService, const std::string &newService);
/// Errors: edit-no-such-platform, edit-already-there.
Edit replacePlatform(std::size_t rule, const std::string &oldPlatform, const std::string &newPlatform);

} // namespace runner::matrix::edit
