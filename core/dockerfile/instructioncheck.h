// What BuildKit would refuse about a single instruction.
#pragma once

#include "dockerfile/command.h"
#include "dockerfile/keywords.h"
#include "dockerfile/lines.h"
#include "dockerfile/problemlist.h"

namespace runner::dockerfile {

/// Checks flags, the number and form of the arguments, and quotes. Problems: dockerfile-bad-flag,
/// dockerfile-bad-instruction, dockerfile-unclosed-quote, dockerfile-bad-substitution, dockerfile-unknown-instruction
/// (after ONBUILD).
/// \a isGlobal: it stands before the first FROM, where the evaluation tells bad substitutions.
void checkInstruction(const KeywordRule &rule, const Command &command, const LogicalLine &line, char escape,
                      bool isGlobal, ProblemList &problems);

} // namespace runner::dockerfile
