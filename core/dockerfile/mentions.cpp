#include "dockerfile/mentions.h"

#include "dockerfile/characters.h"

#include <algorithm>

namespace runner::dockerfile {

namespace {

std::size_t nameEnd(std::string_view text, std::size_t at)
{
    while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80U
           && isNameCharacter(static_cast<unsigned char>(text[at])))
        ++at;
    return at;
}

std::size_t nameFrom(std::string_view text, std::size_t dollar, const Found &found)
{
    std::size_t at = dollar + 1;
    if (at < text.size() && text[at] == '{') {
        ++at;
        if (at < text.size() && (text[at] == '!' || text[at] == '#'))
            ++at;
    }
    const std::size_t end = nameEnd(text, at);
    if (end > at)
        found(text.substr(at, end - at));
    return std::max(dollar, end - 1);
}

} // namespace

void mentionsInWords(std::string_view text, char escape, const Found &found)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == escape)
            ++i;
        else if (text[i] == '$')
            i = nameFrom(text, i, found);
    }
}

void mentionsInShell(std::string_view text, const Found &found)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '$') {
            i = nameFrom(text, i, found);
        } else if (text[i] == '"' || text[i] == '\'') {
            const std::size_t end = nameEnd(text, i + 1);
            if (end < text.size() && text[end] == text[i] && end > i + 1)
                found(text.substr(i + 1, end - i - 1));
        }
    }
}

} // namespace runner::dockerfile
