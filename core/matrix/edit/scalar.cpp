#include "matrix/edit/scalar.h"

#include "text/ascii.h"
#include "text/position.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>

namespace runner::matrix::edit {

namespace {

// Words that some version of YAML reads as null, a boolean or a number.
bool isYamlWord(std::string_view text)
{
    constexpr std::array<std::string_view, 11> words{"null", "true", "false", "yes", "no", "on",
                                                     "off",  "y",    "n",     "inf", "nan"};
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return std::find(words.begin(), words.end(), lower) != words.end();
}

// Numbers in all notations, times and dates use these characters only.
bool looksLikeNumber(std::string_view text)
{
    const bool digitFirst = (text.front() >= '0' && text.front() <= '9') || text.front() == '.';
    return digitFirst && text.find_first_not_of("0123456789abcdefABCDEFxXoO_.:+-tTzZ ") == std::string_view::npos;
}

std::size_t lengthAt(std::string_view text, std::size_t i)
{
    const auto lead = static_cast<unsigned char>(text[i]);
    return lead < 0x80U ? 1 : lead < 0xE0U ? 2 : lead < 0xF0U ? 3 : 4;
}

unsigned codePointAt(std::string_view text, std::size_t i)
{
    const std::size_t length = lengthAt(text, i);
    unsigned code = static_cast<unsigned char>(text[i]);
    if (length > 1)
        code &= 0xFFU >> (length + 1);
    for (std::size_t k = 1; k < length; ++k)
        code = (code << 6U) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
    return code;
}

// Latin, Greek, Cyrillic and the like, and Chinese, Japanese and Korean ones: no blanks, no marks of direction.
bool isLetterBeyondAscii(unsigned code)
{
    return (code >= 0xC0U && code < 0x600U) || (code >= 0x3041U && code < 0xD800U);
}

bool isPlainBehindColon(char c)
{
    return text::isLetterOrDigit(c) || c == '/' || c == '_' || c == '-' || c == '.';
}

// No indicator stands in front, nothing that ends a plain text is inside, on lines or in brackets. Of characters beyond
// ASCII, letters are known to be taken for themselves everywhere.
bool isSafePlain(std::string_view text)
{
    constexpr std::string_view inside = "_./=+@()-'\"&*!$;~^%<>|\\` ";
    if (text.empty() || text.back() == ' ' || isYamlWord(text) || looksLikeNumber(text))
        return false;
    if (!text::isLetterOrDigit(text.front()) && std::string_view("_./(").find(text.front()) == std::string_view::npos)
        return false;
    for (std::size_t i = 0; i < text.size(); i += lengthAt(text, i)) {
        const char c = text[i];
        const bool goesOn = i + 1 < text.size() && text[i + 1] != ' ';
        const bool good = text::isLetterOrDigit(c) || inside.find(c) != std::string_view::npos
                          || (c == ':' && goesOn && isPlainBehindColon(text[i + 1])) || (c == '#' && text[i - 1] != ' ')
                          || isLetterBeyondAscii(codePointAt(text, i));
        if (!good)
            return false;
    }
    return true;
}

// Characters that YAML does not let stand for themselves, or that a reader may take for a line end.
bool needsEscape(unsigned code)
{
    return code < 0x20U || (code >= 0x7FU && code < 0xA0U) || code == 0x2028U || code == 0x2029U || code == 0xFEFFU
           || code == 0xFFFEU || code == 0xFFFFU;
}

void appendEscape(std::string &out, unsigned code)
{
    if (code == '\n')
        out += "\\n";
    else if (code == '\t')
        out += "\\t";
    else if (code == '\r')
        out += "\\r";
    else {
        std::array<char, 8> digits{};
        std::snprintf(digits.data(), digits.size(), code < 0x100U ? "\\x%02X" : "\\u%04X", code);
        out += digits.data();
    }
}

std::string doubleQuoted(std::string_view value)
{
    std::string out = "\"";
    for (std::size_t i = 0; i < value.size(); i += lengthAt(value, i)) {
        const unsigned code = codePointAt(value, i);
        if (needsEscape(code)) {
            appendEscape(out, code);
        } else {
            if (code == '"' || code == '\\')
                out += '\\';
            out += value.substr(i, lengthAt(value, i));
        }
    }
    return out + '"';
}

std::string singleQuoted(std::string_view value)
{
    std::string out = "'";
    for (const char c : value)
        out += c == '\'' ? std::string("''") : std::string(1, c);
    return out + '\'';
}

} // namespace

Quotes quotesOf(const YamlNode &node)
{
    if (node.kind == YamlNode::Kind::Scalar && node.style == YamlNode::Style::Plain)
        return Quotes::None;
    return node.style == YamlNode::Style::SingleQuoted ? Quotes::Single : Quotes::Double;
}

bool needsEscapes(std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); i += lengthAt(text, i)) {
        if (needsEscape(codePointAt(text, i)))
            return true;
    }
    return false;
}

Result<void> checkText(const std::string &value, const std::string &what)
{
    if (value.find('\0') != std::string::npos)
        return failure("edit-bad-text", {}, what + " holds a NUL character", "Remove it: no program can be given one");
    if (text::findInvalidUtf8(value) != std::string::npos)
        return failure("edit-bad-text", {}, what + " is not valid UTF-8", "Write it as UTF-8 text");
    return {};
}

std::string scalarText(const std::string &value, Quotes wanted)
{
    if (wanted == Quotes::None && isSafePlain(value))
        return value;
    if (wanted == Quotes::Single && !needsEscapes(value))
        return singleQuoted(value);
    return doubleQuoted(value);
}

} // namespace runner::matrix::edit
