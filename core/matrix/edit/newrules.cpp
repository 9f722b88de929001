#include "matrix/edit/newrules.h"

#include "matrix/edit/itemlayout.h"
#include "matrix/edit/nodes.h"
#include "matrix/edit/rulelist.h"
#include "matrix/edit/rulenodes.h"
#include "matrix/edit/ruleorder.h"
#include "matrix/sections.h"
#include "text/diff.h"
#include "text/lines.h"

#include <algorithm>

namespace runner::matrix::edit {

namespace {

using Kind = YamlNode::Kind;

Result<void> checkRepetitions(const Draft &draft, const RuleDraft &rule)
{
    std::vector<std::string> names;
    for (const std::string &argument : rule.arguments)
        names.push_back(Argument{argument, {}}.name());
    for (std::vector<std::string> texts : {rule.services, rule.platforms, std::move(names)}) {
        std::sort(texts.begin(), texts.end());
        const auto twice = std::adjacent_find(texts.begin(), texts.end());
        if (twice != texts.end())
            return draft.refuse("edit-already-there", nowhere, "The new rule would have '" + *twice + "' twice",
                                "Give it once");
    }
    return {};
}

Result<void> checkRule(const Draft &draft, const RuleDraft &rule)
{
    if (rule.backend.empty())
        return draft.refuse("edit-bad-text", nowhere, "A rule needs a backend", "Name one");
    if (rule.services.empty())
        return draft.refuse("edit-no-service", nowhere, "A rule needs a service: without one it packs nothing",
                            "Name one");
    std::vector<std::string> texts{rule.backend};
    texts.insert(texts.end(), rule.services.begin(), rule.services.end());
    texts.insert(texts.end(), rule.platforms.begin(), rule.platforms.end());
    texts.insert(texts.end(), rule.arguments.begin(), rule.arguments.end());
    for (const std::string &text : texts) {
        if (const auto good = checkText(text, "The rule"); !good)
            return good;
        if (text.empty())
            return draft.refuse("edit-bad-text", nowhere, "An empty name cannot be part of a rule", "Leave it out");
    }
    for (const std::string &argument : rule.arguments) {
        if (argument.front() == '=')
            return draft.refuse("edit-bad-name", nowhere, "The argument '" + argument + "' has no name",
                                "Write NAME=VALUE");
    }
    for (const std::string &platform : rule.platforms) {
        if (const auto good = checkPlatformName(platform); !good)
            return good;
    }
    return checkRepetitions(draft, rule);
}

NewValue listOf(const Document &document, std::size_t near, const std::string &key,
                const std::vector<std::string> &texts)
{
    NewValue list = listLike(document, near, key);
    for (const std::string &text : texts)
        list.items.push_back(NewValue::scalar(text, list.quotes));
    return list;
}

NewValue valueLike(const Document &document, std::size_t near, const RuleDraft &rule)
{
    NewValue value;
    value.kind = NewValue::Kind::Map;
    Quotes quotes = Quotes::Double;
    const YamlNode *rules = rulesNode(document);
    if (rules && near < rules->items.size()) {
        const YamlNode &sample = wholeRule(document, near)->resolved();
        value.flow = sample.style == YamlNode::Style::Flow;
        imitate(document.text(), sample, sample, value);
        if (const YamlNode *backend = valueOf(sample, "backend"))
            quotes = quotesOf(*backend);
    }
    value.entries.emplace_back("backend", NewValue::scalar(rule.backend, quotes));
    value.entries.emplace_back("services", listOf(document, near, "services", rule.services));
    if (!rule.platforms.empty())
        value.entries.emplace_back("platforms", listOf(document, near, "platforms", rule.platforms));
    if (!rule.arguments.empty())
        value.entries.emplace_back("args", listOf(document, near, "args", rule.arguments));
    return value;
}

Rule ruleOf(const RuleDraft &draft)
{
    Rule rule;
    rule.backend.text = draft.backend;
    for (const std::string &service : draft.services)
        rule.services.push_back({service, {}});
    for (const std::string &platform : draft.platforms)
        rule.platforms.push_back({platform, {}});
    if (!draft.arguments.empty())
        rule.arguments.emplace();
    for (const std::string &argument : draft.arguments)
        rule.arguments->push_back({argument, {}});
    return rule;
}

// Lines among those of the other rules of a block list.
void insertItemLines(Draft &draft, std::size_t index, const std::string &lines)
{
    const Document &document = draft.document();
    const std::string blank = standsApart(document, "rules", index) ? draft.lineEnd() : "";
    if (index == 0)
        draft.insertLines(linesOfRule(document, 0).all.begin, lines + blank);
    else
        draft.insertLines(behindRule(document, index - 1).line, blank + lines);
}

// The same in the intended matrix.
void insertIntended(Draft &draft, std::size_t index, Rule rule)
{
    const Document &document = draft.document();
    const bool block = index > 0 && rulesNode(document)->style != YamlNode::Style::Flow;
    insertRule(draft.intended, index, std::move(rule), index > 0 ? Gap::InFrontOfDisabled : Gap::BehindDisabled,
               block ? behindRule(document, index - 1).alternatives : 0);
}

// A file without rules: the first one, below the key where that is there.
Result<void> addFirstRule(Draft &draft, NewValue rule)
{
    rule.flow = false;
    NewValue list;
    list.kind = NewValue::Kind::List;
    list.items.push_back(std::move(rule));
    const YamlNode *root = draft.document().outline();
    if (root && root->kind == Kind::Map) {
        if (const auto index = findKey(*root, "rules"))
            return fillEntry(draft, *root, *index, list);
    }
    draft.insertLines(draft.text().size(), entryText("rules", list, 0, draft.lineEnd()));
    return {};
}

Result<void> checkPlace(const Draft &draft, std::size_t index)
{
    if (index > draft.document().matrix().rules.size())
        return draft.refuse("edit-no-such-rule", nowhere,
                            "There is no rule " + std::to_string(index) + ": the file has "
                                + std::to_string(draft.document().matrix().rules.size()),
                            "Count the rules from 1 in the order of the file");
    const YamlNode *rules = rulesNode(draft.document());
    return rules ? checkOwn(draft, *rules, "The list of rules") : Result<void>();
}

bool hasRules(const Draft &draft)
{
    return !draft.document().matrix().rules.empty();
}

// The rules of a pasted text and its lines as list items whose dashes stand at \a column.
struct Pasted
{
    std::vector<Rule> rules;
    std::string lines;
};

// One rule without a dash: its first key gets one, the others move under it; comments in front of it stay.
std::string asItem(const std::string &text, const YamlNode &map, const std::string &lineEnd)
{
    const std::size_t first = text::lineBegin(text, map.begin);
    const std::string body =
        indented(text.substr(first), -static_cast<std::ptrdiff_t>(columnOf(text, map.begin)), lineEnd);
    return indented(text.substr(0, first), 0, lineEnd) + "- " + indented(body, 2, lineEnd).substr(2);
}

tl::unexpected<Problem> notRules(const Problem &why)
{
    return failure("edit-no-rule", {},
                   "The pasted text is no rule (line " + std::to_string(why.where.line) + " of it: " + why.message
                       + ")",
                   "Copy whole rules, from 'backend' or its dash to their last line");
}

Result<Pasted> readPasted(const std::string &yaml, std::size_t column, const std::string &lineEnd)
{
    const auto tree = parseYaml(yaml, "the pasted text");
    if (!tree)
        return notRules(tree.error());
    const auto noRule =
        failure("edit-no-rule", {}, "The pasted text holds no rule", "Copy a rule with its 'backend' first");
    const YamlNode *root = tree->root;
    if (root && root->kind == Kind::Map && root->style == YamlNode::Style::Flow)
        return readPasted("- " + yaml.substr(root->begin), column, lineEnd);
    if (!root || (root->kind != Kind::Map && root->kind != Kind::Sequence) || root->style == YamlNode::Style::Flow)
        return noRule;
    Pasted pasted;
    std::string text = yaml.substr(0, yaml.find_last_not_of(" \t\r\n") + 1);
    if (root->kind == Kind::Map)
        return readPasted(asItem(text, *root, lineEnd), column, lineEnd);
    NodeReader reader(yaml, "the pasted text");
    readRules(reader, *root, pasted.rules);
    for (const Problem &problem : reader.takeProblems()) {
        if (problem.severity == Severity::Error)
            return notRules(problem);
    }
    if (pasted.rules.empty())
        return noRule;
    const auto shift = static_cast<std::ptrdiff_t>(column) - static_cast<std::ptrdiff_t>(columnOf(yaml, root->begin));
    pasted.lines = indented(text, shift, lineEnd);
    return pasted;
}

} // namespace

std::string indented(const std::string &lines, std::ptrdiff_t columns, const std::string &lineEnd)
{
    std::string moved;
    for (const std::string_view line : text::linesOf(lines)) {
        const std::size_t end = text::lineEnd(line, 0);
        const std::size_t blanks = std::min(line.find_first_not_of(' '), end);
        std::string_view rest = line.substr(0, end);
        if (columns > 0 && blanks < end)
            moved += std::string(static_cast<std::size_t>(columns), ' ');
        else if (columns < 0)
            rest.remove_prefix(std::min(blanks, static_cast<std::size_t>(-columns)));
        moved += rest;
        moved += end < line.size() ? std::string_view(lineEnd) : std::string_view();
    }
    return moved;
}

Result<void> addNewRule(Draft &draft, const RuleDraft &rule, std::size_t index)
{
    if (const auto good = checkRule(draft, rule); !good)
        return good;
    if (const auto good = checkPlace(draft, index); !good)
        return good;
    const Document &document = draft.document();
    const NewValue value = valueLike(document, index > 0 ? index - 1 : 0, rule);
    if (!hasRules(draft)) {
        insertRule(draft.intended, index, ruleOf(rule), Gap::InFrontOfDisabled);
        return addFirstRule(draft, value);
    }
    insertIntended(draft, index, ruleOf(rule));
    const YamlNode &rules = *rulesNode(document);
    if (rules.style == YamlNode::Style::Flow)
        return insertItem(draft, rules, index, value);
    const std::size_t dash = dashOf(document.text(), rules, 0);
    const std::size_t column = columnOf(document.text(), dash);
    const YamlNode &first = *rules.items.front();
    const std::size_t gap =
        first.begin > dash + 1 && first.begin < text::lineEnd(document.text(), dash) ? first.begin - dash - 1 : 1;
    insertItemLines(draft, index, std::string(column, ' ') + itemText(value, column, gap, draft.lineEnd()));
    return {};
}

Result<void> addPastedRules(Draft &draft, const std::string &yaml, std::size_t index)
{
    if (const auto good = checkPlace(draft, index); !good)
        return good;
    if (!hasRules(draft) || rulesNode(draft.document())->style == YamlNode::Style::Flow)
        return draft.refuse("edit-unusual", nowhere, "Rules can be pasted only below other rules",
                            "Add a rule first, or paste into the YAML");
    const YamlNode &rules = *rulesNode(draft.document());
    const std::string lines = yaml.ends_with('\n') ? yaml : yaml + "\n";
    auto pasted = readPasted(lines, columnOf(draft.text(), dashOf(draft.text(), rules, 0)), draft.lineEnd());
    if (!pasted)
        return tl::unexpected(pasted.error());
    for (auto rule = pasted->rules.rbegin(); rule != pasted->rules.rend(); ++rule)
        insertIntended(draft, index, std::move(*rule));
    insertItemLines(draft, index, pasted->lines);
    return {};
}

} // namespace runner::matrix::edit
