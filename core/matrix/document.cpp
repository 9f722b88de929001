#include "matrix/document.h"

#include "matrix/sections.h"

#include <algorithm>

namespace runner::matrix {

namespace {

constexpr const char *knownSchema = "1";

struct TopLevel
{
    NodeReader &reader;
    Matrix &matrix;
    std::string schema;
    Location schemaAt;

    void read(const std::string &key, const YamlNode &keyNode, const YamlNode &value)
    {
        if (key == "schema") {
            schema = reader.text(value, "schema");
            schemaAt = reader.at(value);
        } else if (key == "image")
            readImage(reader, value, matrix.image);
        else if (key == "services")
            readServices(reader, value, matrix.services);
        else if (key == "backends")
            readBackends(reader, value, matrix.backends);
        else if (key == "rules")
            readRules(reader, value, matrix.rules);
        else if (key == "runners")
            readRunners(reader, value, matrix.runners);
        else
            reader.unknownKey(key, keyNode, "the matrix");
    }
};

void sortByPosition(Problems &problems)
{
    std::stable_sort(problems.begin(), problems.end(), [](const Problem &a, const Problem &b) {
        return std::pair(a.where.line, a.where.column) < std::pair(b.where.line, b.where.column);
    });
}

} // namespace

Result<Document> Document::parse(std::string text, const std::string &fileName)
{
    auto tree = parseYaml(text, fileName);
    if (!tree)
        return tl::unexpected(tree.error());
    Document document;
    NodeReader reader(text, fileName);
    TopLevel top{reader, document.m_matrix, {}, {}};
    if (tree->root && tree->root->kind != YamlNode::Kind::Null) {
        if (tree->root->kind != YamlNode::Kind::Map)
            return failure("matrix-wrong-shape", reader.at(*tree->root), "The file is not a map with the key 'rules'",
                           "A matrix begins with 'rules:' and a list of packing rules");
        reader.forEachKey(*tree->root, "the matrix", [&](const auto &key, const auto &keyNode, const auto &value) {
            top.read(key, keyNode, value);
        });
    }
    if (!top.schema.empty() && top.schema != knownSchema)
        return failure("matrix-schema", top.schemaAt, "The file has schema " + top.schema + ", this program reads schema "
                           + knownSchema, "Use a newer version of the program");
    document.m_hasSchema = !top.schema.empty();
    document.m_problems = reader.takeProblems();
    sortByPosition(document.m_problems);
    document.m_commentedRules = findCommentedRules(text, *tree, fileName);
    for (const CommentedRule &each : document.m_commentedRules)
        document.m_matrix.disabledRules.push_back(each.rule);
    document.m_tree = std::make_shared<const YamlTree>(std::move(*tree));
    document.m_fileName = fileName;
    document.m_text = std::move(text);
    return document;
}

} // namespace runner::matrix
