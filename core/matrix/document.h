// A matrix file: its text, which is the truth, and the matrix that the text says.
#pragma once

#include "diagnostics/problem.h"
#include "matrix/disabledrules.h"
#include "matrix/matrix.h"
#include "matrix/yamltree.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace runner::matrix {

/// The largest matrix file that is read, in bytes.
inline constexpr std::size_t maxMatrixBytes = 24U << 20U;

/// Immutable and shared by its copies: an edit makes a new one.
class Document
{
public:
    Document();

    /// Reads the text of a matrix (without a byte-order mark). Errors: those of parseYaml, matrix-wrong-shape where
    /// the file is no map, matrix-schema for a schema this program does not know. What is wrong inside but leaves the
    /// rest readable is among problems(), in the order of the text. A file without `schema` is read as the older
    /// rules-only form.
    /// Where \a like (of the same file name) has read the same rules, rows and sections already, they are not read
    /// again.
    static Result<Document> parse(std::string text, const std::string &fileName, const Document &like = {});

    /// The same without cutting the text into pieces: slower, and what parse() does where cutting could mislead.
    static Result<Document> parseWhole(std::string text, const std::string &fileName);

    const std::string &text() const;
    /// As problems name the file.
    const std::string &fileName() const;
    const Matrix &matrix() const;
    const Problems &problems() const;
    /// The file has a schema of its own: backends, services and runners besides the rules.
    bool hasSchema() const;
    /// The rules that are commented out, and how; matrix().disabledRules in the same order.
    const std::vector<CommentedRule> &commentedRules() const;
    /// The text as a tree of nodes with their places, made when first asked for. Null for an empty document.
    const YamlNode *root() const;
    /// The same, but of the items of `rules` and `runners` only where they are, perhaps: itemNode() has what is in
    /// them. Costs little however long these are.
    const YamlNode *outline() const;
    /// The item \a index of the list that \a section names, whole. Null where there is none.
    const YamlNode *itemNode(const std::string &section, std::size_t index) const;
    /// The text was read piece by piece.
    bool hasPieces() const;

private:
    struct Content;

    explicit Document(std::shared_ptr<const Content> content);
    static Result<std::shared_ptr<Content>> readWhole(std::string text, const std::string &fileName);
    static std::optional<Result<Document>> readPieces(const std::string &text, const std::string &fileName,
                                                      const Content &like);

    std::shared_ptr<const Content> m_content;
};

} // namespace runner::matrix
