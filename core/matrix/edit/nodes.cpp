#include "matrix/edit/nodes.h"

#include "matrix/edit/blocktext.h"
#include "matrix/yamlextents.h"
#include "text/lines.h"

#include <algorithm>

namespace runner::matrix::edit {

namespace {

using Kind = YamlNode::Kind;
using Style = YamlNode::Style;

bool isFlow(const YamlNode &node)
{
    return node.style == Style::Flow;
}

// The first byte behind the last line of a node (or of the place where it would stand).
std::size_t behindLines(const std::string &text, const YamlNode &node)
{
    return text::nextLine(text, node.end > 0 ? node.end - 1 : 0);
}

bool startsLine(const std::string &text, std::size_t offset)
{
    return text::lineContent(text, offset) == offset;
}

// What separates the first two parts of a flow collection, if that is a comma with blanks and line ends.
std::string separatorOf(const std::string &text, const YamlNode &first, const YamlNode &second)
{
    std::string between = text.substr(first.end, second.begin - first.end);
    const bool clean = between.starts_with(',') && between.find_first_not_of(", \t\r\n") == std::string::npos;
    return clean ? between : ", ";
}

// "[ ]" with nothing but blanks inside.
Result<void> fillBrackets(Draft &draft, const YamlNode &node, const std::string &inner)
{
    const std::string &text = draft.text();
    const std::size_t inside = node.end - 1;
    std::size_t open = node.begin;
    while (open < inside && text[open] != '[' && text[open] != '{')
        ++open;
    if (text.find_first_not_of(" \t", open + 1) != inside)
        return draft.refuse("edit-unusual", node.begin, "The empty brackets hold a comment",
                            "Make this change in the YAML");
    draft.replace({open + 1, inside}, inner);
    return {};
}

// The begin of each part of a flow collection and the end of it: items, or keys and values.
struct FlowPart
{
    std::size_t begin;
    std::size_t end;
};

std::vector<FlowPart> partsOf(const YamlNode &node)
{
    std::vector<FlowPart> parts;
    for (const YamlNode *item : node.items)
        parts.push_back({item->begin, item->end});
    for (const auto &[key, value] : node.entries)
        parts.push_back({key->begin, std::max(key->end, value->end)});
    return parts;
}

void insertFlow(Draft &draft, const YamlNode &node, std::size_t at, const std::string &inner)
{
    const std::vector<FlowPart> parts = partsOf(node);
    YamlNode first;
    YamlNode second;
    first.end = parts.front().end;
    second.begin = parts.size() > 1 ? parts[1].begin : first.end;
    const std::string separator = separatorOf(draft.text(), first, second);
    if (at < parts.size())
        draft.insert(parts[at].begin, inner + separator);
    else
        draft.insert(parts.back().end, separator + inner);
}

// Only what is a comment: a '#' inside the parts is text of theirs.
std::size_t commentBetween(const std::string &text, std::size_t begin, std::size_t end)
{
    const std::size_t hash = text.find('#', begin);
    return hash < end ? hash : std::string::npos;
}

// A comment between what is removed and its neighbour belongs to nobody for certain.
Result<void> removeFlow(Draft &draft, const YamlNode &node, const std::set<std::size_t> &which)
{
    const std::vector<FlowPart> parts = partsOf(node);
    bool kept = false;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (!which.contains(i)) {
            kept = true;
            continue;
        }
        const std::size_t next = i + 1 < parts.size() ? parts[i + 1].begin : parts[i].end;
        const text::ByteRange gap =
            kept ? text::ByteRange{parts[i - 1].end, parts[i].begin} : text::ByteRange{parts[i].end, next};
        const text::ByteRange range =
            kept ? text::ByteRange{gap.begin, parts[i].end} : text::ByteRange{parts[i].begin, next};
        const std::size_t hash = commentBetween(draft.text(), gap.begin, gap.end);
        if (hash != std::string::npos)
            return draft.refuse("edit-unusual", hash, "A comment stands between the parts of this list",
                                "Make this change in the YAML");
        draft.replace(range, {});
    }
    return {};
}

void removeBlockLines(Draft &draft, std::size_t begin, const YamlNode &last)
{
    const std::string &text = draft.text();
    draft.removeLines({text::lineBegin(text, begin), std::max(behindLines(text, last), text::nextLine(text, begin))});
}

void writeValue(Draft &draft, const YamlNode &node, const std::string &written)
{
    if (node.isWritten())
        draft.replace({node.begin, node.end}, written);
    else
        draft.insert(node.begin, " " + written);
}

// The lines of a list below "key:" give way to a value on the key's line.
Result<void> replaceLines(Draft &draft, const std::string &name, const YamlNode &key, const YamlNode &node,
                          const NewValue &value)
{
    const std::string &text = draft.text();
    const std::size_t colon = skipBlanksAndComments(text, key.end);
    if (node.kind != Kind::Sequence || colon >= text.size() || text[colon] != ':' || !startsLine(text, node.begin))
        return draft.refuse("edit-unusual", node.begin, "'" + name + "' is written in an unusual way here",
                            "Make this change in the YAML");
    draft.insert(colon + 1, " " + flowText(value));
    removeBlockLines(draft, node.begin, node);
    return {};
}

// How many items of a list of scalars are kept, in their order, as the first of \a wanted; the others are \a gone.
std::size_t keptItems(const YamlNode &list, const std::vector<NewValue> &wanted, std::set<std::size_t> &gone)
{
    std::size_t kept = 0;
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        const YamlNode &item = list.items[i]->resolved();
        if (kept < wanted.size() && item.kind == Kind::Scalar && item.text == wanted[kept].text)
            ++kept;
        else
            gone.insert(i);
    }
    return kept;
}

