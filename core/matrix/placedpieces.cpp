#include "matrix/placedpieces.h"

#include <algorithm>
#include <set>

namespace runner::matrix {

namespace {

bool isInPlace(const PieceContent &content, const Piece &piece, bool inRunners)
{
    return content.kind == piece.kind && content.indent == piece.indent
           && (piece.kind != Piece::Kind::Item || content.inRunners == inRunners);
}

bool isLike(const PieceContent &content, const Piece &piece, bool inRunners, std::string_view bytes)
{
    return isInPlace(content, piece, inRunners) && content.text == bytes;
}

KnownCut knownCut(std::string_view text, const PlacedPieces &known)
{
    KnownCut cut{text, {}};
    cut.pieces.reserve(known.size());
    for (const auto &[content, offset, line] : known)
        cut.pieces.push_back({content->kind, {offset, offset + content->text.size()}, line, content->indent});
    return cut;
}

// Places the pieces of one text; what two texts have in common at their ends is found without a search.
class Placer
{
public:
    Placer(std::string_view text, const std::string &fileName, const PlacedPieces &known)
        : m_text(text)
        , m_fileName(fileName)
        , m_known(known)
    {
    }

    tl::expected<PlacedPieces, UnreadPiece> run(const Recut &cut)
    {
        const std::vector<Piece> &pieces = cut.pieces;
        PlacedPieces placed(pieces.size());
        markLists(pieces);
        takeEnds(cut, placed);
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            placed[i].offset = pieces[i].range.begin;
            placed[i].line = pieces[i].line;
            if (placed[i].content)
                continue;
            placed[i].content = middle(pieces[i], m_inRunners[i]);
            if (placed[i].content)
                continue;
            auto read = readPiece(m_text, pieces[i], m_inRunners[i], m_fileName);
            if (!read)
                return tl::unexpected(moved(read.error(), pieces[i].line));
            placed[i].content = std::move(*read);
        }
        return placed;
    }

private:
    static UnreadPiece moved(UnreadPiece unread, int lines)
    {
        if (unread.error)
            shift(unread.error->where, lines, 0);
        return unread;
    }

    std::string_view bytes(const Piece &piece) const { return m_text.substr(piece.range.begin, piece.range.size()); }

    void markLists(const std::vector<Piece> &pieces)
    {
        bool inRunners = false;
        for (const Piece &piece : pieces) {
            if (piece.kind == Piece::Kind::Head)
                inRunners = bytes(piece).starts_with("runners");
            m_inRunners.push_back(inRunners);
        }
    }

    void takeEnds(const Recut &cut, PlacedPieces &placed)
    {
        const std::vector<Piece> &pieces = cut.pieces;
        const std::size_t most = std::min(pieces.size(), m_known.size());
        const auto take = [&](std::size_t to, std::size_t from, bool sameBytes) {
            const PieceContentPointer &content = m_known[from].content;
            if (!isInPlace(*content, pieces[to], m_inRunners[to]) || (!sameBytes && content->text != bytes(pieces[to])))
                return false;
            placed[to].content = content;
            return true;
        };
        while (m_begin < most && take(m_begin, m_begin, m_begin < cut.sameAtBegin))
            ++m_begin;
        std::size_t tail = 0;
        while (tail < most - m_begin && take(pieces.size() - 1 - tail, m_known.size() - 1 - tail, tail < cut.sameAtEnd))
            ++tail;
        m_end = m_known.size() - tail;
    }

    // Searches on from where the last one was found.
    PieceContentPointer middle(const Piece &piece, bool inRunners)
    {
        constexpr std::size_t most = 50;
        for (std::size_t i = m_begin; i < std::min(m_end, m_begin + most); ++i) {
            const PieceContentPointer &content = m_known[i].content;
            if (!isLike(*content, piece, inRunners, bytes(piece)))
                continue;
            m_begin = i + 1;
            return content;
        }
        return nullptr;
    }

