// A RUN line as a shell would take it apart: commands that "&&" joins.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace runner::check::convention {

struct CommandChain
{
    std::vector<std::size_t> joints; ///< Offsets of "&&" outside of quotes, substitutions, (( )) and [[ ]].
    std::size_t begin = 0;           ///< Of the first command, behind the flags.
    bool plain = true;               ///< Nothing but simple commands and "&&": each may stand on a line of its own.
};

/// \a text: a whole instruction as written, from its keyword on.
CommandChain readChain(std::string_view text, char escape);

/// The commands of a plain chain as lines of a heredoc, "    COMMAND" each; empty where they cannot be that.
std::string asLines(std::string_view text, const CommandChain &chain, char escape, const std::string &lineEnd);

} // namespace runner::check::convention
