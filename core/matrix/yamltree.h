// A YAML document as a tree that knows where everything stands. The only place that knows yaml-cpp.
#pragma once

#include "diagnostics/problem.h"

#include <cstddef>
#include <deque>
#include <string>
#include <utility>
#include <vector>

namespace runner::matrix {

/// A node. An alias is a node of its own that points at the one it names, so a tree has the size of its text whatever
/// it refers to.
struct YamlNode
{
    enum class Kind { Null, Scalar, Sequence, Map, Alias };
    enum class Style { Block, Flow, Plain, SingleQuoted, DoubleQuoted, BlockText };

    Kind kind = Kind::Null;
    bool plain = false;         ///< A scalar without quotes and without a tag: YAML may guess its type.
    Style style = Style::Block; ///< How a scalar or collection is written.
    std::size_t offset =
        0; ///< Byte of its first character in the text; of a value that is not written, the next token's.
    std::size_t begin = 0; ///< Bytes of its text, with tag and anchor: [begin, end). Of a value that is not written,
    std::size_t end = 0;   ///< both are the place behind the colon or dash where it would stand.
    std::string text;      ///< Of a scalar.
    std::vector<const YamlNode *> items;                                ///< Of a sequence.
    std::vector<std::pair<const YamlNode *, const YamlNode *>> entries; ///< Of a map, duplicates included.
    bool shared = false;                                                ///< Has an anchor: aliases may point here.
    bool tagged = false;                                                ///< Has a tag or an anchor in front of it.
    const YamlNode *target = nullptr;                                   ///< Of an alias.

    /// The node itself, or the one an alias names.
    const YamlNode &resolved() const { return target ? *target : *this; }
    bool isWritten() const { return end > begin; }
};

struct YamlTree
{
    std::deque<YamlNode> nodes;     ///< Owns all nodes; addresses are stable.
    const YamlNode *root = nullptr; ///< Null for an empty document.
    std::size_t start = 0;          ///< Byte where the document begins: its "---", or its first node.
};

/// Parses the first document of the text. Errors: yaml-syntax, yaml-too-deep, yaml-several-documents.
Result<YamlTree> parseYaml(const std::string &text, const std::string &fileName);

} // namespace runner::matrix