    std::string_view m_text;
    const std::string &m_fileName;
    const PlacedPieces &m_known;
    std::vector<bool> m_inRunners;
    std::size_t m_begin = 0; ///< Known pieces that are not taken yet.
    std::size_t m_end = 0;
};

// Whether both texts have the same items of `runners` in the same lines.
bool haveSameRunners(const PlacedPieces &a, const PlacedPieces &b)
{
    const auto isItem = [](const PlacedPiece &piece) { return piece.content->inRunners; };
    const auto first = std::find_if(a.begin(), a.end(), isItem);
    const auto other = std::find_if(b.begin(), b.end(), isItem);
    const auto end = std::find_if_not(first, a.end(), isItem);
    const auto otherEnd = std::find_if_not(other, b.end(), isItem);
    return first != end && std::equal(first, end, other, otherEnd, [](const PlacedPiece &one, const PlacedPiece &two) {
               return one.content == two.content && one.line == two.line;
           });
}

void moveRow(RunnerRow &row, int lines)
{
    shift(row.where, lines, 0);
    for (RunnerCell &cell : row.cells) {
        for (RunnerEntry &entry : cell.entries)
            shift(entry.where, lines, 0);
    }
}

class Assembler
{
public:
    Assembler(const std::string &fileName, bool shareRunners)
        : m_fileName(fileName)
        , m_shareRunners(shareRunners)
    {
    }

    std::optional<Assembled> run(const PlacedPieces &pieces)
    {
        constexpr std::size_t mostProblems = 900; // The reader of a whole text keeps no more than 1000.
        for (const PlacedPiece &piece : pieces) {
            if (!piece.content->key.empty() && !m_keys.insert(piece.content->key).second)
                return std::nullopt;
            add(piece);
        }
        if (m_keys.empty() || m_result.problems.size() > mostProblems)
            return std::nullopt;
        return std::move(m_result);
    }

private:
    void add(const PlacedPiece &piece)
    {
        const PieceContent &content = *piece.content;
        if (content.kind == Piece::Kind::Section)
            addSection(content, piece.line);
        const auto firstRule = static_cast<int>(m_result.values.matrix.rules.size());
        addRules(content, piece.line);
        if (!m_shareRunners)
            addRows(content, piece.line);
        for (Problem problem : problemsOfItem(content, firstRule + 1, m_fileName)) {
            shift(problem.where, piece.line, 0);
            m_result.problems.push_back(std::move(problem));
        }
        addCommented(piece, static_cast<std::size_t>(firstRule));
    }

    void addSection(const PieceContent &content, int lines)
    {
        const Matrix &matrix = content.values.matrix;
        Matrix &result = m_result.values.matrix;
        if (content.key == "schema") {
            m_result.values.schema = content.values.schema;
            m_result.values.schemaAt = content.values.schemaAt;
            shift(m_result.values.schemaAt, lines, 0);
        } else if (content.key == "image") {
            result.image = matrix.image;
            shift(result.image.where, lines, 0);
        } else if (content.key == "services") {
            result.services = matrix.services;
            for (Service &service : result.services)
                shift(service.where, lines, 0);
        } else if (content.key == "backends") {
            result.backends = matrix.backends;
            for (Backend &backend : result.backends)
                shift(backend.where, lines, 0);
        }
    }

    void addRules(const PieceContent &content, int lines)
    {
        std::vector<Rule> &rules = m_result.values.matrix.rules;
        for (const Rule &rule : content.values.matrix.rules) {
            rules.push_back(rule);
            rules.back().number = static_cast<int>(rules.size());
            shift(rules.back(), lines, 0);
        }
    }

    void addRows(const PieceContent &content, int lines)
    {
        if (content.values.matrix.runners.empty())
            return;
        std::vector<RunnerRow> &rows = m_result.values.matrix.runners.edit();
        for (const RunnerRow &row : content.values.matrix.runners) {
            rows.push_back(row);
            moveRow(rows.back(), lines);
        }
    }

