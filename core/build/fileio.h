// Whole reads and writes on file descriptors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace runner::build {

/// Writes everything; errno, or 0.
int writeAll(int descriptor, std::string_view bytes);

/// Reads up to \a size bytes at \a offset; how many there were, fewer at the end of the file or after an error.
std::size_t readAt(int descriptor, char *bytes, std::size_t size, std::uint64_t offset);

} // namespace runner::build
