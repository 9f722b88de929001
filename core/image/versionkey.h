// Versions as byte strings whose order is the order of the versions. Private to this folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace runner::image {

/// The key of a version that follows PEP 440; nothing for any other text.
std::optional<std::string> pep440Key(std::string_view text);

/// The key of any text, by its dotted parts: numbers by value and below texts, texts by bytes.
std::string fallbackKey(std::string_view text);

} // namespace runner::image
