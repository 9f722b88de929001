// The quotes that new texts get: those of texts around them. Private to this folder.
#pragma once

#include "matrix/edit/draft.h"
#include "matrix/edit/scalar.h"

#include <cstddef>
#include <string>
#include <vector>

namespace runner::matrix::edit {

using Neighbours = std::vector<const YamlNode *>;

/// The quotes of the nearest of \a neighbours (nearest first) that says the same as \a text, else of the nearest that
/// begins like it, with a digit or without, else of the nearest one. Only scalars on one line count; \a fallback is for
/// none.
Quotes quotesAmong(const Neighbours &neighbours, const std::string &text, Quotes fallback);

/// The values of \a key in the rows of `runners` around row \a at, the nearest first.
Neighbours valuesInRows(const Document &document, const std::string &key, std::size_t at);

/// The platforms that these rows and their entries list.
Neighbours platformsInRows(const Document &document, std::size_t at);

/// What the keys \a path lead to in each entry of the map \a section ("backends", "services"), the last entry first:
/// values of a map and items of a list one by one.
Neighbours valuesInSection(const YamlNode &section, const std::vector<std::string> &path);

} // namespace runner::matrix::edit
