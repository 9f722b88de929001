#include "matrix/document.h"

#include "matrix/placedpieces.h"
#include "matrix/toplevel.h"

#include <algorithm>
#include <map>
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

    // Only edits look at the trees.
    mutable std::once_flag treeMade;
    mutable YamlTree tree;
    mutable std::once_flag outlineMade;
    mutable YamlTree outline;
    mutable std::mutex itemsMade;
    mutable std::map<std::size_t, YamlTree> items; ///< By piece.
    std::pair<std::size_t, std::size_t> rulePieces, rowPieces;

    /// The pieces of the items of a list, which stand together.
    std::pair<std::size_t, std::size_t> itemPieces(bool inRunners) const
    {
        const auto isItem = [inRunners](const PlacedPiece &piece) {
            return piece.content->kind == Piece::Kind::Item && piece.content->inRunners == inRunners;
        };
        const auto begin = std::find_if(pieces.begin(), pieces.end(), isItem);
        const auto end = std::find_if_not(begin, pieces.end(), isItem);
        return {static_cast<std::size_t>(begin - pieces.begin()), static_cast<std::size_t>(end - pieces.begin())};
    }

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

Document::Document(std::shared_ptr<const Content> content)
    : m_content(std::move(content))
{
}

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
    const std::string_view known = like.hasPieces ? std::string_view(like.text) : std::string_view();
    auto pieces = placePieces(text, fileName, like.pieces, known);
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
    content->rulePieces = content->itemPieces(false);
    content->rowPieces = content->itemPieces(true);
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
    std::call_once(m_content->treeMade,
                   [this] { m_content->tree = assembleTree(m_content->pieces, ItemTrees::Whole); });
    return m_content->tree.root;
}

const YamlNode *Document::outline() const
{
    if (!m_content->hasPieces)
        return root();
    std::call_once(m_content->outlineMade,
                   [this] { m_content->outline = assembleTree(m_content->pieces, ItemTrees::Outlines); });
    return m_content->outline.root;
}

const YamlNode *Document::itemNode(const std::string &section, std::size_t index) const
{
    const auto &[begin, end] = section == "runners" ? m_content->rowPieces : m_content->rulePieces;
    if ((section == "rules" || section == "runners") && index < end - begin) {
        const std::lock_guard lock(m_content->itemsMade);
        const auto [item, isNew] = m_content->items.try_emplace(begin + index);
        if (isNew)
            item->second = itemTree(m_content->pieces[begin + index]);
        return item->second.root;
    }
    const YamlNode *all = outline();
    if (!all)
        return nullptr;
    for (const auto &[key, value] : all->entries) {
        if (key->resolved().text == section)
            return index < value->items.size() ? value->items[index] : nullptr;
    }
    return nullptr;
}

bool Document::hasPieces() const
{
    return m_content->hasPieces;
}

} // namespace runner::matrix
