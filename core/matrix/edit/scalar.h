// Texts as YAML scalars that read back the same, whatever reads them.
#pragma once

#include "diagnostics/problem.h"
#include "matrix/yamltree.h"

#include <string>
#include <string_view>

namespace runner::matrix::edit {

enum class Quotes { None, Single, Double };

/// How a scalar is quoted; Double for anything that is none.
Quotes quotesOf(const YamlNode &node);

/// Error edit-bad-text for what no YAML text can hold or no build argument can carry: bytes that are not UTF-8, NUL.
Result<void> checkText(const std::string &value, const std::string &what);

/// Whether a text holds characters that no YAML text shows as themselves, line ends among them.
bool needsEscapes(std::string_view text);

/// The scalar on one line, without quotes only where no reader of YAML 1.1 or 1.2 could take it for anything but this
/// text, in a block or inside brackets. \a value has passed checkText.
std::string scalarText(const std::string &value, Quotes wanted);

} // namespace runner::matrix::edit
