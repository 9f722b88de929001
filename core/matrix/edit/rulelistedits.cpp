#include "matrix/edit/rulelistedits.h"

#include "matrix/edit/commenting.h"
#include "matrix/edit/itemlayout.h"
#include "matrix/edit/newrules.h"
#include "matrix/edit/nodes.h"
#include "matrix/edit/rulelist.h"
#include "matrix/edit/rulenodes.h"
#include "matrix/edit/ruleorder.h"
#include "text/lines.h"

#include <algorithm>

namespace runner::matrix::edit {

namespace {

bool isBlock(const YamlNode &list)
{
    return list.style == YamlNode::Style::Block;
}

// The rule's node is fine, and the rules are lines of their own.
Result<void> checkBlockRule(const Draft &draft, std::size_t index)
{
    const auto rule = ruleNode(draft, index);
    if (!rule)
        return tl::unexpected(rule.error());
    const YamlNode &rules = *rulesNode(draft.document());
    if (!isBlock(rules))
        return draft.refuse("edit-unusual", (*rule)->begin,
                            "The rules stand in one pair of brackets, not each behind a dash",
                            "Write 'rules:' as a list with dashes first, or make this change in the YAML");
    return {};
}

std::string withoutLineEnd(std::string lines)
{
    while (!lines.empty() && (lines.back() == '\n' || lines.back() == '\r')) {
        const bool pair = lines.ends_with("\r\n");
        lines.resize(lines.size() - (pair ? 2 : 1));
        break;
    }
    return lines;
}

std::string textOf(const Document &document, text::ByteRange lines)
{
    return withoutLineEnd(document.text().substr(lines.begin, lines.size()));
}

// The first node that the test fits, of the node and what it holds; what an alias names stands elsewhere.
template <typename Test>
const YamlNode *findIn(const YamlNode &node, Test test)
{
    if (test(node))
        return &node;
    for (const YamlNode *item : node.items) {
        if (const YamlNode *found = findIn(*item, test))
            return found;
    }
    for (const auto &[key, value] : node.entries) {
        for (const YamlNode *each : {key, value}) {
            if (const YamlNode *found = findIn(*each, test))
                return found;
        }
    }
    return nullptr;
}

const YamlNode *anchorIn(const YamlNode &node)
{
    return findIn(node, [](const YamlNode &each) { return each.shared; });
}

const YamlNode *aliasIn(const YamlNode &node)
{
    return findIn(node, [](const YamlNode &each) { return each.kind == YamlNode::Kind::Alias; });
}

Result<void> duplicate(Draft &draft, std::size_t index)
{
    if (const auto good = checkBlockRule(draft, index); !good)
        return good;
    if (const YamlNode *anchor = anchorIn(**ruleNode(draft, index)))
        return draft.refuse("edit-shared", anchor->begin, "The rule has an anchor, and no two may have one name",
                            "Make this change in the YAML");
    const text::ByteRange lines = linesOfRule(draft.document(), index).all;
    const std::string between = standsApart(draft.document(), "rules", index + 1) ? draft.lineEnd() : "";
    const BehindRule behind = behindRule(draft.document(), index);
    draft.insertLines(behind.line, between + textOf(draft.document(), lines));
    insertRule(draft.intended, index + 1, draft.intended.rules[index], Gap::InFrontOfDisabled, behind.alternatives);
    return {};
}

Result<void> removeFlowRules(Draft &draft, const std::set<std::size_t> &rules)
{
    for (auto rule = rules.rbegin(); rule != rules.rend(); ++rule)
        takeRule(draft.intended, *rule);
    return removeItems(draft, *rulesNode(draft.document()), rules);
}

Result<void> remove(Draft &draft, const std::set<std::size_t> &rules)
{
    for (const std::size_t rule : rules) {
        if (const auto node = ruleNode(draft, rule); !node)
            return tl::unexpected(node.error());
    }
    if (rules.empty())
        return draft.refuse("edit-no-such-rule", nowhere, "No rule was named");
    if (!isBlock(*rulesNode(draft.document())))
        return removeFlowRules(draft, rules);
    for (const text::ByteRange lines : linesToRemove(draft.document(), "rules", rules))
        draft.removeLines(lines);
    for (auto rule = rules.rbegin(); rule != rules.rend(); ++rule)
        takeRule(draft.intended, *rule);
    return {};
}

Result<void> move(Draft &draft, std::size_t index, std::size_t position)
{
    for (const std::size_t rule : {index, position}) {
        if (const auto good = checkBlockRule(draft, rule); !good)
            return good;
    }
    if (index == position)
        return draft.refuse("edit-no-effect", nowhere, "The rule stands there already");
    const Document &document = draft.document();
    const std::string lines = textOf(document, linesOfRule(document, index).all);
    const BehindRule behind = behindRule(document, position);
    const bool down = position > index;
    const bool swaps = position == index + 1 || position + 1 == index; // What is between them stays between them.
    const std::size_t place = swaps ? std::max(index, position) : down ? position + 1 : position;
    const std::string blank = standsApart(document, "rules", place) ? draft.lineEnd() : "";
    draft.removeLines(linesToRemove(document, "rules", {index}).front());
    if (down)
        draft.insertLines(behind.line, blank + lines);
    else
        draft.insertLines(linesOfRule(document, position).all.begin, lines + blank);
    insertRule(draft.intended, position, takeRule(draft.intended, index),
               down ? Gap::InFrontOfDisabled : Gap::BehindDisabled, down ? behind.alternatives : 0);
    return {};
}

// What keeps the rule from being read out of a comment.
Problem whyNotDisabled(const Draft &draft, std::size_t index)
{
    const YamlNode &rule = **ruleNode(draft, index);
    const auto why = [&](const YamlNode &at, const char *what, const char *advice) {
        return draft.refuse("edit-unusual", at.begin, ruleName(index) + " cannot be commented out: " + what, advice)
            .value();
    };
    if (const YamlNode *anchor = anchorIn(rule))
        return why(*anchor, "it has an anchor that other parts of the file use",
                   "Move the anchor to another rule first");
    if (const YamlNode *alias = aliasIn(rule))
        return why(*alias, "it has an alias, and a comment cannot look up what that stands for",
                   "Write out what the alias stands for first, or remove the rule");
    return why(rule,
               "a comment is known as a rule by beginning with backend, services, platforms or args, all lines deeper "
               "than its dash",
               "Write the rule so first, or remove it");
}

Result<void> disable(Draft &draft, std::size_t index)
{
    if (const auto good = checkBlockRule(draft, index); !good)
        return good;
    if (!canBeTold(draft.intended.rules[index]))
        return draft.refuse("edit-unusual", linesOfRule(draft.document(), index).own.begin,
                            ruleName(index)
                                + " could not be told from other comments: it lacks a backend (one word), or any list",
                            "Give it one first, or remove it");
    if (const auto comment = commentOut(draft, linesOfRule(draft.document(), index)))
        return draft.refuse("edit-unusual", *comment,
                            ruleName(index)
                                + " cannot be commented out: this comment below it would be read as a part of it",
                            "Put a blank line in front of the comment first");
    disableIntended(draft.intended, index);
    draft.explainRefusal(whyNotDisabled(draft, index));
    return {};
}

Result<void> enable(Draft &draft, std::size_t disabled)
{
    const auto &rules = draft.document().commentedRules();
    if (disabled >= rules.size())
        return draft.refuse("edit-no-such-rule", nowhere,
                            "There is no disabled rule " + std::to_string(disabled + 1) + ": the file has "
                                + std::to_string(rules.size()),
                            "Count the rules that are commented out from 1 in the order of the file");
    commentIn(draft, rules[disabled]);
    enableIntended(draft.intended, disabled);
    return {};
}

} // namespace

std::string copyRules(const Document &document, const std::vector<std::size_t> &rules)
{
    const YamlNode *list = rulesNode(document);
    std::string copied;
    const bool apart = list && blankLinesBetween(document, "rules");
    for (const std::size_t rule : std::set<std::size_t>(rules.begin(), rules.end())) {
        if (!list || list->kind != YamlNode::Kind::Sequence || !isBlock(*list) || rule >= list->items.size())
            continue;
        const ItemLines lines = linesOfRule(document, rule);
        copied += apart && !copied.empty() ? "\n" : "";
        copied += indented(textOf(document, lines.all), -static_cast<std::ptrdiff_t>(lines.dashColumn), "\n") + "\n";
    }
    return copied;
}

Edit addRule(RuleDraft rule, std::size_t after)
{
    return {"Add rule", [rule = std::move(rule), after](Draft &draft) { return addNewRule(draft, rule, after + 1); }};
}

Edit addRule(RuleDraft rule, Place place)
{
    return {"Add rule", [rule = std::move(rule), place](Draft &draft) {
                return addNewRule(draft, rule, place == Place::Front ? 0 : draft.document().matrix().rules.size());
            }};
}

Edit pasteRules(std::string yaml, std::optional<std::size_t> after)
{
    return {"Paste rule", [yaml = std::move(yaml), after](Draft &draft) {
                return addPastedRules(draft, yaml, after ? *after + 1 : draft.document().matrix().rules.size());
            }};
}

Edit duplicateRule(std::size_t rule)
{
    return {"Duplicate rule", [rule](Draft &draft) { return duplicate(draft, rule); }};
}

Edit removeRules(std::vector<std::size_t> rules)
{
    return {rules.size() > 1 ? "Remove rules" : "Remove rule", [rules = std::move(rules)](Draft &draft) {
                return remove(draft, std::set<std::size_t>(rules.begin(), rules.end()));
            }};
}

Edit moveRule(std::size_t rule, std::size_t position)
{
    return {"Move rule", [rule, position](Draft &draft) { return move(draft, rule, position); }};
}

Edit disableRule(std::size_t rule)
{
    return {"Disable rule", [rule](Draft &draft) { return disable(draft, rule); }};
}

Edit enableRule(std::size_t disabled)
{
    return {"Enable rule", [disabled](Draft &draft) { return enable(draft, disabled); }};
}

} // namespace runner::matrix::edit
