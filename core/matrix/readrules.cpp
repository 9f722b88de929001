// The section rules, in the shape that older matrices have too.
#include "matrix/sections.h"

namespace runner::matrix {

namespace {

// The last line of the rule's own text.
int lastLineOf(const NodeReader &reader, const YamlNode &rule)
{
    YamlNode probe;
    probe.offset = rule.end > rule.begin ? rule.end - 1 : rule.begin;
    return reader.at(probe).line;
}

void readArguments(NodeReader &reader, const YamlNode &node, Rule &rule)
{
    if (node.kind == YamlNode::Kind::Null)
        return;
    rule.arguments.emplace();
    for (Value &value : reader.texts(node, "args")) {
        if (value.text.empty() || value.text.front() == '=')
            reader.report("rule-bad-argument", Severity::Error, value.where, "An argument has no name",
                          "Write NAME=VALUE");
        else
            rule.arguments->push_back({std::move(value.text), std::move(value.where)});
    }
}

void readRuleKey(NodeReader &reader, Rule &rule, const std::string &key, const YamlNode &keyNode, const YamlNode &value)
{
    if (key == "backend")
        rule.backend = {reader.text(value, "backend"), reader.at(value)};
    else if (key == "services")
        rule.services = reader.texts(value, "services");
    else if (key == "platforms")
        rule.platforms = reader.texts(value, "platforms");
    else if (key == "args")
        readArguments(reader, value, rule);
    else
        reader.unknownKey(key, keyNode, "a rule");
}

} // namespace

void readRules(NodeReader &reader, const YamlNode &node, std::vector<Rule> &rules, int first)
{
    int number = first - 1;
    for (const YamlNode *item : reader.list(node, "rules")) {
        Rule rule;
        rule.number = ++number;
        rule.where = reader.at(*item);
        reader.forEachKey(*item, "a rule", [&](const auto &key, const YamlNode &keyNode, const auto &value) {
            readRuleKey(reader, rule, key, keyNode, value);
        });
        rule.lastLine = lastLineOf(reader, *item);
        if (rule.backend.text.empty())
            reader.report("rule-no-backend", Severity::Error, rule.where,
                          "Rule " + std::to_string(number) + " names no backend", "Add 'backend:' to it");
        if (rule.services.empty())
            reader.report("rule-no-service", Severity::Warning, rule.where,
                          "Rule " + std::to_string(number) + " names no service: it packs nothing",
                          "Add 'services:' with a list to it");
        rules.push_back(std::move(rule));
    }
}

} // namespace runner::matrix
