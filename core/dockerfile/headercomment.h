// What the comment at the top of a Dockerfile says of the arguments.
#pragma once

#include "dockerfile/dockerfile.h"
#include "dockerfile/problemlist.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace runner::dockerfile {

/// A comment line: the text after "#", and where that begins.
struct CommentLine
{
    std::string_view text;
    std::size_t offset = 0;
};

/// Lines such as "NAME  REQUIRED  what it is for", with lines indented further that go on; in the order of the text.
std::vector<DocumentedArgument> readHeaderComment(const std::vector<CommentLine> &lines, PositionFinder finder);

} // namespace runner::dockerfile
