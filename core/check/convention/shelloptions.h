// What a SHELL instruction asks of its shell.
#pragma once

#include <string>
#include <vector>

namespace runner::check::convention {

struct ShellOptions
{
    bool bash = false;
    bool exitsOnError = false;
    bool pipefail = false;

    bool isStrict() const { return bash && exitsOnError && pipefail; }
};

/// \a words: the members of SHELL's list; may be empty.
ShellOptions shellOptions(const std::vector<std::string> &words);

} // namespace runner::check::convention
