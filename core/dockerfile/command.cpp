#include "dockerfile/command.h"

#include "dockerfile/characters.h"

#include <algorithm>

namespace runner::dockerfile {

namespace {

constexpr std::string_view blanks = "\t\v\f\r ";

Piece trimmedPiece(std::string_view line, std::size_t from)
{
    const std::string_view text = trimmed(line.substr(from));
    const std::string_view left = trimmedLeft(line.substr(from));
    return {text, line.size() - left.size()};
}

bool isSpaceAt(std::string_view text, std::size_t at)
{
    return isSpace(codePointAt(text, at).value);
}

// The end of the word that begins at \a at. In single quotes nothing can be escaped, except in flags.
std::size_t wordEnd(std::string_view text, std::size_t at, char escape, bool isFlag)
{
    char quote = '\0';
    while (at < text.size()) {
        const char c = text[at];
        if (quote == '\0' && isSpaceAt(text, at))
            break;
        if (c == escape && (quote != '\'' || isFlag))
            at += at + 1 < text.size() ? 1 : 0;
        else if (quote == '\0' && (c == '"' || c == '\''))
            quote = c;
        else if (c == quote)
            quote = '\0';
        at += codePointAt(text, at).size;
    }
    return at;
}

std::size_t skipSpace(std::string_view text, std::size_t at)
{
    while (at < text.size() && isSpaceAt(text, at))
        at += codePointAt(text, at).size;
    return at;
}

// Flags are the words at the front that begin with "--"; a bare "--" ends them.
std::size_t readFlags(std::string_view line, std::size_t at, char escape, std::vector<Piece> &flags)
{
    while (true) {
        at = skipSpace(line, at);
        if (line.substr(at, 2) != "--")
            return at;
        const std::size_t end = wordEnd(line, at, escape, true);
        const std::string_view flag = line.substr(at, end - at);
        if (flag == "--")
            return end;
        flags.push_back({flag, at});
        at = end;
    }
}

} // namespace

Command splitCommand(std::string_view line, char escape)
{
    Command command;
    const Piece whole = trimmedPiece(line, 0);
    const std::size_t keywordLength = std::min(whole.text.find_first_of(blanks), whole.text.size());
    command.keyword = uppered(whole.text.substr(0, keywordLength));
    command.keywordAt = whole.at;
    const std::string_view upToEnd = line.substr(0, whole.at + whole.text.size());
    const std::size_t arguments = readFlags(upToEnd, whole.at + keywordLength, escape, command.flags);
    command.arguments = trimmedPiece(upToEnd, arguments);
    return command;
}

std::string unquotedFlag(std::string_view flag, char escape)
{
    std::string result;
    char quote = '\0';
    for (std::size_t i = 0; i < flag.size(); ++i) {
        const char c = flag[i];
        if (c == escape) {
            if (i + 1 < flag.size())
                result += flag[++i];
        } else if (quote == '\0' && (c == '"' || c == '\'')) {
            quote = c;
        } else if (c == quote) {
            quote = '\0';
        } else {
            result += c;
        }
    }
    return result;
}

std::string flagValue(const std::vector<std::string> &flags, std::string_view name, char escape)
{
    for (const std::string &flag : flags) {
        const std::string plain = unquotedFlag(flag, escape);
        const std::size_t equals = plain.find('=');
        if (equals != std::string::npos && std::string_view(plain).substr(2, equals - 2) == name)
            return plain.substr(equals + 1);
    }
    return {};
}

std::vector<Piece> splitWords(const Piece &text, char escape)
{
    std::vector<Piece> words;
    for (std::size_t at = skipSpace(text.text, 0); at < text.text.size(); at = skipSpace(text.text, at)) {
        const std::size_t end = wordEnd(text.text, at, escape, false);
        words.push_back({text.text.substr(at, end - at), text.at + at});
        at = end;
    }
    return words;
}

std::vector<Piece> splitAtBlanks(const Piece &text)
{
    std::vector<Piece> words;
    for (std::size_t at = text.text.find_first_not_of(blanks); at < text.text.size();
         at = text.text.find_first_not_of(blanks, at)) {
        const std::size_t end = std::min(text.text.find_first_of(blanks, at), text.text.size());
        words.push_back({text.text.substr(at, end - at), text.at + at});
        at = end;
    }
    return words;
}

std::vector<std::string> splitCommaSeparated(std::string_view text)
{
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool doubled = quoted && text.substr(i, 2) == "\"\"";
        if (doubled) {
            fields.back() += text[++i];
        } else if (text[i] == '"' && (quoted || fields.back().empty())) {
            quoted = !quoted;
        } else if (text[i] == ',' && !quoted) {
            fields.emplace_back();
        } else {
            fields.back() += text[i];
        }
    }
    return fields;
}

} // namespace runner::dockerfile
