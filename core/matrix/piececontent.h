// What one piece of a matrix says. Lines count from the piece's first one, offsets from its begin.
#pragma once

#include "matrix/disabledrules.h"
#include "matrix/pieces.h"
#include "matrix/toplevel.h"
#include "matrix/yamltree.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace runner::matrix {

/// Immutable, so that documents share it.
struct PieceContent
{
    std::string text;
    Piece::Kind kind = Piece::Kind::Comments;
    int indent = 0;
    bool inRunners = false; ///< Of an item: which list it is in.
    YamlTree tree;          ///< Of an item: a list with it alone.
    std::string key;        ///< Of a section or head.
    TopLevel values;        ///< Of an item: one rule or one row.
    Problems problems;
    std::vector<CommentedRule> commented; ///< Each stands in front of as many of the piece's rules as it says.
};

using PieceContentPointer = std::shared_ptr<const PieceContent>;

/// A piece that cannot be read for itself: its error where the whole text has the very same one at its place.
struct UnreadPiece
{
    std::optional<Problem> error; ///< Absent: only the whole text tells.
};

/// Reads a piece. Nothing is read for itself that something outside of it has a say in: anchors, aliases, tags, block
/// texts and values that are not written at the piece's end.
tl::expected<PieceContentPointer, UnreadPiece> readPiece(std::string_view text, const Piece &piece, bool inRunners,
                                                         const std::string &fileName);

/// The problems of an item that is the \a number-th of its list, from 1.
Problems problemsOfItem(const PieceContent &item, int number, const std::string &fileName);

} // namespace runner::matrix
