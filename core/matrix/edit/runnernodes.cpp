#include "matrix/edit/runnernodes.h"

#include "matrix/edit/neighbours.h"
#include "matrix/edit/nodes.h"
#include "matrix/edit/rulenodes.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace runner::matrix::edit {

namespace {

using Kind = YamlNode::Kind;
using Json = nlohmann::ordered_json;

NewValue valueOfParsed(const Json &json)
{
    NewValue value;
    value.flow = true;
    if (json.is_array()) {
        value.kind = NewValue::Kind::List;
        for (const Json &item : json)
            value.items.push_back(valueOfParsed(item));
    } else if (json.is_object()) {
        value.kind = NewValue::Kind::Map;
        for (const auto &[key, item] : json.items())
            value.entries.emplace_back(key, valueOfParsed(item));
    } else if (json.is_string()) {
        return NewValue::scalar(json.get<std::string>(), Quotes::Double);
    } else {
        value.text = json.dump();
    }
    return value;
}

tl::unexpected<Problem> noEntry(const Draft &draft, std::size_t offset, const EntryRef &ref)
{
    return draft.refuse("edit-no-such-entry", offset,
                        "There is no entry " + std::to_string(ref.entry + 1) + " of " + ref.service + " in row "
                            + std::to_string(ref.row + 1));
}

} // namespace

const std::vector<std::string> &entryKeys()
{
    static const std::vector<std::string> keys{"version",          "stage",  "deprecated", "polished", "platforms",
                                               "original_version", "listed", "released",   "members"};
    return keys;
}

const std::vector<std::string> &rowKeys()
{
    static const std::vector<std::string> keys{"backend", "version",   "shown_version", "original_version",
                                               "variant", "platforms", "listed",        "services"};
    return keys;
}

Result<const YamlNode *> runnersNode(const Draft &draft)
{
    const YamlNode *runners = draft.document().outline() ? valueOf(*draft.document().outline(), "runners") : nullptr;
    if (!runners || !draft.document().hasSchema())
        return draft.refuse("edit-no-runners", nowhere, "This file says nothing of what is released",
                            "In the older layout, the catalogue is a JSON file");
    if (const auto own = checkOwn(draft, *runners, "The list of runners"); !own)
        return tl::unexpected(own.error());
    return runners;
}

Result<const YamlNode *> rowNode(const Draft &draft, std::size_t row)
{
    const auto runners = runnersNode(draft);
    if (!runners)
        return runners;
    if (row >= (*runners)->items.size() || row >= draft.document().matrix().runners.size())
        return draft.refuse("edit-no-such-row", (*runners)->begin, "There is no row " + std::to_string(row + 1));
    const YamlNode *node = draft.document().itemNode("runners", row);
    const std::string what = "Row " + std::to_string(row + 1) + " of runners";
    if (const auto own = checkOwnMap(draft, *node, what); !own)
        return tl::unexpected(own.error());
    if (const auto own = checkNotMerged(draft, *node, what); !own)
        return tl::unexpected(own.error());
    return node;
}

Result<EntryNodes> entryNodes(const Draft &draft, const EntryRef &ref)
{
    EntryNodes nodes;
    const auto row = rowNode(draft, ref.row);
    if (!row)
        return tl::unexpected(row.error());
    nodes.row = *row;
    nodes.services = valueOf(**row, "services");
    nodes.cell = nodes.services ? valueOf(*nodes.services, ref.service) : nullptr;
    if (!nodes.cell || ref.entry >= nodes.cell->items.size())
        return noEntry(draft, (*row)->begin, ref);
    nodes.entry = nodes.cell->items[ref.entry];
    for (const YamlNode *node : {nodes.services, nodes.cell, nodes.entry}) {
        if (const auto own = checkOwn(draft, *node, "The entry"); !own)
            return tl::unexpected(own.error());
    }
    if (const auto good = checkKeys(draft, *nodes.services, "This map of services"); !good)
        return tl::unexpected(good.error());
    if (nodes.entry->kind != Kind::Map || nodes.entry->entries.empty())
        return draft.refuse("edit-unusual", nodes.entry->begin, "The entry is no map of keys and values",
                            "Correct it in the YAML first");
    return nodes;
}

