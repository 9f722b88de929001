// Variable expansion in Dockerfile words, as BuildKit does it. Nothing is ever executed.
#pragma once

#include "diagnostics/problem.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace runner::dockerfile {

/// Gives a variable's value, or nothing where it is not set.
using Lookup = std::function<std::optional<std::string>(std::string_view name)>;

struct Expanded
{
    std::string text;
    std::vector<std::string> references; ///< Names that were looked up, each once, in order.
    /// Those of them whose value is taken at least once with nothing said for when it is unset: not by - + or ?.
    std::vector<std::string> unguarded;
};

/// Expands $X, ${X}, ${X:-d} ${X-d} ${X:+a} ${X+a} ${X:?m} ${X?m} ${X#p} ${X##p} ${X%p} ${X%%p} ${X/p/r} ${X//p/r}
/// and takes quotes off. Unset variables give nothing. Errors (expansion-bad-substitution, expansion-required,
/// expansion-unclosed) carry the column within the word (line 1).
/// Memory and time are bounded: a result of more than 1 MiB, and patterns that would take long, are the error
/// expansion-too-long; more than a hundred substitutions within each other are expansion-too-deep.
Result<Expanded> expandWord(std::string_view word, char escape, const Lookup &lookup);

} // namespace runner::dockerfile
