// Base64 as BuildKit writes it.
#pragma once

#include <string>
#include <string_view>

namespace runner::build {

/// Appends the bytes that \a text stands for. What is no base64 ends it; padding may be absent.
void appendBase64(std::string &bytes, std::string_view text);

} // namespace runner::build
