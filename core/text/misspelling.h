// What a misspelt name was meant to be.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>

namespace runner::text {

/// How many bytes have to be put in, taken out or replaced to make the one of the other. Takes the product of both
/// lengths in time: bound what is foreign.
std::size_t editDistance(const std::string &a, const std::string &b);

/// The only one of the known names that \a name may be a misspelling of: it differs in one byte (put in, taken out or
/// replaced), or in two where the name has more than five. Nothing where the name is known itself, where two known ones
/// are that near, and for names of more than 128 bytes.
std::optional<std::string> meantName(const std::string &name, const std::set<std::string> &known);

} // namespace runner::text
