// What a shell would take from a script: the variables whose values it reads, and those that the script gives values.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace runner::check::convention {

struct VariableUse
{
    std::string name;
    std::size_t at;       ///< Offset of the "$".
    bool guarded = false; ///< ${NAME:-default} and its like say what happens where it has no value.
};

struct ShellScript
{
    std::vector<VariableUse> uses; ///< Ascending. Nothing in single quotes, in comments or in a quoted heredoc.
    std::string plain;             ///< The text with blanks in the place of comments.
    std::set<std::string, std::less<>> assigned; ///< Names that some command of it may give a value.
    /// From here on any name may have a value: a file was sourced, or a text evaluated. Files that say what system an
    /// image is, such as /etc/os-release, are known not to.
    std::size_t unknownFrom = std::string::npos;
};

/// Reads commands as bash would. Of texts that nest deeper than a person writes, only a part is read.
ShellScript readShell(std::string_view text);

/// The uses in a heredoc that a shell expands: quotes are no quotes there.
std::vector<VariableUse> usesInHeredoc(std::string_view text);

/// The uses in words that BuildKit expands.
std::vector<VariableUse> usesInWords(std::string_view text, char escape);

} // namespace runner::check::convention