// Another list of scalars in the place of one of lines: of these, those are touched that have to be.
Result<void> replaceItems(Draft &draft, const std::string &name, const YamlNode &key, const YamlNode &list,
                          const NewValue &value)
{
    std::set<std::size_t> gone;
    const std::size_t kept = keptItems(list, value.items, gone);
    if (kept == 0)
        return replaceLines(draft, name, key, list, value);
    if (const auto done = removeItems(draft, list, gone); !done)
        return done;
    for (std::size_t i = kept; i < value.items.size(); ++i) {
        const NewValue item = NewValue::scalar(value.items[i].text, quotesOf(*list.items.back()));
        if (const auto done = insertItem(draft, list, list.items.size(), item); !done)
            return done;
    }
    return {};
}

} // namespace

std::optional<std::size_t> findKey(const YamlNode &map, const std::string &key)
{
    for (std::size_t i = 0; i < map.entries.size(); ++i) {
        const YamlNode &each = map.entries[i].first->resolved();
        if (each.kind == Kind::Scalar && each.text == key)
            return i;
    }
    return std::nullopt;
}

const YamlNode *valueOf(const YamlNode &map, const std::string &key)
{
    const auto index = findKey(map, key);
    return index ? map.entries[*index].second : nullptr;
}

std::size_t columnOf(const std::string &text, std::size_t offset)
{
    return offset - text::lineBegin(text, offset);
}

std::size_t dashOf(const std::string &text, const YamlNode &list, std::size_t item)
{
    std::size_t at = skipBlanksAndComments(text, item == 0 ? list.begin : list.items[item - 1]->end);
    // The list's tag and anchor.
    while (item == 0 && list.tagged && at < text.size() && (text[at] == '&' || text[at] == '!'))
        at = skipBlanksAndComments(text, std::min(text.find_first_of(" \t\r\n", at), text.size()));
    return at;
}

void setScalar(Draft &draft, const YamlNode &node, const std::string &value, Quotes quotes)
{
    const bool scalar = node.kind == Kind::Scalar && !node.tagged;
    if (scalar && node.style == Style::BlockText) {
        if (const auto block = blockText(draft.text(), node, value, draft.lineEnd()))
            return writeValue(draft, node, *block);
    }
    writeValue(draft, node, scalarText(value, scalar ? quotesOf(node) : quotes));
}

void setFlag(Draft &draft, const YamlNode &node, bool value)
{
    writeValue(draft, node, value ? "true" : "false");
}

Result<void> insertItem(Draft &draft, const YamlNode &list, std::size_t at, NewValue value)
{
    const std::string &text = draft.text();
    if (isFlow(list)) {
        value.flow = value.flow || value.kind != NewValue::Kind::Scalar;
        if (list.items.empty())
            return fillBrackets(draft, list, flowText(value));
        insertFlow(draft, list, at, flowText(value));
        return {};
    }
    const std::size_t firstDash = dashOf(text, list, 0);
    const std::size_t column = columnOf(text, firstDash);
    const YamlNode &first = *list.items.front();
    const bool sameLine = first.isWritten() && first.begin < text::lineEnd(text, firstDash);
    const std::size_t gap = sameLine ? first.begin - firstDash - 1 : 1;
    if (at == 0 && !startsLine(text, firstDash))
        return draft.refuse("edit-unusual", firstDash, "The list does not begin on a line of its own",
                            "Make this change in the YAML");
    const std::size_t place = at == 0 ? text::lineBegin(text, firstDash)
                                      : behindLines(text, *list.items[std::min(at, list.items.size()) - 1]);
    draft.insertLines(place, std::string(column, ' ') + itemText(value, column, gap, draft.lineEnd()));
    return {};
}

Result<void> removeItems(Draft &draft, const YamlNode &list, const std::set<std::size_t> &items)
{
    if (isFlow(list))
        return removeFlow(draft, list, items);
    for (const std::size_t item : items) {
        const std::size_t dash = dashOf(draft.text(), list, item);
        if (!startsLine(draft.text(), dash))
            return draft.refuse("edit-unusual", dash, "The item does not begin on a line of its own",
                                "Make this change in the YAML");
        removeBlockLines(draft, dash, *list.items[item]);
    }
    return {};
}

