// A request as the argument vector of `docker buildx build`, and as text to copy.
#pragma once

#include "build/request.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace runner::build {

/// One option of `docker buildx build`: "--tag" and its value. A switch has none.
struct CommandOption
{
    std::string name;
    std::optional<std::string> value = {};
    bool joined = false; ///< "--sbom=false": name and value are one word.
};

/// The options in the command line's order.
std::vector<CommandOption> commandOptions(const Request &request);

/// {"docker", "buildx", "build", …, CONTEXT}: to be run in the request's folder. The same request always gives the same
/// vector. Nothing in it is ever read by a shell.
std::vector<std::string> commandLine(const Request &request);

/// The vector as one line for any POSIX shell, in printable ASCII: words that a shell would change are quoted, those
/// with control characters or bytes beyond ASCII written as "$(printf '…\\NNN…')". Only line feeds at a word's end stay
/// line feeds, in quotes.
std::string shellLine(const std::vector<std::string> &arguments);

/// One word, quoted where needed; never empty.
std::string shellWord(std::string_view word);

/// The same command over several lines, an option a line, each but the last with " \" at its end.
std::string shellLines(const std::vector<std::string> &arguments);

/// One field of buildx's comma-separated values ("dest=FILE"), quoted where it holds a comma or a quotation mark.
std::string csvField(const std::string &field);

} // namespace runner::build
