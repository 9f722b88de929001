// Characters that nobody sees, and that change what is seen or what is meant.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace runner::dockerfile {

/// Offset of the first control character, other than tab and line ends, or format character: what turns the direction
/// of text (U+202E and its like), has no width, hides a break, or separates lines where no editor shows one; npos where
/// there is none. The joiners U+200C and U+200D are no such characters: scripts and emoji need them. Of text that is no
/// UTF-8, only the well-formed characters count. Source: Unicode's categories Cc, Cf, Zl and Zp.
std::size_t findUnseen(std::string_view text);

/// The character at \a offset as "U+202E".
std::string codePointName(std::string_view text, std::size_t offset);

} // namespace runner::dockerfile
