#include "dockerfile/headercomment.h"

#include "dockerfile/characters.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace runner::dockerfile {

namespace {

constexpr std::string_view commentBlanks = " \t";

std::size_t skipBlanks(std::string_view text, std::size_t at)
{
    return std::min(text.find_first_not_of(commentBlanks, at), text.size());
}

std::size_t documentedNameEnd(std::string_view text, std::size_t at)
{
    const auto isUpper = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (at == text.size() || !isUpper(text[at]))
        return at;
    while (at < text.size() && (isUpper(text[at]) || isDigit(static_cast<unsigned char>(text[at])) || text[at] == '_'))
        ++at;
    return at;
}

struct NeedWord
{
    Need need;
    std::size_t end; // past the word, its parenthesis and the sign after it
};

// In parentheses the word may be written in any case; without them only capitals tell it from prose.
std::optional<NeedWord> needAt(std::string_view text, std::size_t at)
{
    static constexpr std::array<std::pair<std::string_view, Need>, 3> words{
        {{"REQUIRED", Need::Required}, {"OPTIONAL", Need::Optional}, {"PLACEHOLDER", Need::Placeholder}}};
    const bool parentheses = at < text.size() && text[at] == '(';
    at += parentheses ? 1 : 0;
    for (const auto &[word, need] : words) {
        const std::string_view found = text.substr(std::min(at, text.size()), word.size());
        if (parentheses ? uppered(found) != word : found != word)
            continue;
        std::size_t end = at + word.size();
        if (parentheses && text.substr(end, 1) != ")")
            continue;
        end += parentheses ? 1 : 0;
        const bool sign = end < text.size() && std::string_view(":.,;").find(text[end]) != std::string_view::npos;
        end += sign ? 1 : 0;
        if (end == text.size() || commentBlanks.find(text[end]) != std::string_view::npos)
            return NeedWord{need, end};
    }
    return std::nullopt;
}

struct Entry
{
    std::string_view name;
    std::size_t nameAt = 0;
    std::size_t indent = 0;
    Need need = Need::Undocumented;
    std::string_view description;
};

std::optional<Entry> entryIn(std::string_view text)
{
    Entry entry;
    entry.indent = skipBlanks(text, 0);
    entry.nameAt = entry.indent;
    const std::string_view mark = text.substr(entry.nameAt, 2);
    if (mark == "- " || mark == "* ")
        entry.nameAt = skipBlanks(text, entry.nameAt + 1);
    const std::size_t end = documentedNameEnd(text, entry.nameAt);
    entry.name = text.substr(entry.nameAt, end - entry.nameAt);
    const bool colon = text.substr(end, 1) == ":";
    const std::size_t needStart = skipBlanks(text, end + (colon ? 1 : 0));
    if (entry.name.empty() || needStart == end)
        return std::nullopt;
    const auto need = needAt(text, needStart);
    if (!need)
        return std::nullopt;
    entry.need = need->need;
    entry.description = trimmed(text.substr(need->end));
    return entry;
}

} // namespace

std::vector<DocumentedArgument> readHeaderComment(const std::vector<CommentLine> &lines, PositionFinder finder)
{
    std::vector<DocumentedArgument> arguments;
    bool open = false; // whether the description may go on
    std::size_t indent = 0;
    for (const CommentLine &line : lines) {
        if (const auto entry = entryIn(line.text)) {
            arguments.push_back({std::string(entry->name), entry->need, std::string(entry->description),
                                 finder.at(line.offset + entry->nameAt)});
            indent = entry->indent;
            open = true;
            continue;
        }
        const std::string_view more = trimmed(line.text);
        open = open && !more.empty() && skipBlanks(line.text, 0) > indent;
        if (open) {
            std::string &description = arguments.back().description;
            description += (description.empty() ? "" : " ") + std::string(more);
        }
    }
    return arguments;
}

} // namespace runner::dockerfile
