// What a command reads: a file, or standard input.
#pragma once

#include "diagnostics/problem.h"

#include <string>

namespace runner::ctl {

/// The UTF-8 text of a file; of standard input where it is "-". Errors: those of text::readTextFile; of standard input
/// those of text::decodeText, and file-too-large above \a maxBytes.
Result<std::string> readInput(const std::string &file, std::size_t maxBytes);

/// What messages call it.
std::string inputName(const std::string &file);

} // namespace runner::ctl
