// What may stand next on a command line: the question that the completion scripts ask (`runnerctl complete WORD…`).
#pragma once

#include "command.h"

namespace runner::ctl {

/// Prints the candidates, one per line, for the last of \a words (maybe empty), which follow the program's name.
/// Never fails and says nothing on stderr: no candidate is an answer too.
void completeWords(const CLI::App &app, Context &context, const std::vector<std::string> &words);

} // namespace runner::ctl
