// A request as the argument vector of `docker buildx build`.
#pragma once

#include "build/request.h"

#include <optional>
#include <string>
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

/// One field of buildx's comma-separated values ("dest=FILE"), quoted where it holds a comma or a quotation mark.
std::string csvField(const std::string &field);

} // namespace runner::build
