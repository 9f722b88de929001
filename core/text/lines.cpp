#include "text/lines.h"

#include <algorithm>

namespace runner::text {

std::size_t lineBegin(std::string_view text, std::size_t offset)
{
    std::size_t at = std::min(offset, text.size());
    // On the "\n" of "\r\n" the line is the one that it ends.
    if (at > 0 && at < text.size() && text[at] == '\n' && text[at - 1] == '\r')
        --at;
    while (at > 0 && text[at - 1] != '\n' && text[at - 1] != '\r')
        --at;
    return at;
}

std::size_t lineEnd(std::string_view text, std::size_t offset)
{
    const std::size_t at = std::min(offset, text.size());
    if (at > 0 && at < text.size() && text[at] == '\n' && text[at - 1] == '\r')
        return at - 1;
    return std::min(text.find_first_of("\r\n", at), text.size());
}

std::size_t nextLine(std::string_view text, std::size_t offset)
{
    const std::size_t end = lineEnd(text, offset);
    if (text.substr(end).starts_with("\r\n"))
        return end + 2;
    return std::min(end + 1, text.size());
}

std::size_t lineContent(std::string_view text, std::size_t offset)
{
    const std::size_t end = lineEnd(text, offset);
    std::size_t at = lineBegin(text, offset);
    while (at < end && (text[at] == ' ' || text[at] == '\t'))
        ++at;
    return at;
}

bool isBlankLine(std::string_view text, std::size_t offset)
{
    return lineContent(text, offset) == lineEnd(text, offset);
}

std::string usualLineEnd(std::string_view text)
{
    std::size_t feeds = 0;
    std::size_t pairs = 0;
    std::size_t returns = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n')
            ++(i > 0 && text[i - 1] == '\r' ? pairs : feeds);
        else if (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))
            ++returns;
    }
    if (pairs > feeds && pairs >= returns)
        return "\r\n";
    return returns > feeds ? "\r" : "\n";
}

} // namespace runner::text
