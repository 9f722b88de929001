// The text of a matrix cut into pieces that can be read each for itself, so that a key needs one of them read again.
#pragma once

#include "text/position.h"

#include <optional>
#include <string_view>
#include <vector>

namespace runner::matrix {

/// Whole lines of the text. What follows a piece's own lines up to the next piece (blanks, comments) belongs to it.
struct Piece
{
    enum class Kind {
        Comments, ///< In front of the first key.
        Section,  ///< A key of the top level with its value.
        Head,     ///< The line of "rules:" or "runners:" whose list follows in Items.
        Item,     ///< One item of that list.
    };

    Kind kind = Kind::Comments;
    text::ByteRange range;
    int line = 0;   ///< Lines in front of it.
    int indent = 0; ///< Blanks in front of an item's dash.

    bool operator==(const Piece &) const = default;
};

/// Cuts by indentation. Nothing where that could mislead: tabs and other control characters, lone "\r", documents and
/// directives, keys in quotes, top levels that are no plain block map, lines that stand left of where they belong.
std::optional<std::vector<Piece>> cutPieces(std::string_view text);

/// A text that has been cut already, and its pieces.
struct KnownCut
{
    std::string_view text;
    std::vector<Piece> pieces;
};

/// The pieces of a text, and how many of the first and of the last ones are those of the known text, byte for byte.
struct Recut
{
    std::vector<Piece> pieces;
    std::size_t sameAtBegin = 0;
    std::size_t sameAtEnd = 0;
};

/// The same pieces as cutPieces(), but looks only at what the text and the known one do not have in common at their
/// ends.
std::optional<Recut> recutPieces(std::string_view text, const KnownCut &known);

} // namespace runner::matrix
