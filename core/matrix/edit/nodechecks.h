// What keeps a node from being edited. Private to this folder.
#pragma once

#include "matrix/edit/draft.h"

#include <string>

namespace runner::matrix::edit {

/// Error edit-shared for a node that is an alias, or that has an anchor or tag: what it says is not said there alone.
Result<void> checkOwn(const Draft &draft, const YamlNode &node, const std::string &what);

/// Error edit-duplicate-key, at the second one, for a map that holds a key twice: readers differ in which one counts.
Result<void> checkKeys(const Draft &draft, const YamlNode &map, const std::string &what);

/// Both of the above.
Result<void> checkOwnMap(const Draft &draft, const YamlNode &map, const std::string &what);

/// Error edit-shared for a map with a merge key ("<<"): what is not written in it may be said elsewhere.
Result<void> checkNotMerged(const Draft &draft, const YamlNode &map, const std::string &what);

} // namespace runner::matrix::edit
