// Takes an instruction apart: keyword, flags, arguments, words.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace runner::dockerfile {

/// A part of a line and where in it that begins. Views the line.
struct Piece
{
    std::string_view text;
    std::size_t at = 0;
};

struct Command
{
    std::string keyword; ///< Upper case; empty for an empty line.
    std::size_t keywordAt = 0;
    std::vector<Piece> flags; ///< As written.
    Piece arguments;
};

/// The line must outlive the result.
Command splitCommand(std::string_view line, char escape);

/// A flag without its quotes and escapes.
std::string unquotedFlag(std::string_view flag, char escape);
/// The value of the first flag "--NAME=VALUE" of that name, without quotes; empty where there is none.
std::string flagValue(const std::vector<std::string> &flags, std::string_view name, char escape);

/// Words separated by white space that is neither quoted nor escaped; quotes and escapes stay.
std::vector<Piece> splitWords(const Piece &text, char escape);
/// Words separated by blanks, whatever quotes there are.
std::vector<Piece> splitAtBlanks(const Piece &text);

/// The fields of one line of comma-separated values (RFC 4180).
std::vector<std::string> splitCommaSeparated(std::string_view text);

} // namespace runner::dockerfile
