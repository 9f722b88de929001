// Where the nodes of a YAML tree begin and end in their text: yaml-cpp tells neither ends nor quotes.
#pragma once

#include "matrix/yamltree.h"

#include <cstddef>
#include <optional>
#include <string>

namespace runner::matrix {

/// Fills in begin, end, style and tagged of every node. Gives the place of the first quote that opens and never closes.
std::optional<std::size_t> findExtents(const std::string &text, YamlTree &tree);

/// The first byte from \a at on that belongs to no blank, line end or comment.
std::size_t skipBlanksAndComments(const std::string &text, std::size_t at);

} // namespace runner::matrix
