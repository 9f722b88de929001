// Requests as JSON text.
#pragma once

#include "build/request.h"

#include <string>
#include <string_view>
#include <vector>

namespace runner::build {

/// [{image, tag, platform, folder, command: [WORD…]}], 2 spaces of indentation, with a final newline (docs/json.md).
std::string commandsJson(const std::vector<Request> &requests);

/// Every member on one line, to be kept in the history and the queue.
std::string toJson(const Request &request);

/// The inverse; unknown members are ignored, absent ones keep their default. Error: request-unreadable.
Result<Request> requestFromJson(std::string_view text);

} // namespace runner::build
