// Argument vectors as text to copy: what any POSIX shell reads as those words, whatever they hold.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace runner::text {

/// The argument vector as one line for any POSIX shell, in printable ASCII: words that a shell would change are quoted,
/// those with control characters or bytes beyond ASCII written as "$(printf '…\\NNN…')". Only line feeds at a word's
/// end stay line feeds, in quotes.
std::string shellLine(const std::vector<std::string> &arguments);

/// One word, quoted where needed; never empty.
std::string shellWord(std::string_view word);

/// The same command over several lines, an option a line, each but the last with " \" at its end.
std::string shellLines(const std::vector<std::string> &arguments);

} // namespace runner::text
