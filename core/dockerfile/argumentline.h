// The declarations of one ARG instruction.
#pragma once

#include "dockerfile/command.h"
#include "dockerfile/dockerfile.h"
#include "dockerfile/headercomment.h"
#include "dockerfile/lines.h"
#include "dockerfile/problemlist.h"

#include <cstddef>
#include <vector>

namespace runner::dockerfile {

/// What an ARG instruction is read from.
struct ArgumentSource
{
    const Piece &arguments;
    const LogicalLine &line;
    const std::vector<CommentLine> &comments; ///< Right above the instruction.
    char escape;
    std::size_t most; ///< Declarations that are still kept.
};

/// The declarations in order. What follows a "#" is none of them, though BuildKit takes each word there for a name:
/// that is a problem, as is a name that is no identifier, and more declarations than are kept
/// (dockerfile-too-many-arguments).
std::vector<ArgumentLine> readArguments(const ArgumentSource &source, PositionFinder &finder, ProblemList &problems);

} // namespace runner::dockerfile