    void addCommented(const PlacedPiece &piece, std::size_t firstRule)
    {
        for (CommentedRule each : piece.content->commented) {
            each.rule.before += firstRule;
            each.lines.begin += piece.offset;
            each.lines.end += piece.offset;
            shift(each.rule.rule, piece.line, 0);
            each.rule.rule.number = static_cast<int>(m_result.commented.size()) + 1;
            m_result.commented.push_back(std::move(each));
        }
    }

    const std::string &m_fileName;
    const bool m_shareRunners;
    std::set<std::string> m_keys;
    Assembled m_result;
};

// Copies trees with all their places moved.
class TreeCopier
{
public:
    explicit TreeCopier(YamlTree &tree)
        : m_tree(tree)
    {
    }

    // The node without what is in it.
    YamlNode *outline(const YamlNode &node, std::size_t offset)
    {
        YamlNode &copied = m_tree.nodes.emplace_back();
        copied.kind = node.kind;
        copied.plain = node.plain;
        copied.style = node.style;
        copied.shared = node.shared;
        copied.tagged = node.tagged;
        copied.offset = node.offset + offset;
        copied.begin = node.begin + offset;
        copied.end = node.end + offset;
        return &copied;
    }

    YamlNode *copy(const YamlNode &node, std::size_t offset)
    {
        YamlNode &copied = m_tree.nodes.emplace_back(node);
        copied.offset += offset;
        copied.begin += offset;
        copied.end += offset;
        for (const YamlNode *&item : copied.items)
            item = copy(*item, offset);
        for (auto &[key, value] : copied.entries) {
            key = copy(*key, offset);
            value = copy(*value, offset);
        }
        return &copied;
    }

private:
    YamlTree &m_tree;
};

} // namespace

tl::expected<PlacedPieces, UnreadPiece> placePieces(const std::string &text, const std::string &fileName,
                                                    const PlacedPieces &known, std::string_view knownText)
{
    const auto cut = recutPieces(text, knownText.empty() ? KnownCut() : knownCut(knownText, known));
    if (!cut)
        return tl::unexpected(UnreadPiece{});
    return Placer(text, fileName, known).run(*cut);
}

std::optional<Assembled> assemble(const PlacedPieces &pieces, const std::string &fileName,
                                  const PlacedPieces &knownPieces, const Matrix &before)
{
    const bool share = haveSameRunners(pieces, knownPieces);
    auto result = Assembler(fileName, share).run(pieces);
    if (result && share)
        result->values.matrix.runners = before.runners;
    return result;
}

YamlTree assembleTree(const PlacedPieces &pieces, ItemTrees items)
{
    YamlTree tree;
    TreeCopier copier(tree);
    YamlNode *root = nullptr;
    YamlNode *list = nullptr;
    for (const auto &[content, offset, line] : pieces) {
        if (content->kind == Piece::Kind::Comments)
            continue;
        if (!root) {
            root = &tree.nodes.emplace_back(*content->tree.root);
            root->entries.clear();
            root->offset = root->begin = content->tree.root->begin + offset;
        }
        if (content->kind != Piece::Kind::Item) {
            const auto &[key, value] = content->tree.root->entries.front();
            const YamlNode *copied = copier.copy(*key, offset);
            list = copier.copy(*value, offset);
            root->entries.emplace_back(copied, list);
        } else if (list->kind == YamlNode::Kind::Null) { // The head's; its items follow.
            *list = *content->tree.root;
            list->items.clear();
            list->offset = list->begin = content->tree.root->begin + offset;
        }
        if (content->kind == Piece::Kind::Item) {
            const YamlNode &item = *content->tree.root->items.front();
            list->items.push_back(items == ItemTrees::Whole ? copier.copy(item, offset) : copier.outline(item, offset));
            list->end = list->items.back()->end;
        }
        root->end = list->end;
    }
    tree.root = root;
    return tree;
}

YamlTree itemTree(const PlacedPiece &piece)
{
    YamlTree tree;
    tree.root = TreeCopier(tree).copy(*piece.content->tree.root->items.front(), piece.offset);
    return tree;
}

} // namespace runner::matrix
