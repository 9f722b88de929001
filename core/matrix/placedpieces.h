// A document put together from pieces that were read each for itself.
#pragma once

#include "matrix/piececontent.h"

#include <string>
#include <string_view>
#include <vector>

namespace runner::matrix {

struct PlacedPiece
{
    PieceContentPointer content;
    std::size_t offset = 0; ///< Of its first byte.
    int line = 0;           ///< Lines in front of it.
};

using PlacedPieces = std::vector<PlacedPiece>;

/// The pieces of a text in its order; those whose bytes stand in \a known are taken from there, in its order or from
/// its end. \a knownText is what those are all of, or empty. An error as readPiece() tells it.
tl::expected<PlacedPieces, UnreadPiece> placePieces(const std::string &text, const std::string &fileName,
                                                    const PlacedPieces &known, std::string_view knownText);

/// What pieces say together, and their problems in the order of the text.
struct Assembled
{
    TopLevel values;
    Problems problems;
    std::vector<CommentedRule> commented;
};

/// Nothing where the whole has to be read as one: keys that occur twice, too many problems. What \a before says of
/// `runners` is shared where \a knownPieces have the same in the same lines.
std::optional<Assembled> assemble(const PlacedPieces &pieces, const std::string &fileName,
                                  const PlacedPieces &knownPieces, const Matrix &before);

/// How much of list items a tree has: all of them, or only where each is.
enum class ItemTrees { Whole, Outlines };

/// The pieces' trees as one, the places those of the text.
YamlTree assembleTree(const PlacedPieces &pieces, ItemTrees items);

/// The tree of one item of a list; its root is the item.
YamlTree itemTree(const PlacedPiece &piece);

} // namespace runner::matrix
