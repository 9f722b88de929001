// Changes of a text as patches of bytes.
#pragma once

#include "text/position.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace runner::text {

/// Puts \a replacement in the place of the bytes \a range.
struct Patch
{
    ByteRange range;
    std::string replacement;

    bool operator==(const Patch &) const = default;
};

/// Patches of one step: ascending, not overlapping, all of them about the same text. Several insertions at one place
/// follow each other in their order.
using Patches = std::vector<Patch>;

/// Whether the patches are as described above and lie inside a text of \a size bytes.
bool fits(const Patches &patches, std::size_t size);

/// The patched text. \a patches must fit.
std::string patched(std::string_view text, const Patches &patches);

/// What undoes the patches: about the text that patched() gave, with the replaced bytes of \a text.
Patches inverse(std::string_view text, const Patches &patches);

/// One step in the place of two: \a second is about the text that \a first gave, the result about the one before.
Patches compose(const Patches &first, const Patches &second);

/// Where the byte at \a offset stands after the patches. A place inside a replaced range moves to the end of what
/// replaced it; one at the start of a range stays in front of it.
std::size_t adjust(std::size_t offset, const Patches &patches);

/// The patch of the fewest bytes at one place that turns \a before into \a after, cut between characters; nothing
/// where they are equal.
Patches difference(std::string_view before, std::string_view after);

/// The same patch without the bytes that \a text has already at both of its ends, cut between characters.
Patch trimmed(std::string_view text, const Patch &patch);

} // namespace runner::text
