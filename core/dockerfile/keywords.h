// What the instructions of a Dockerfile are, and which flags and arguments they take.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace runner::dockerfile {

enum class FlagKind { Switch, Value, Values }; ///< Values: may be given more than once.

struct FlagRule
{
    std::string_view name;
    FlagKind kind = FlagKind::Value;
};

/// How an instruction's words are expanded, which decides where an open quote is an error.
enum class Expansion {
    None,        ///< Not by BuildKit: a shell does it, or nobody.
    Whole,       ///< All the arguments are one word.
    AtBlanks,    ///< Blanks separate words, quotes do not keep them together.
    Assignments, ///< NAME=VALUE words, or the older NAME VALUE.
    Arguments,   ///< ARG: NAME or NAME=VALUE words.
};

struct KeywordRule
{
    std::string_view keyword;
    std::vector<FlagRule> flags;
    std::size_t fewest = 0; ///< Arguments it needs.
    Expansion expansion = Expansion::None;
    bool takesJson = false; ///< Its arguments may be a JSON array.
    bool takesHeredocs = false;
    bool ignoresFlags = false; ///< BuildKit never looks at them.
};

/// The rule of an instruction, or null for a word that is none. \a keyword: upper case.
const KeywordRule *findKeyword(std::string_view keyword);

} // namespace runner::dockerfile
