#include "onboard/choices.h"

#include "matrix/yamltree.h"
#include "text/ascii.h"

#include <algorithm>

namespace runner::onboard {

namespace {

using matrix::YamlNode;

// A name in a text, with the quotes it may have.
struct ListItem
{
    std::string name;
    text::ByteRange range;
};

bool isNameCharacter(char c)
{
    return text::isWord(c) || c == '-';
}

bool isNamePart(const std::string &text, std::size_t at)
{
    return at < text.size() && isNameCharacter(text[at]);
}

bool has(const std::vector<ListItem> &items, const std::string &name)
{
    return std::any_of(items.begin(), items.end(), [&](const ListItem &item) { return item.name == name; });
}

std::size_t placeOf(const std::vector<ListItem> &items, const std::string &name)
{
    std::vector<std::string> names;
    names.reserve(items.size());
    for (const ListItem &item : items)
        names.push_back(item.name);
    return placeAmong(names, name);
}

// The name, quoted as an item is.
std::string like(const std::string &text, const ListItem &item, const std::string &name)
{
    const char first = text[item.range.begin];
    return first == '"' || first == '\'' ? first + name + first : name;
}

std::size_t lineStart(const std::string &text, std::size_t at)
{
    const std::size_t end = at == 0 ? std::string::npos : text.rfind('\n', at - 1);
    return end == std::string::npos ? 0 : end + 1;
}

// The first of the comment lines right above that line, which are about it; the line itself where there are none.
std::size_t aboveComments(const std::string &text, std::size_t line)
{
    while (line > 0) {
        const std::size_t above = lineStart(text, line - 1);
        const std::size_t first = text.find_first_not_of(" \t", above);
        if (first >= line || text[first] != '#')
            break;
        line = above;
    }
    return line;
}

// An item on a line of its own, written like \a sample; put behind or in front of the sample's line.
text::Patches lineLike(const std::string &text, const ListItem &sample, const std::string &name,
                       const std::string &behind, bool after)
{
    const std::size_t begin = lineStart(text, sample.range.begin);
    const std::size_t newline = text.find('\n', sample.range.end);
    const bool open = newline == std::string::npos;
    const std::size_t sampled =
        open && begin > 0 ? begin - 1 : newline; // of the line before, where the last one has none
    const bool carriage = sampled < text.size() && sampled > 0 && text[sampled - 1] == '\r';
    const std::string lineEnd = carriage ? "\r\n" : "\n";
    const std::string line = text.substr(begin, sample.range.begin - begin) + like(text, sample, name) + behind;
    if (!after) {
        const std::size_t above = aboveComments(text, begin);
        return {{{above, above}, line + lineEnd}};
    }
    if (open)
        return {{{text.size(), text.size()}, lineEnd + line}};
    return {{{newline + 1, newline + 1}, line + lineEnd}};
}

// Between others on one line, with the separator that they have.
text::Patches between(const std::string &text, const std::vector<ListItem> &items, std::size_t place,
                      const std::string &name, const std::string &separator)
{
    if (place == items.size())
        return {{{items.back().range.end, items.back().range.end}, separator + like(text, items.back(), name)}};
    const std::size_t at = items[place].range.begin;
    return {{{at, at}, like(text, items[place], name) + separator}};
}

const YamlNode *valueOf(const YamlNode *map, const std::string &key)
{
    if (!map || map->kind != YamlNode::Kind::Map)
        return nullptr;
    const auto found = std::find_if(map->entries.begin(), map->entries.end(),
                                    [&](const auto &entry) { return entry.first->text == key; });
    return found == map->entries.end() ? nullptr : found->second;
}

// Nothing where an item is no plain name.
std::optional<std::vector<ListItem>> itemsOf(const YamlNode &list)
{
    std::vector<ListItem> items;
    for (const YamlNode *item : list.items) {
        if (item->kind != YamlNode::Kind::Scalar || item->tagged || item->style == YamlNode::Style::BlockText)
            return std::nullopt;
        items.push_back({item->text, {item->begin, item->end}});
    }
    return items.empty() ? std::nullopt : std::optional(items);
}

// One item a line, with nothing but a dash before it.
bool standsAlone(const std::string &text, const ListItem &item)
{
    const std::size_t begin = lineStart(text, item.range.begin);
    const std::string before = text.substr(begin, item.range.begin - begin);
    return before.find('-') != std::string::npos && before.find_first_not_of(" -") == std::string::npos
           && std::count(before.begin(), before.end(), '-') == 1;
}

// Behind "NAME =" at the start of a line; npos where there is none, or more than one.
std::size_t behindAssignment(const std::string &python, const std::string &variable)
{
    std::size_t found = std::string::npos;
    for (std::size_t at = python.find(variable); at != std::string::npos; at = python.find(variable, at + 1)) {
        if (lineStart(python, at) != at || isNamePart(python, at + variable.size()))
            continue;
        const std::size_t equals = python.find_first_not_of(" \t", at + variable.size());
        if (equals == std::string::npos || python[equals] != '=' || python.compare(equals, 2, "==") == 0)
            continue;
        if (found != std::string::npos)
            return std::string::npos;
        found = equals + 1;
    }
    return found;
}

// Names with '|' between them, up to ')'.
std::vector<ListItem> alternativesAt(const std::string &text, std::size_t at)
{
    std::vector<ListItem> items;
    while (at < text.size()) {
        const std::size_t begin = at;
        while (isNamePart(text, at))
            ++at;
        if (at == begin || at == text.size() || (text[at] != '|' && text[at] != ')'))
            return {};
        items.push_back({text.substr(begin, at - begin), {begin, at}});
        if (text[at++] == ')')
            return items;
    }
    return {};
}

// A string that holds a name and nothing to be escaped; moves \a at behind it.
std::optional<ListItem> stringAt(const std::string &text, std::size_t &at)
{
    const std::size_t begin = at;
    const char quote = text[at++];
    while (isNamePart(text, at))
        ++at;
    if (at >= text.size() || text[at] != quote || at == begin + 1)
        return std::nullopt;
    ++at;
    return ListItem{text.substr(begin + 1, at - begin - 2), {begin, at}};
}

// The strings of a list whose '[' is at \a at; comments may stand between them. Empty for anything else.
std::vector<ListItem> stringsAt(const std::string &text, std::size_t at)
{
    std::vector<ListItem> items;
    bool wantsComma = false;
    for (++at; at < text.size();) {
        const char c = text[at];
        if (c == ']')
            return items;
        if (c == '#') {
            at = std::min(text.find('\n', at), text.size());
        } else if ((c == '"' || c == '\'') && !wantsComma) {
            auto item = stringAt(text, at);
            if (!item)
                return {};
            items.push_back(std::move(*item));
            wantsComma = true;
        } else if (c == ',' && wantsComma) {
            wantsComma = false;
            ++at;
        } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            ++at;
        } else {
            return {};
        }
    }
    return {};
}

bool isAloneInPython(const std::string &text, const ListItem &item)
{
    const std::size_t begin = lineStart(text, item.range.begin);
    return text.substr(begin, item.range.begin - begin).find_first_not_of(" \t") == std::string::npos
           && item.range.end < text.size() && text[item.range.end] == ',';
}

} // namespace

