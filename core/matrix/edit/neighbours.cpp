#include "matrix/edit/neighbours.h"

#include "matrix/edit/nodes.h"
#include "text/ascii.h"

namespace runner::matrix::edit {

namespace {

using Kind = YamlNode::Kind;

bool beginsWithDigit(const std::string &text)
{
    return !text.empty() && text::isDigit(text.front());
}

// 2: says the same; 1: begins alike.
int likeness(const std::string &one, const std::string &other)
{
    return one == other ? 2 : beginsWithDigit(one) == beginsWithDigit(other) ? 1 : 0;
}

void collectScalars(const YamlNode &node, Neighbours &into)
{
    if (node.kind == Kind::Scalar)
        into.push_back(&node);
    for (const YamlNode *item : node.items)
        into.push_back(item);
    for (const auto &[key, value] : node.entries)
        into.push_back(value);
}

void collectPlatforms(const YamlNode &map, Neighbours &into)
{
    if (const YamlNode *list = valueOf(map, "platforms"))
        collectScalars(*list, into);
}

// From row \a at on to both sides, the nearest first. Not more than tell the style of the file: each is parsed.
Neighbours rowsAround(const Document &document, std::size_t at)
{
    constexpr std::size_t enough = 50;
    Neighbours rows;
    for (std::size_t distance = 0; distance < enough; ++distance) {
        const YamlNode *above = distance < at ? document.itemNode("runners", at - distance - 1) : nullptr;
        const YamlNode *below = document.itemNode("runners", at + distance);
        for (const YamlNode *row : {above, below}) {
            if (row)
                rows.push_back(row);
        }
    }
    return rows;
}

// The nodes that \a key leads to from each of \a nodes; lists are gone through on the way.
Neighbours follow(const Neighbours &nodes, const std::string &key)
{
    Neighbours found;
    for (const YamlNode *node : nodes) {
        for (const YamlNode *item : node->items) {
            if (const YamlNode *value = valueOf(*item, key))
                found.push_back(value);
        }
        if (const YamlNode *value = valueOf(*node, key))
            found.push_back(value);
    }
    return found;
}

} // namespace

Quotes quotesAmong(const Neighbours &neighbours, const std::string &text, Quotes fallback)
{
    const YamlNode *best = nullptr;
    int bestLikeness = -1;
    for (const YamlNode *each : neighbours) {
        if (each->kind != Kind::Scalar || each->style == YamlNode::Style::BlockText)
            continue;
        const int like = likeness(each->text, text);
        if (like > bestLikeness) {
            best = each;
            bestLikeness = like;
        }
    }
    return best ? quotesOf(*best) : fallback;
}

Neighbours valuesInRows(const Document &document, const std::string &key, std::size_t at)
{
    Neighbours found;
    for (const YamlNode *row : rowsAround(document, at)) {
        if (const YamlNode *value = valueOf(*row, key))
            found.push_back(value);
    }
    return found;
}

Neighbours platformsInRows(const Document &document, std::size_t at)
{
    Neighbours found;
    for (const YamlNode *row : rowsAround(document, at)) {
        collectPlatforms(*row, found);
        const YamlNode *services = valueOf(*row, "services");
        for (std::size_t i = 0; services && i < services->entries.size(); ++i) {
            for (const YamlNode *entry : services->entries[i].second->items)
                collectPlatforms(*entry, found);
        }
    }
    return found;
}

Neighbours valuesInSection(const YamlNode &section, const std::vector<std::string> &path)
{
    Neighbours nodes;
    for (auto entry = section.entries.rbegin(); entry != section.entries.rend(); ++entry)
        nodes.push_back(entry->second);
    for (const std::string &key : path)
        nodes = follow(nodes, key);
    Neighbours found;
    for (const YamlNode *node : nodes)
        collectScalars(*node, found);
    return found;
}

} // namespace runner::matrix::edit
