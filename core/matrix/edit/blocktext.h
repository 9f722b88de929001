// Texts over several lines below "|" and ">". Private to this folder.
#pragma once

#include "matrix/yamltree.h"

#include <optional>
#include <string>

namespace runner::matrix::edit {

/// \a value (which has passed checkText) written like the block scalar \a node of \a text: its indentation and
/// comment, and for ">" lines no wider than its own. Gives header and lines without a final line end; nothing where the
/// style cannot say the value for certain, such as an empty one or lines that begin with blanks.
std::optional<std::string> blockText(const std::string &text, const YamlNode &node, const std::string &value,
                                     const std::string &lineEnd);

} // namespace runner::matrix::edit
