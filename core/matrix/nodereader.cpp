#include "matrix/nodereader.h"

#include <set>

namespace runner::matrix {

namespace {

constexpr std::size_t maxSharedVisits = 10'000;
constexpr std::size_t maxProblems = 1'000;

std::string kindName(YamlNode::Kind kind)
{
    switch (kind) {
    case YamlNode::Kind::Null:
        return "nothing";
    case YamlNode::Kind::Scalar:
        return "a single value";
    case YamlNode::Kind::Sequence:
        return "a list";
    case YamlNode::Kind::Map:
    case YamlNode::Kind::Alias:
        break;
    }
    return "a map of keys and values";
}

} // namespace

Location NodeReader::at(const YamlNode &node) const
{
    const text::LineColumn position = m_index.at(node.offset);
    return {m_fileName, position.line, position.column};
}

void NodeReader::report(std::string id, Severity severity, Location where, std::string message, std::string advice)
{
    if (m_problems.size() < maxProblems)
        m_problems.push_back({std::move(id), severity, std::move(where), std::move(message), std::move(advice)});
}

void NodeReader::misfit(const YamlNode &node, const std::string &what, const std::string &expected)
{
    report("matrix-wrong-shape", Severity::Error, at(node),
           what + " should be " + expected + ", but is " + kindName(node.kind), "Write it like its neighbours");
}

bool NodeReader::spend(const YamlNode &node)
{
    if (!node.shared || ++m_sharedVisits < maxSharedVisits)
        return true;
    if (m_sharedVisits == maxSharedVisits)
        report("yaml-too-many-aliases", Severity::Error, at(node), "Aliases repeat this part too many times",
               "Write the parts out instead of repeating them with aliases");
    return false;
}

void NodeReader::forEachKey(const YamlNode &map, const std::string &what, const KeyHandler &handle)
{
    if (map.kind == YamlNode::Kind::Null || !spend(map))
        return;
    if (map.kind != YamlNode::Kind::Map)
        return misfit(map, what, "a map of keys and values");
    std::set<std::string_view> seen;
    for (const auto &entry : map.entries) {
        const YamlNode *key = &entry.first->resolved();
        const YamlNode *value = &entry.second->resolved();
        if (key->kind != YamlNode::Kind::Scalar)
            misfit(*key, "A key of " + what, "a single value");
        else if (key->plain && key->text == "<<")
            report("yaml-merge-key", Severity::Error, at(*key), "Merge keys are not read", "Write the merged keys out");
        else if (!seen.insert(key->text).second)
            report("yaml-duplicate-key", Severity::Error, at(*key),
                   "The key '" + key->text + "' occurs twice in " + what, "Remove one of them; the first one counts");
        else
            handle(key->text, *key, *value);
    }
}

std::vector<const YamlNode *> NodeReader::list(const YamlNode &node, const std::string &what)
{
    if (node.kind == YamlNode::Kind::Null || !spend(node))
        return {};
    if (node.kind == YamlNode::Kind::Sequence) {
        std::vector<const YamlNode *> items;
        items.reserve(node.items.size());
        for (const YamlNode *item : node.items)
            items.push_back(&item->resolved());
        return items;
    }
    misfit(node, what, "a list");
    return {};
}

std::string NodeReader::text(const YamlNode &node, const std::string &what)
{
    if (node.kind == YamlNode::Kind::Scalar && spend(node))
        return node.text;
    if (node.kind != YamlNode::Kind::Null)
        misfit(node, what, "a single value");
    return {};
}

std::vector<Value> NodeReader::texts(const YamlNode &node, const std::string &what)
{
    std::vector<Value> values;
    for (const YamlNode *item : list(node, what)) {
        if (item->kind == YamlNode::Kind::Scalar)
            values.push_back({text(*item, what), at(*item)});
        else
            misfit(*item, "An item of " + what, "a single value");
    }
    return values;
}

bool NodeReader::boolean(const YamlNode &node, const std::string &what, bool fallback)
{
    const std::string value = text(node, what);
    if (value == "true" || value == "false")
        return value == "true";
    report("matrix-not-a-boolean", Severity::Error, at(node), what + " should be true or false", "Write true or false");
    return fallback;
}

void NodeReader::unknownKey(const std::string &key, const YamlNode &keyNode, const std::string &what)
{
    report("matrix-unknown-key", Severity::Warning, at(keyNode), "The key '" + key + "' is not known in " + what,
           "Check its spelling; it is kept but has no effect");
}

} // namespace runner::matrix
