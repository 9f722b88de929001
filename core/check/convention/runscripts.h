// The texts of a RUN that a shell reads.
#pragma once

#include "dockerfile/dockerfile.h"

#include <string>
#include <vector>

namespace runner::check::convention {

struct RunText
{
    enum Kind {
        Commands, ///< A shell runs it.
        Expanded, ///< A shell expands it and gives it to a command.
    } kind;
    std::string text;
    std::size_t begin = 0; ///< Its offset in the file.
};

/// The instruction as written up to its heredocs, each byte where it is in the file: blanks stand for comments and for
/// continuations.
std::string headText(const dockerfile::Dockerfile &file, const dockerfile::Instruction &instruction);

/// The command, then the heredocs, in order. Nothing of what another interpreter reads, and nothing for the JSON form.
std::vector<RunText> runTexts(const dockerfile::Dockerfile &file, const dockerfile::Instruction &run);

/// Whether every SHELL of the file names a shell whose variables are "$NAME".
bool shellsAreUsual(const dockerfile::Dockerfile &file);

} // namespace runner::check::convention
