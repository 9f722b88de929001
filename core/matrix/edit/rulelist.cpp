#include "matrix/edit/rulelist.h"

#include "image/platform.h"
#include "matrix/edit/nodes.h"

#include <algorithm>
#include <array>

namespace runner::matrix::edit {

namespace {

using Kind = YamlNode::Kind;

constexpr std::array<std::string_view, 4> keyOrder{"backend", "services", "platforms", "args"};

// Behind the last key that belongs in front of it.
std::size_t placeOfKey(const YamlNode &rule, const std::string &key)
{
    std::size_t place = 0;
    for (const std::string_view before : keyOrder) {
        if (before == key)
            break;
        if (const auto index = findKey(rule, std::string(before)))
            place = std::max(place, *index + 1);
    }
    return place;
}

} // namespace

Result<void> checkPlatformName(const std::string &platform)
{
    if (image::isKnownPlatform(platform))
        return {};
    return failure("edit-bad-platform", {}, "'" + platform + "' is no platform",
                   "Write OS/ARCHITECTURE, such as linux/amd64 or linux/arm64");
}

std::string ruleName(std::size_t rule)
{
    return "Rule " + std::to_string(rule + 1);
}

TextTest isNamed(const std::string &name)
{
    return [name](const std::string &text) { return !text.empty() && Argument{text, {}}.name() == name; };
}

TextTest isText(const std::string &wanted)
{
    return [wanted](const std::string &text) { return text == wanted; };
}

RuleList::RuleList(Draft &draft, std::size_t rule, std::string key, const YamlNode &map)
    : m_draft(draft)
    , m_rule(rule)
    , m_key(std::move(key))
    , m_map(map)
    , m_list(valueOf(map, m_key))
{
}

Result<RuleList> RuleList::of(Draft &draft, std::size_t rule, const std::string &key)
{
    const auto node = ruleToChange(draft, rule);
    if (!node)
        return tl::unexpected(node.error());
    RuleList list(draft, rule, key, **node);
    if (!list.m_list) {
        if (const auto own = checkNotMerged(draft, **node, ruleName(rule)); !own)
            return tl::unexpected(own.error());
        return list;
    }
    if (const auto own = checkOwn(draft, *list.m_list, "The list '" + key + "'"); !own)
        return tl::unexpected(own.error());
    if (list.m_list->kind != Kind::Null && list.m_list->kind != Kind::Sequence)
        return draft.refuse("edit-unusual", list.m_list->begin, "'" + key + "' is no list",
                            "Correct it in the YAML first");
    return list;
}

std::set<std::size_t> RuleList::find(const TextTest &test) const
{
    std::set<std::size_t> found;
    for (std::size_t i = 0; m_list && i < m_list->items.size(); ++i) {
        const YamlNode &item = m_list->items[i]->resolved();
        if (item.kind == Kind::Scalar && test(item.text))
            found.insert(i);
    }
    return found;
}

Result<void> RuleList::replaceItem(std::size_t index, const std::string &value)
{
    const YamlNode &item = *m_list->items[index];
    if (const auto own = checkOwn(m_draft, item, "This item"); !own)
        return own;
    setScalar(m_draft, item, value);
    return {};
}

Result<void> RuleList::append(const std::vector<std::string> &values)
{
    NewValue list = listLike(m_draft.document(), m_rule, m_key);
    if (m_list && m_list->kind == Kind::Sequence) {
        const Quotes quotes = m_list->items.empty() ? list.quotes : quotesOf(*m_list->items.back());
        return insertItem(m_draft, *m_list, m_list->items.size(), NewValue::scalar(values.front(), quotes));
    }
    for (const std::string &value : values)
        list.items.push_back(NewValue::scalar(value, list.quotes));
    if (m_list)
        return fillEntry(m_draft, m_map, *findKey(m_map, m_key), list);
    return insertEntry(m_draft, m_map, placeOfKey(m_map, m_key), m_key, list);
}

Result<void> RuleList::remove(const std::set<std::size_t> &items)
{
    if (items.size() == m_list->items.size())
        return removeEntry(m_draft, m_map, *findKey(m_map, m_key));
    return removeItems(m_draft, *m_list, items);
}

} // namespace runner::matrix::edit
