// Values that docker refuses only when the build starts.
#pragma once

#include <string>

namespace runner::build {

/// Why docker refuses \a text for --ulimit ("nofile=1024:2048", "core=-1"), with what to write instead; empty where it
/// does not.
std::string ulimitError(const std::string &text);

/// The same for --shm-size ("16g", "64 MB", "1.5GiB").
std::string sizeError(const std::string &text);

} // namespace runner::build
