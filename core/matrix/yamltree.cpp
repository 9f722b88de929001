#include "matrix/yamltree.h"

#include "matrix/yamlextents.h"
#include "text/position.h"

#include <yaml-cpp/anchor.h>
#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <map>
#include <sstream>

namespace runner::matrix {

namespace {

std::size_t offsetOf(const YAML::Mark &mark)
{
    return mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos);
}

// Collects yaml-cpp's events. It resolves nothing, so neither aliases nor merges can multiply anything.
class TreeBuilder final : public YAML::EventHandler
{
public:
    explicit TreeBuilder(YamlTree &tree)
        : m_tree(tree)
    {
    }

    void OnDocumentStart(const YAML::Mark &mark) override { m_tree.start = offsetOf(mark); }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override { add(YamlNode::Kind::Null, mark, anchor); }

    void OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        YamlNode &node = add(YamlNode::Kind::Alias, mark, YAML::NullAnchor);
        const auto known = m_anchors.find(anchor);
        if (known == m_anchors.end())
            node.kind = YamlNode::Kind::Null;
        else
            node.target = known->second;
    }

    void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                  const std::string &value) override
    {
        YamlNode &node = add(YamlNode::Kind::Scalar, mark, anchor);
        node.text = value;
        node.plain = tag == "?";
    }

    void OnSequenceStart(const YAML::Mark &mark, const std::string &, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override
    {
        open(add(YamlNode::Kind::Sequence, mark, anchor), style);
    }
    void OnSequenceEnd() override { m_open.pop_back(); }

    void OnMapStart(const YAML::Mark &mark, const std::string &, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override
    {
        open(add(YamlNode::Kind::Map, mark, anchor), style);
    }
    void OnMapEnd() override { m_open.pop_back(); }

private:
    struct Open
    {
        YamlNode *node;
        const YamlNode *key;
    };

    YamlNode &add(YamlNode::Kind kind, const YAML::Mark &mark, YAML::anchor_t anchor)
    {
        YamlNode &node = m_tree.nodes.emplace_back();
        node.kind = kind;
        node.offset = offsetOf(mark);
        attach(&node);
        if (anchor != YAML::NullAnchor) {
            node.shared = true;
            m_anchors[anchor] = &node;
        }
        return node;
    }

    void open(YamlNode &node, YAML::EmitterStyle::value style)
    {
        node.style = style == YAML::EmitterStyle::Flow ? YamlNode::Style::Flow : YamlNode::Style::Block;
        m_open.push_back({&node, nullptr});
    }

    void attach(const YamlNode *node)
    {
        if (m_open.empty()) {
            m_tree.root = node;
            return;
        }
        Open &top = m_open.back();
        if (top.node->kind == YamlNode::Kind::Sequence) {
            top.node->items.push_back(node);
        } else if (!top.key) {
            top.key = node;
        } else {
            top.node->entries.emplace_back(top.key, node);
            top.key = nullptr;
        }
    }

    YamlTree &m_tree;
    std::vector<Open> m_open;
    std::map<YAML::anchor_t, const YamlNode *> m_anchors;
};

tl::unexpected<Problem> syntaxFailure(const std::string &text, const std::string &fileName,
                                      const YAML::ParserException &error)
{
    const text::LineColumn at = text::LineIndex(text).at(offsetOf(error.mark));
    const Location where{fileName, at.line, at.column};
    if (dynamic_cast<const YAML::DeepRecursion *>(&error))
        return failure("yaml-too-deep", where, "The YAML is nested too deeply",
                       "Remove the nesting; four levels are enough");
    return failure("yaml-syntax", where, "This is not valid YAML: " + error.msg,
                   "Compare the line and the one above it with their neighbours: indentation, quotes and colons");
}

tl::unexpected<Problem> unclosedQuote(const std::string &text, const std::string &fileName, std::size_t offset)
{
    const text::LineColumn at = text::LineIndex(text).at(offset);
    return failure("yaml-unclosed-quote", {fileName, at.line, at.column}, "The quote that opens here is never closed",
                   "Close it where the value ends");
}

} // namespace

Result<YamlTree> parseYaml(const std::string &text, const std::string &fileName)
{
    YamlTree tree;
    try {
        std::istringstream stream(text);
        YAML::Parser parser(stream);
        TreeBuilder builder(tree);
        parser.HandleNextDocument(builder);
        YamlTree second;
        TreeBuilder other(second);
        if (parser.HandleNextDocument(other)) {
            const text::LineColumn at = text::LineIndex(text).at(second.start);
            return failure("yaml-several-documents", {fileName, at.line, at.column},
                           "The file holds more than one YAML document",
                           "Remove everything from the second \"---\" on");
        }
    } catch (const YAML::ParserException &error) {
        return syntaxFailure(text, fileName, error);
    } catch (const YAML::Exception &error) {
        return failure("yaml-syntax", {fileName}, "This is not valid YAML: " + error.msg);
    }
    if (const auto quote = findExtents(text, tree))
        return unclosedQuote(text, fileName, *quote);
    return tree;
}

} // namespace runner::matrix
