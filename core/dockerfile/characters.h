// Code points and the classes of characters that the Dockerfile syntax knows. Independent of the locale.
#pragma once

#include "text/ascii.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace runner::dockerfile {

/// A code point and how many bytes it takes. A byte that is not well-formed UTF-8 is one of its own, above the range
/// of Unicode, so that text survives a conversion there and back.
struct CodePoint
{
    char32_t value = 0;
    std::size_t size = 0;
};

/// The code point at \a offset, which must be within the text.
CodePoint codePointAt(std::string_view text, std::size_t offset);
std::u32string toCodePoints(std::string_view text);
std::string fromCodePoints(std::u32string_view points);
int codePointCount(std::string_view text);

bool isDigit(char32_t point);
/// White space as Go's unicode.IsSpace has it: no-break spaces count.
bool isSpace(char32_t point);
/// A letter, digit or underscore; beyond ASCII everything that is neither space, punctuation, symbol nor private use,
/// block by block.
bool isNameCharacter(char32_t point);

std::string_view trimmedLeft(std::string_view text);
std::string_view trimmed(std::string_view text);

// As keywords and stage names are compared.
using text::lowered;
using text::uppered;

/// [A-Za-z_][A-Za-z0-9_]*
bool isIdentifier(std::string_view text);

} // namespace runner::dockerfile
