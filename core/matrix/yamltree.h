// A YAML document as a tree that knows where everything stands. The only place that knows yaml-cpp.
#pragma once

#include "diagnostics/problem.h"

#include <cstddef>
#include <deque>
#include <string>
#include <utility>
#include <vector>

namespace runner::matrix {

/// A node; aliases point at the node they name, so a tree has the size of its text whatever it refers to.
struct YamlNode
{
    enum class Kind { Null, Scalar, Sequence, Map };

    Kind kind = Kind::Null;
    bool plain = false;     ///< A scalar without quotes and without a tag: YAML may guess its type.
    std::size_t offset = 0; ///< Byte of its first character in the text.
    std::string text;       ///< Of a scalar.
    std::vector<const YamlNode *> items;                                ///< Of a sequence.
    std::vector<std::pair<const YamlNode *, const YamlNode *>> entries; ///< Of a map, duplicates included.
    bool shared = false; ///< Has an anchor: aliases may point here.
};

struct YamlTree
{
    std::deque<YamlNode> nodes; ///< Owns all nodes; addresses are stable.
    const YamlNode *root = nullptr; ///< Null for an empty document.
};

/// Parses the first document of the text. Errors: yaml-syntax, yaml-too-deep, yaml-several-documents.
Result<YamlTree> parseYaml(const std::string &text, const std::string &fileName);

} // namespace runner::matrix
