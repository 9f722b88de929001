// Reads expected shapes out of a YAML tree and collects what does not fit.
#pragma once

#include "matrix/matrix.h"
#include "matrix/yamltree.h"
#include "text/position.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace runner::matrix {

/// One reader serves one document. Every accessor reports a misfit as a problem and gives an empty value for it.
class NodeReader
{
public:
    NodeReader(const std::string &text, std::string fileName)
        : m_index(text)
        , m_fileName(std::move(fileName))
    {
    }

    Location at(const YamlNode &node) const;
    void report(std::string id, Severity severity, Location where, std::string message, std::string advice = {});
    Problems takeProblems() { return std::move(m_problems); }

    using KeyHandler = std::function<void(const std::string &key, const YamlNode &keyNode, const YamlNode &value)>;
    /// Calls \a handle for each key in file order. Keys that are not scalars, occur twice, or merge ("<<") are
    /// reported and left out.
    void forEachKey(const YamlNode &map, const std::string &what, const KeyHandler &handle);
    /// The items of a list; nothing for null.
    std::vector<const YamlNode *> list(const YamlNode &node, const std::string &what);
    /// A scalar's text; nothing for null.
    std::string text(const YamlNode &node, const std::string &what);
    /// Texts of a list of scalars.
    std::vector<Value> texts(const YamlNode &node, const std::string &what);
    bool boolean(const YamlNode &node, const std::string &what, bool fallback);
    /// Tells that a key is not known here.
    void unknownKey(const std::string &key, const YamlNode &keyNode, const std::string &what);

    /// True while the document may be walked on: aliases that lead to the same nodes again and again have a budget.
    bool spend(const YamlNode &node);

private:
    void misfit(const YamlNode &node, const std::string &what, const std::string &expected);

    text::LineIndex m_index;
    std::string m_fileName;
    Problems m_problems;
    std::size_t m_sharedVisits = 0;
};

} // namespace runner::matrix