Result<EntryNodes> entryToChange(const Draft &draft, const EntryRef &ref, const std::string &key)
{
    const auto nodes = entryNodes(draft, ref);
    if (!nodes)
        return nodes;
    if (const auto good = checkKeys(draft, *nodes->entry, "The entry"); !good)
        return tl::unexpected(good.error());
    if (findKey(*nodes->entry, key))
        return nodes;
    if (const auto own = checkNotMerged(draft, *nodes->entry, "The entry"); !own)
        return tl::unexpected(own.error());
    return nodes;
}

RunnerEntry *findEntry(Matrix &matrix, const EntryRef &ref)
{
    if (ref.row >= matrix.runners.size())
        return nullptr;
    for (RunnerCell &cell : matrix.runners.edit()[ref.row].cells) {
        if (cell.service == ref.service)
            return ref.entry < cell.entries.size() ? &cell.entries[ref.entry] : nullptr;
    }
    return nullptr;
}

std::vector<std::string> platformsOfRow(const YamlNode &row)
{
    const YamlNode *node = valueOf(row, "platforms");
    if (!node)
        return defaultPlatforms();
    std::vector<std::string> platforms;
    for (const YamlNode *item : node->resolved().items)
        platforms.push_back(item->resolved().text);
    return platforms;
}

bool isSameSet(std::vector<std::string> some, std::vector<std::string> others)
{
    std::sort(some.begin(), some.end());
    std::sort(others.begin(), others.end());
    return some == others;
}

NewValue platformList(const Document &document, std::size_t row, const std::vector<std::string> &platforms)
{
    NewValue list;
    list.kind = NewValue::Kind::List;
    list.flow = true;
    const Neighbours others = platformsInRows(document, row);
    for (const std::string &platform : platforms)
        list.items.push_back(NewValue::scalar(platform, quotesAmong(others, platform, Quotes::None)));
    return list;
}

Result<NewValue> valueOfJson(const std::string &json)
{
    const Json parsed = Json::parse(json, nullptr, false);
    if (parsed.is_discarded() || !parsed.is_object())
        return failure("edit-bad-text", {}, "The further members of a record are no JSON object");
    return valueOfParsed(parsed);
}

NewValue entryValue(const Document &document, std::size_t row, const NewEntry &entry, const YamlNode *sample)
{
    NewValue value;
    value.kind = NewValue::Kind::Map;
    value.flow = true;
    Quotes quotes = Quotes::Double;
    if (sample && sample->kind == Kind::Map) {
        imitate(document.text(), *sample, *sample, value);
        if (const YamlNode *version = valueOf(*sample, "version"))
            quotes = quotesOf(*version);
    }
    value.entries.emplace_back("version", NewValue::scalar(entry.version, quotes));
    if (entry.releaseCandidate)
        value.entries.emplace_back("stage", NewValue::scalar("rc", Quotes::None));
    if (entry.deprecated)
        value.entries.emplace_back("deprecated", NewValue::flag(true));
    if (entry.polished)
        value.entries.emplace_back("polished", NewValue::flag(true));
    if (!entry.platforms.empty())
        value.entries.emplace_back("platforms", platformList(document, row, entry.platforms));
    if (!entry.originalVersion.empty())
        value.entries.emplace_back("original_version", NewValue::scalar(entry.originalVersion, quotes));
    if (!entry.listed)
        value.entries.emplace_back("listed", NewValue::flag(false));
    if (const auto members = valueOfJson(entry.members); !entry.members.empty() && members)
        value.entries.emplace_back("members", *members);
    return value;
}

} // namespace runner::matrix::edit
