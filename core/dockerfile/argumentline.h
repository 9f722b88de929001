// The declarations of one ARG instruction.
#pragma once

#include "dockerfile/command.h"
#include "dockerfile/dockerfile.h"
#include "dockerfile/headercomment.h"
#include "dockerfile/lines.h"
#include "dockerfile/problemlist.h"

#include <vector>

namespace runner::dockerfile {

/// What an ARG instruction is read from.
struct ArgumentSource
{
    const Piece &arguments;
    const LogicalLine &line;
    const std::vector<CommentLine> &comments; ///< Right above the instruction.
    char escape;
};

/// The declarations in order. What follows a "#" is none of them, though BuildKit takes each word there for a name:
/// that is a problem, as is a name that is no identifier.
std::vector<ArgumentLine> readArguments(const ArgumentSource &source, PositionFinder &finder, ProblemList &problems);

} // namespace runner::dockerfile
