// Words that cannot be identifiers of backends and services. Private to this folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace runner::onboard {

/// Why this word cannot be an identifier, as what follows the word in a sentence; nothing where it can.
std::optional<std::string> whyTaken(std::string_view id);

} // namespace runner::onboard
