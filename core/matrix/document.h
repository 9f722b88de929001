// A matrix file: its text, which is the truth, and the matrix that the text says.
#pragma once

#include "diagnostics/problem.h"
#include "matrix/disabledrules.h"
#include "matrix/matrix.h"
#include "matrix/yamltree.h"

#include <memory>
#include <string>
#include <vector>

namespace runner::matrix {

/// The largest matrix file that is read, in bytes.
inline constexpr std::size_t maxMatrixBytes = 24U << 20U;

/// Immutable: an edit makes a new one.
class Document
{
public:
    Document() = default;

    /// Reads the text of a matrix (without a byte-order mark). Errors: those of parseYaml, matrix-wrong-shape where
    /// the file is no map, matrix-schema for a schema this program does not know. What is wrong inside but leaves the
    /// rest readable is among problems(), in the order of the text. A file without `schema` is read as the older
    /// rules-only form.
    static Result<Document> parse(std::string text, const std::string &fileName);

    const std::string &text() const { return m_text; }
    /// As problems name the file.
    const std::string &fileName() const { return m_fileName; }
    const Matrix &matrix() const { return m_matrix; }
    const Problems &problems() const { return m_problems; }
    /// The file has a schema of its own: backends, services and runners besides the rules.
    bool hasSchema() const { return m_hasSchema; }
    /// The rules that are commented out, and how; matrix().disabledRules in the same order.
    const std::vector<CommentedRule> &commentedRules() const { return m_commentedRules; }
    /// The text as a tree of nodes with their places. Null for an empty document.
    const YamlNode *root() const { return m_tree ? m_tree->root : nullptr; }

private:
    std::string m_text;
    std::string m_fileName;
    std::shared_ptr<const YamlTree> m_tree;
    std::vector<CommentedRule> m_commentedRules;
    Matrix m_matrix;
    Problems m_problems;
    bool m_hasSchema = false;
};

} // namespace runner::matrix