Result<void> insertEntry(Draft &draft, const YamlNode &map, std::size_t at, const std::string &key, NewValue value)
{
    if (const auto own = checkNotMerged(draft, map, "The map that '" + key + "' would be put in"); !own)
        return own;
    const std::string &text = draft.text();
    if (isFlow(map)) {
        value.flow = value.flow || value.kind != NewValue::Kind::Scalar;
        const std::string entry = entryText(key, value, 0, draft.lineEnd());
        if (map.entries.empty())
            return fillBrackets(draft, map, value.padded ? " " + entry + " " : entry);
        insertFlow(draft, map, at, entry);
        return {};
    }
    const std::size_t first = map.entries.front().first->begin;
    const std::size_t column = columnOf(text, first);
    const std::string entry = entryText(key, value, column, draft.lineEnd());
    if (at == 0) {
        draft.insert(first, entry + draft.lineEnd() + std::string(column, ' '));
        return {};
    }
    const auto &[lastKey, lastValue] = map.entries[std::min(at, map.entries.size()) - 1];
    const std::size_t place = std::max(behindLines(text, *lastKey), behindLines(text, *lastValue));
    draft.insertLines(place, std::string(column, ' ') + entry);
    return {};
}

Result<void> removeEntries(Draft &draft, const YamlNode &map, const std::set<std::size_t> &which)
{
    if (const auto own = checkNotMerged(draft, map, "The map that a key would be taken from"); !own)
        return own;
    if (isFlow(map))
        return removeFlow(draft, map, which);
    for (const std::size_t at : which) {
        const auto &[key, value] = map.entries[at];
        if (startsLine(draft.text(), key->begin)) {
            removeBlockLines(draft, key->begin, value->end > key->end ? *value : *key);
            continue;
        }
        // The first key stands behind a dash: the next one that is kept takes its place.
        std::size_t next = at + 1;
        while (which.contains(next))
            ++next;
        const text::ByteRange range{key->begin,
                                    next < map.entries.size() ? map.entries[next].first->begin : key->begin};
        const bool commented =
            commentBetween(draft.text(), std::max(key->end, value->end), range.end) != std::string::npos;
        if (range.size() == 0 || next != at + 1 || commented)
            return draft.refuse("edit-unusual", key->begin,
                                "The key cannot be removed without harming what stands around it",
                                "Make this change in the YAML");
        draft.replace(range, {});
    }
    return {};
}

Result<void> removeEntry(Draft &draft, const YamlNode &map, std::size_t at)
{
    return removeEntries(draft, map, {at});
}

Result<void> setEntry(Draft &draft, const YamlNode &map, const std::string &key, const NewValue &value,
                      const std::vector<std::string> &order)
{
    if (const auto index = findKey(map, key)) {
        const YamlNode &node = *map.entries[*index].second;
        if (const auto own = checkOwn(draft, node, "'" + key + "'"); !own)
            return own;
        if (node.kind == Kind::Scalar && value.kind == NewValue::Kind::Scalar && !value.flow)
            setScalar(draft, node, value.text, value.quotes);
        else if (node.kind == Kind::Null || node.style == Style::Flow || node.kind == Kind::Scalar)
            writeValue(draft, node, flowText(value));
        else if (node.kind == Kind::Sequence && value.kind == NewValue::Kind::List)
            return replaceItems(draft, key, *map.entries[*index].first, node, value);
        else
            return replaceLines(draft, key, *map.entries[*index].first, node, value);
        return {};
    }
    std::size_t place = 0;
    for (const std::string &before : order) {
        if (before == key)
            break;
        if (const auto index = findKey(map, before))
            place = std::max(place, *index + 1);
    }
    return insertEntry(draft, map, place, key, value);
}

Result<void> fillEntry(Draft &draft, const YamlNode &map, std::size_t at, const NewValue &value)
{
    const auto &[key, node] = map.entries[at];
    const std::string &text = draft.text();
    const std::string written = valueText(value, columnOf(text, key->begin), draft.lineEnd());
    const bool oneLine = written.starts_with(' ');
    if (isFlow(map) || oneLine) {
        writeValue(draft, *node, flowText(value));
    } else if (node->isWritten()) {
        // The blanks between the colon and "[]" go with it.
        std::size_t begin = node->begin;
        while (begin > key->end && (text[begin - 1] == ' ' || text[begin - 1] == '\t'))
            --begin;
        draft.replace({begin, node->end}, written);
    } else {
        draft.insertLines(behindLines(text, *node), written.substr(draft.lineEnd().size()));
    }
    return {};
}

} // namespace runner::matrix::edit
