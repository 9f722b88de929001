#include "matrix/edit/headersection.h"

#include "matrix/edit/nodes.h"
#include "matrix/edit/rulenodes.h"

namespace runner::matrix::edit {

namespace {

using Kind = YamlNode::Kind;

const std::vector<std::string> &backendKeys()
{
    static const std::vector<std::string> keys{"name", "title", "variant_arg", "variants", "notes"};
    return keys;
}

Result<void> checkNames(const std::vector<std::string> &texts)
{
    for (const std::string &text : texts) {
        if (const auto good = checkText(text, "The name"); !good)
            return good;
    }
    if (texts.front().empty() || texts.front().find_first_of(" \t\r\n") != std::string::npos)
        return failure("edit-bad-text", {}, "'" + texts.front() + "' cannot be an identifier",
                       "Write it without blanks");
    return {};
}

} // namespace

Result<HeaderSection> HeaderSection::of(Draft &draft, const std::string &key, const std::string &what)
{
    const YamlNode *map = draft.document().outline() ? valueOf(*draft.document().outline(), key) : nullptr;
    if (!draft.document().hasSchema())
        return draft.refuse("edit-no-names", nowhere, "This file holds nothing but rules",
                            "Names are kept in matrix.yml");
    if (!map || map->kind != Kind::Map)
        return draft.refuse("edit-unusual", map ? map->begin : 0, "The file has no map '" + key + "'",
                            "Add '" + key + ":' in the YAML first");
    if (const auto own = checkOwnMap(draft, *map, "'" + key + "'"); !own)
        return tl::unexpected(own.error());
    return HeaderSection{draft, *map, what};
}

Result<std::size_t> HeaderSection::find(const std::string &id) const
{
    const auto index = findKey(map, id);
    if (!index)
        return draft.refuse("edit-no-such-" + what, map.begin, "The matrix lists no " + what + " '" + id + "'");
    if (const auto own = checkOwnMap(draft, *map.entries[*index].second, "The " + what + " '" + id + "'"); !own)
        return tl::unexpected(own.error());
    return *index;
}

Result<void> HeaderSection::add(const std::string &id, NewValue body)
{
    if (findKey(map, id))
        return draft.refuse("edit-already-there", map.begin, "The matrix lists the " + what + " '" + id + "' already");
    if (!map.entries.empty())
        imitate(draft.text(), *map.entries.back().first, *map.entries.back().second, body);
    return insertEntry(draft, map, map.entries.size(), id, std::move(body));
}

Result<void> HeaderSection::drop(const std::string &id)
{
    const auto index = find(id);
    if (!index)
        return tl::unexpected(index.error());
    if (map.entries.size() == 1)
        return draft.refuse("edit-unusual", map.begin, "This is the last " + what, "Add another one first");
    return removeEntry(draft, map, *index);
}

Result<void> HeaderSection::set(const std::string &id, const std::string &key, const NewValue &value)
{
    const auto index = find(id);
    if (!index)
        return tl::unexpected(index.error());
    const YamlNode &entry = *map.entries[*index].second;
    if (entry.kind == Kind::Map)
        return setEntry(draft, entry, key, value, backendKeys());
    NewValue whole;
    whole.kind = NewValue::Kind::Map;
    whole.flow = true;
    whole.entries.emplace_back(key, value);
    return fillEntry(draft, map, *index, whole);
}

Result<void> HeaderSection::unset(const std::string &id, const std::string &key)
{
    const auto index = find(id);
    if (!index)
        return tl::unexpected(index.error());
    const YamlNode &entry = *map.entries[*index].second;
    const auto at = findKey(entry, key);
    if (!at)
        return {};
    if (entry.entries.size() == 1)
        return draft.refuse("edit-unusual", entry.begin, "Nothing would be left of this " + what, "Remove it instead");
    return removeEntry(draft, entry, *at);
}

const YamlNode *HeaderSection::valueIn(const std::string &id, const std::string &key) const
{
    return valueOf(body(id), key);
}

const YamlNode &HeaderSection::body(const std::string &id) const
{
    return *map.entries[*findKey(map, id)].second;
}

NewValue HeaderSection::like(const std::vector<std::string> &path, const std::string &text, Quotes fallback) const
{
    return NewValue::scalar(text, quotesAmong(valuesInSection(map, path), text, fallback));
}

NewValue lineOf(std::vector<NewKey> entries)
{
    NewValue map;
    map.kind = NewValue::Kind::Map;
    map.flow = true;
    map.entries = std::move(entries);
    return map;
}

Result<void> nothingToDo(const Draft &draft)
{
    return draft.refuse("edit-no-effect", nowhere, "Nothing would change: the matrix says so already");
}

Edit sectionEdit(std::string name, const std::string &key, const std::string &what,
                 const std::vector<std::string> &texts, std::function<Result<void>(Draft &, HeaderSection &)> change)
{
    return {std::move(name), [=, change = std::move(change)](Draft &draft) -> Result<void> {
                if (const auto good = checkNames(texts); !good)
                    return good;
                auto section = HeaderSection::of(draft, key, what);
                if (!section)
                    return tl::unexpected(section.error());
                return change(draft, *section);
            }};
}

Edit backendEdit(std::string name, const std::string &id, std::vector<std::string> texts,
                 std::function<Result<void>(Draft &, HeaderSection &, Backend &)> change)
{
    texts.insert(texts.begin(), id);
    return sectionEdit(std::move(name), "backends", "backend", texts,
                       [id, change = std::move(change)](Draft &draft, HeaderSection &section) -> Result<void> {
                           if (const auto found = section.find(id); !found)
                               return tl::unexpected(found.error());
                           return change(draft, section, *findById(draft.intended.backends, id));
                       });
}

} // namespace runner::matrix::edit