std::size_t placeAmong(const std::vector<std::string> &names, const std::string &name)
{
    const std::size_t first = !names.empty() && (names.front() == "all" || names.front() == "Host") ? 1 : 0;
    const auto begin = names.begin() + static_cast<std::ptrdiff_t>(first);
    if (names.end() - begin < 2 || !std::is_sorted(begin, names.end()))
        return names.size();
    return static_cast<std::size_t>(std::lower_bound(begin, names.end(), name) - names.begin());
}

ListChange addWorkflowChoice(const std::string &yaml, const std::string &input, const std::string &name, bool required)
{
    const auto tree = matrix::parseYaml(yaml, {});
    if (!tree)
        return std::nullopt;
    const YamlNode *inputs = valueOf(valueOf(valueOf(tree->root, "on"), "workflow_dispatch"), "inputs");
    const YamlNode *options = valueOf(valueOf(inputs, input), "options");
    if (!options)
        return required ? ListChange() : ListChange(text::Patches());
    const auto items = options->kind == YamlNode::Kind::Sequence && !options->tagged ? itemsOf(*options) : std::nullopt;
    if (!items)
        return std::nullopt;
    if (has(*items, name))
        return text::Patches();
    const std::size_t place = placeOf(*items, name);
    if (options->style == YamlNode::Style::Flow)
        return between(yaml, *items, place, name, ", ");
    const ListItem &sample = (*items)[std::min(place, items->size() - 1)];
    if (!standsAlone(yaml, sample))
        return std::nullopt;
    return lineLike(yaml, sample, name, {}, place == items->size());
}

ListChange addAlternative(const std::string &python, const std::string &variable, const std::string &group,
                          const std::string &name)
{
    const std::size_t value = behindAssignment(python, variable);
    const std::string opening = "(?P<" + group + ">";
    const std::size_t at = value == std::string::npos ? value : python.find(opening, value);
    if (at == std::string::npos)
        return std::nullopt;
    std::size_t begin = at + opening.size();
    if (begin < python.size() && python[begin] == '(')
        ++begin;
    const auto items = alternativesAt(python, begin);
    if (items.empty())
        return std::nullopt;
    return has(items, name) ? text::Patches() : between(python, items, placeOf(items, name), name, "|");
}

ListChange addListString(const std::string &python, const std::string &variable, const std::string &name)
{
    const std::size_t value = behindAssignment(python, variable);
    const std::size_t bracket = value == std::string::npos ? value : python.find_first_not_of(" \t", value);
    if (bracket == std::string::npos || python[bracket] != '[')
        return std::nullopt;
    const auto items = stringsAt(python, bracket);
    if (items.empty())
        return std::nullopt;
    if (has(items, name))
        return text::Patches();
    const std::size_t place = placeOf(items, name);
    const ListItem &sample = items[std::min(place, items.size() - 1)];
    if (isAloneInPython(python, sample))
        return lineLike(python, sample, name, ",", place == items.size());
    return between(python, items, place, name, ", ");
}

} // namespace runner::onboard
