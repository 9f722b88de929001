#include "text/shellwords.h"

#include "text/ascii.h"

#include <algorithm>

namespace runner::text {

namespace {

bool isPlain(char c)
{
    return isWord(c) || std::string_view("-./:=,+@%").find(c) != std::string_view::npos;
}

// Bytes beyond ASCII too: among them are characters that turn the direction of what a terminal shows.
bool isUnsafe(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7f;
}

std::string singleQuoted(std::string_view word)
{
    std::string text = "'";
    for (const char c : word)
        text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return text + "'";
}

// Octal but for what printf and every shell around it leave alone. "%%": dash reads escapes before it looks for "%".
std::string printfFormat(std::string_view word)
{
    constexpr char digits[] = "01234567";
    std::string text;
    for (const char c : word) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '%')
            text += "%%";
        else if (c != '-' && (c == ' ' || isPlain(c))) // A format that begins with "-" would be an option.
            text += c;
        else
            text += {'\\', digits[byte >> 6U], digits[(byte >> 3U) & 7U], digits[byte & 7U]};
    }
    return text;
}

// The only form in which every POSIX shell reads such a byte and a terminal shows none. It drops line feeds at its end.
std::string printed(std::string_view word)
{
    const std::size_t end = word.find_last_not_of('\n') + 1;
    const std::string text = end == 0 ? "" : "\"$(printf '" + printfFormat(word.substr(0, end)) + "')\"";
    return end == word.size() ? text : text + singleQuoted(word.substr(end));
}

} // namespace

std::string shellWord(std::string_view word)
{
    if (!word.empty() && std::all_of(word.begin(), word.end(), isPlain))
        return std::string(word);
    return std::any_of(word.begin(), word.end(), isUnsafe) ? printed(word) : singleQuoted(word);
}

std::string shellLine(const std::vector<std::string> &arguments)
{
    std::string line;
    for (const std::string &word : arguments)
        line += (line.empty() ? "" : " ") + shellWord(word);
    return line;
}

std::string shellLines(const std::vector<std::string> &arguments)
{
    std::string text;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const bool newLine = i > 0 && (arguments[i].starts_with("--") || i + 1 == arguments.size());
        text += (i == 0 ? "" : newLine ? " \\\n    " : " ") + shellWord(arguments[i]);
    }
    return text;
}

} // namespace runner::text
