// How alike two names are.
#pragma once

#include <cstddef>
#include <string>

namespace runner::text {

/// How many bytes have to be put in, taken out or replaced to make the one of the other. Takes the product of both
/// lengths in time: bound what is foreign.
std::size_t editDistance(const std::string &a, const std::string &b);

} // namespace runner::text
