#include "matrix/document.h"

#include "matrix/placedpieces.h"
#include "matrix/toplevel.h"

#include <algorithm>
#include <mutex>
#include <utility>

namespace runner::matrix {

namespace {

constexpr const char *knownSchema = "1";

void sortByPosition(Problems &problems)
{
    std::stable_sort(problems.begin(), problems.end(), [](const Problem &a, const Problem &b) {
        return std::pair(a.where.line, a.where.column) < std::pair(b.where.line, b.where.column);
    });
}

} // namespace

struct Document::Content
{
    std::string text;
    std::string fileName;
    PlacedPieces pieces; ///< Of this text, or where it has none those of the last one that had.
    bool hasPieces = false;
    std::vector<CommentedRule> commentedRules;
    Matrix matrix;
    Problems problems;
    bool hasSchema = false;

    // Only edits look at the tree.
    mutable std::once_flag treeMade;
    mutable YamlTree tree;

    void take(Assembled &&read)
    {
        matrix = std::move(read.values.matrix);
        hasSchema = !read.values.schema.empty();
        problems = std::move(read.problems);
        sortByPosition(problems);
        commentedRules = std::move(read.commented);
        for (const CommentedRule &each : commentedRules)
            matrix.disabledRules.push_back(each.rule);
    }
};

Document::Document()
{
    static const auto empty = std::make_shared<const Content>();
    m_content = empty;
}

Document::Document(std::shared_ptr<const Content> content) : m_content(std::move(content)) {}

Result<std::shared_ptr<Document::Content>> Document::readWhole(std::string text, const std::string &fileName)
{
    auto tree = parseYaml(text, fileName);
    if (!tree)
        return tl::unexpected(tree.error());
    NodeReader reader(text, fileName);
    Assembled read;
    if (tree->root && tree->root->kind != YamlNode::Kind::Null) {
        if (tree->root->kind != YamlNode::Kind::Map)
            return failure("matrix-wrong-shape", reader.at(*tree->root), "The file is not a map with the key 'rules'",
                           "A matrix begins with 'rules:' and a list of packing rules");
        read.values.readMap(reader, *tree->root);
    }
    if (!read.values.schema.empty() && read.values.schema != knownSchema)
        return failure("matrix-schema", read.values.schemaAt,
                       "The file has schema " + read.values.schema + ", this program reads schema " + knownSchema,
                       "Use a newer version of the program");
    read.problems = reader.takeProblems();
    read.commented = findCommentedRules(text, *tree, fileName);
    auto content = std::make_shared<Content>();
    content->take(std::move(read));
    std::call_once(content->treeMade, [&] { content->tree = std::move(*tree); });
    content->fileName = fileName;
    content->text = std::move(text);
    return content;
}

Result<Document> Document::parseWhole(std::string text, const std::string &fileName)
{
    auto content = readWhole(std::move(text), fileName);
    if (!content)
        return tl::unexpected(content.error());
    return Document(std::move(*content));
}

// Without a value where only the whole text tells.
std::optional<Result<Document>> Document::readPieces(const std::string &text, const std::string &fileName,
                                                     const Content &like)
{
    auto pieces = placePieces(text, fileName, like.pieces);
    if (!pieces && pieces.error().error)
        return Result<Document>(tl::unexpected(*pieces.error().error));
    if (!pieces)
        return std::nullopt;
    auto read = assemble(*pieces, fileName, like.hasPieces ? like.pieces : PlacedPieces(), like.matrix);
    if (!read || (!read->values.schema.empty() && read->values.schema != knownSchema))
        return std::nullopt;
    auto content = std::make_shared<Content>();
    content->text = text;
    content->fileName = fileName;
    content->pieces = std::move(*pieces);
    content->hasPieces = true;
    content->take(std::move(*read));
    return Result<Document>(Document(std::move(content)));
}

Result<Document> Document::parse(std::string text, const std::string &fileName, const Document &like)
{
    static const Content none;
    const bool fits = like.m_content->fileName == fileName;
    if (auto parsed = readPieces(text, fileName, fits ? *like.m_content : none))
        return std::move(*parsed);
    auto whole = readWhole(std::move(text), fileName);
    if (!whole)
        return tl::unexpected(whole.error());
    if (fits) // The next text may be cut again.
        (*whole)->pieces = like.m_content->pieces;
    return Document(std::move(*whole));
}

const std::string &Document::text() const
{
    return m_content->text;
}

const std::string &Document::fileName() const
{
    return m_content->fileName;
}

const Matrix &Document::matrix() const
{
    return m_content->matrix;
}

const Problems &Document::problems() const
{
    return m_content->problems;
}

bool Document::hasSchema() const
{
    return m_content->hasSchema;
}

const std::vector<CommentedRule> &Document::commentedRules() const
{
    return m_content->commentedRules;
}

const YamlNode *Document::root() const
{
    std::call_once(m_content->treeMade, [this] { m_content->tree = assembleTree(m_content->pieces); });
    return m_content->tree.root;
}

bool Document::hasPieces() const
{
    return m_content->hasPieces;
}

} // namespace runner::matrix
