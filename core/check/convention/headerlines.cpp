#include "check/convention/headerlines.h"

#include "dockerfile/characters.h"
#include "text/ascii.h"

#include <algorithm>

namespace runner::check::convention {

namespace {

using dockerfile::DocumentedArgument;
using dockerfile::Need;

constexpr std::string_view blanks = " \t";

std::string_view afterHash(std::string_view line)
{
    line = dockerfile::trimmedLeft(line);
    return line.empty() || line.front() != '#' ? std::string_view() : line.substr(1);
}

std::size_t indentOf(std::string_view text)
{
    return std::min(text.find_first_not_of(blanks), text.size());
}

// The first line after an entry that does not go on with it.
int endOfEntry(const Subject &subject, const DocumentedArgument &entry)
{
    const std::size_t indent = indentOf(afterHash(subject.line(entry.where.line)));
    int number = entry.where.line + 1;
    for (; number <= subject.headerEnd; ++number) {
        const std::string_view text = afterHash(subject.line(number));
        const bool blank = dockerfile::trimmed(text).empty();
        const auto &all = subject.file.documented; // in the order of their lines
        const auto next =
            std::lower_bound(all.begin(), all.end(), number,
                             [](const DocumentedArgument &each, int wanted) { return each.where.line < wanted; });
        const bool other = next != all.end() && next->where.line == number;
        if (blank || other || indentOf(text) <= indent)
            break;
    }
    return number;
}

struct NeedPlace
{
    std::size_t begin = 0; // in the line
    std::size_t end = 0;
    std::size_t description = 0; // where the text behind begins; the line's size without any
};

NeedPlace findNeed(std::string_view line, std::string_view name, const std::string &word)
{
    NeedPlace place;
    place.begin = text::uppered(line).find(word, line.find(name) + name.size());
    place.end = place.begin + word.size();
    const std::size_t text = line.find_first_not_of(blanks, place.end);
    place.description = std::min(text, line.size());
    return place;
}

std::string padded(std::string text, std::size_t width)
{
    text.resize(std::max(width, text.size() + 1), ' ');
    return text;
}

} // namespace

std::string needWord(Need need)
{
    return text::uppered(dockerfile::needName(need));
}

text::Patch replaceNeed(const Subject &subject, const DocumentedArgument &entry, Need need)
{
    const std::size_t start = subject.lineStart(entry.where.line);
    const std::string_view line = subject.line(entry.where.line);
    const NeedPlace place = findNeed(line, entry.name, needWord(entry.need));
    const bool aligned = place.description < line.size() && blanks.find(line[place.end]) != std::string_view::npos;
    if (!aligned)
        return {{start + place.begin, start + place.end}, needWord(need)};
    return {{start + place.begin, start + place.description}, padded(needWord(need), place.description - place.begin)};
}

text::Patch removeEntry(const Subject &subject, const DocumentedArgument &entry)
{
    return {{subject.lineStart(entry.where.line), subject.lineStart(endOfEntry(subject, entry))}, {}};
}

text::Patch insertEntry(const Subject &subject, const DocumentedArgument &after, const std::string &name, Need need,
                        const std::string &description)
{
    const std::string_view like = subject.line(after.where.line);
    const std::size_t nameAt = like.find(after.name);
    const NeedPlace place = findNeed(like, after.name, needWord(after.need));
    std::string text(like.substr(0, nameAt));
    text += padded(name, place.begin - nameAt) + padded(needWord(need), place.description - place.begin) + description;
    const std::size_t at = subject.lineStart(endOfEntry(subject, after));
    return {{at, at}, text + subject.lineEnd()};
}

} // namespace runner::check::convention
