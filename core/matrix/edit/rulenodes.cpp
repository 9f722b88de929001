#include "matrix/edit/rulenodes.h"

#include "matrix/edit/nodes.h"

namespace runner::matrix::edit {

namespace {

struct Sample
{
    const YamlNode *key = nullptr;
    const YamlNode *list = nullptr;
};

bool isSample(const YamlNode &list)
{
    return list.kind == YamlNode::Kind::Sequence && !list.items.empty()
           && list.items.front()->kind == YamlNode::Kind::Scalar;
}

// In one rule: the list of that key, or any list for an empty key.
Sample sampleIn(const YamlNode &rule, const std::string &wanted)
{
    for (const auto &[key, value] : rule.entries) {
        if ((wanted.empty() || key->text == wanted) && isSample(*value))
            return {key, value};
    }
    return {};
}

// In the rules from \a from on to both sides, the nearest first.
Sample sampleNear(const Document &document, std::size_t from, const std::string &wanted)
{
    const YamlNode *rules = rulesNode(document);
    const std::size_t count = rules ? rules->items.size() : 0;
    for (std::size_t distance = 0; distance < count + from; ++distance) {
        for (const std::size_t index : {from - distance, from + distance}) {
            if (index >= count)
                continue;
            if (const Sample found = sampleIn(*wholeRule(document, index), wanted); found.list)
                return found;
        }
    }
    return {};
}

} // namespace

const YamlNode *rulesNode(const Document &document)
{
    return document.outline() ? valueOf(*document.outline(), "rules") : nullptr;
}

const YamlNode *wholeRule(const Document &document, std::size_t index)
{
    return document.itemNode("rules", index);
}

Result<const YamlNode *> ruleNode(const Draft &draft, std::size_t index)
{
    const YamlNode *rules = rulesNode(draft.document());
    const std::size_t count = draft.document().matrix().rules.size();
    if (!rules || index >= count || index >= rules->items.size())
        return draft.refuse("edit-no-such-rule", rules ? rules->begin : 0,
                            "There is no rule " + std::to_string(index + 1) + ": the file has " + std::to_string(count),
                            "Count the rules from 1 in the order of the file");
    if (const auto own = checkOwn(draft, *rules, "The list of rules"); !own)
        return tl::unexpected(own.error());
    const YamlNode &rule = *wholeRule(draft.document(), index);
    if (const auto own = checkOwn(draft, rule, "Rule " + std::to_string(index + 1)); !own)
        return tl::unexpected(own.error());
    if (rule.kind != YamlNode::Kind::Map)
        return draft.refuse("edit-unusual", rule.begin,
                            "Rule " + std::to_string(index + 1) + " is no map of keys and values",
                            "Correct it in the YAML first");
    return &rule;
}

Result<const YamlNode *> ruleToChange(const Draft &draft, std::size_t index)
{
    const auto rule = ruleNode(draft, index);
    if (!rule)
        return rule;
    if (const auto good = checkKeys(draft, **rule, "Rule " + std::to_string(index + 1)); !good)
        return tl::unexpected(good.error());
    return rule;
}

void imitate(const std::string &text, const YamlNode &parentKey, const YamlNode &sample, NewValue &value)
{
    if (sample.kind == YamlNode::Kind::Scalar) {
        value.quotes = quotesOf(sample);
        return;
    }
    value.flow = sample.style == YamlNode::Style::Flow;
    if (value.flow) {
        const std::size_t open = text.find_first_of("[{", sample.begin);
        value.padded = open != std::string::npos && open + 1 < text.size() && text[open + 1] == ' ';
        return;
    }
    if (sample.kind != YamlNode::Kind::Sequence || sample.items.empty())
        return;
    const std::size_t dash = dashOf(text, sample, 0);
    value.indent = columnOf(text, dash) - std::min(columnOf(text, parentKey.begin), columnOf(text, dash));
    const YamlNode &item = *sample.items.front();
    value.gap = item.begin > dash && item.begin - dash < 9 ? item.begin - dash - 1 : 1;
}

NewValue listLike(const Document &document, std::size_t rule, const std::string &key)
{
    NewValue list;
    list.kind = NewValue::Kind::List;
    const YamlNode *rules = rulesNode(document);
    if (!rules)
        return list;
    Sample sample = sampleNear(document, rule, key);
    if (!sample.list && rule < rules->items.size())
        sample = sampleIn(*wholeRule(document, rule), {});
    if (!sample.list)
        sample = sampleNear(document, rule, {});
    if (sample.list) {
        imitate(document.text(), *sample.key, *sample.list, list);
        list.quotes = quotesOf(*sample.list->items.front());
    }
    return list;
}

} // namespace runner::matrix::edit
