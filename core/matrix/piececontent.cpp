#include "matrix/piececontent.h"

#include "matrix/sections.h"
#include "text/lines.h"

#include <algorithm>

namespace runner::matrix {

namespace {

using Kind = YamlNode::Kind;

// Deeper than any matrix, and far from where the depth of the whole text would count.
constexpr int maxDepth = 50;

// Whether the node says the same wherever its piece stands, whose last node ends at \a end.
bool isSelfContained(const YamlNode &node, std::size_t end, int depth = 0)
{
    if (depth > maxDepth || node.kind == Kind::Alias || node.shared || node.tagged)
        return false;
    if (node.kind == Kind::Null && (node.offset >= end || node.end >= end) && !node.isWritten())
        return false;
    if (node.kind == Kind::Scalar && node.style == YamlNode::Style::BlockText && node.end >= end)
        return false;
    const auto stands = [&](const YamlNode *child) { return isSelfContained(*child, end, depth + 1); };
    return std::all_of(node.items.begin(), node.items.end(), stands)
           && std::all_of(node.entries.begin(), node.entries.end(),
                          [&](const auto &entry) { return stands(entry.first) && stands(entry.second); });
}

// An error in front of the last line is the same whatever follows; a quote may be closed there.
UnreadPiece unread(const std::string &text, const Problem &error)
{
    const std::size_t content = text.find_last_not_of(" \r\n");
    const int last = content == std::string::npos ? 1 : text::LineIndex(text).at(content).line;
    if (error.id == "yaml-syntax" && error.where.line > 0 && error.where.line < last)
        return {error};
    return {};
}

class PieceReader
{
public:
    PieceReader(PieceContent &content, const std::string &fileName)
        : m_content(content)
        , m_fileName(fileName)
    {
    }

    tl::expected<void, UnreadPiece> run()
    {
        const bool whole = m_content.text.ends_with('\n');
        auto tree = parseYaml(whole ? m_content.text : m_content.text + '\n', m_fileName);
        if (!tree)
            return tl::unexpected(unread(m_content.text, tree.error()));
        m_content.tree = std::move(*tree);
        const YamlNode *root = m_content.tree.root;
        return root && readRoot(*root) ? tl::expected<void, UnreadPiece>() : tl::unexpected(UnreadPiece{});
    }

private:
    bool readRoot(const YamlNode &root)
    {
        switch (m_content.kind) {
        case Piece::Kind::Comments:
            return false;
        case Piece::Kind::Head:
            return readHead(root);
        case Piece::Kind::Section:
            return readSection(root);
        case Piece::Kind::Item:
            break;
        }
        return readItem(root);
    }

    bool readKey(const YamlNode &root)
    {
        if (root.kind != Kind::Map || root.entries.size() != 1 || root.entries.front().first->kind != Kind::Scalar)
            return false;
        m_content.key = root.entries.front().first->text;
        return m_content.key != "<<";
    }

    bool readHead(const YamlNode &root)
    {
        if (!readKey(root) || root.entries.front().first->tagged)
            return false;
        if (m_content.key == "rules")
            findComments(root.entries.front().first->end, 0);
        return true;
    }

    bool readSection(const YamlNode &root)
    {
        if (!readKey(root) || !isSelfContained(root, root.end))
            return false;
        NodeReader reader(m_content.text, m_fileName);
        m_content.values.readMap(reader, root);
        m_content.problems = reader.takeProblems();
        m_content.commented = findCommentedRules(m_content.text, m_content.tree, m_fileName);
        return true;
    }

    bool readItem(const YamlNode &root)
    {
        const bool one = root.kind == Kind::Sequence && root.items.size() == 1 && isSelfContained(root, root.end);
        if (!one || root.items.front()->begin > m_content.text.find('\n')) // Comments could stand in front of it.
            return false;
        NodeReader reader(m_content.text, m_fileName);
        if (m_content.inRunners)
            readRunners(reader, root, m_content.values.matrix.runners.edit());
        else
            readRules(reader, root, m_content.values.matrix.rules);
        m_content.problems = reader.takeProblems();
        if (!m_content.inRunners)
            findComments(std::max<std::size_t>(root.items.front()->end, 1) - 1, 1);
        return true;
    }

    // In the lines behind the one that holds \a offset.
    void findComments(std::size_t offset, std::size_t before)
    {
        m_content.commented = findCommentedRules(
            m_content.text, {text::nextLine(m_content.text, offset), m_content.text.size()}, before, m_fileName);
    }

    PieceContent &m_content;
    const std::string &m_fileName;
};

} // namespace

tl::expected<PieceContentPointer, UnreadPiece> readPiece(std::string_view text, const Piece &piece, bool inRunners,
                                                         const std::string &fileName)
{
    auto content = std::make_shared<PieceContent>();
    content->text = text.substr(piece.range.begin, piece.range.size());
    content->kind = piece.kind;
    content->indent = piece.indent;
    content->inRunners = piece.kind == Piece::Kind::Item && inRunners;
    if (piece.kind == Piece::Kind::Comments)
        return content;
    if (auto done = PieceReader(*content, fileName).run(); !done)
        return tl::unexpected(done.error());
    return content;
}

Problems problemsOfItem(const PieceContent &item, int number, const std::string &fileName)
{
    if (number == 1 || item.problems.empty() || item.kind != Piece::Kind::Item || item.inRunners)
        return item.problems;
    NodeReader reader(item.text, fileName);
    std::vector<Rule> rules;
    readRules(reader, *item.tree.root, rules, number);
    return reader.takeProblems();
}

} // namespace runner::matrix
