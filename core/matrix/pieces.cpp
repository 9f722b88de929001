#include "matrix/pieces.h"

#include "text/ascii.h"

#include <algorithm>
#include <cstring>

namespace runner::matrix {

namespace {

bool isPlainText(std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        const bool lineEnd = c == '\n' || (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n');
        if ((c < 0x20U && !lineEnd) || c == 0x7fU)
            return false;
    }
    return true;
}

// One line, without its end.
struct Line
{
    std::string_view text;
    std::size_t indent = 0;

    explicit Line(std::string_view line)
        : text(line)
    {
        if (text.ends_with('\r'))
            text.remove_suffix(1);
        indent = std::min(text.find_first_not_of(' '), text.size());
    }

    bool saysNothing() const { return indent == text.size() || text[indent] == '#'; }

    bool isItem() const
    {
        return indent < text.size() && text[indent] == '-' && (indent + 1 == text.size() || text[indent + 1] == ' ');
    }

    // The key of "key:" or "key: value" at the line's begin; empty for anything else.
    std::string_view key() const
    {
        std::size_t end = 0;
        while (end < text.size() && text::isWord(text[end]))
            ++end;
        const bool colon = end < text.size() && text[end] == ':';
        return colon && (end + 1 == text.size() || text[end + 1] == ' ') ? text.substr(0, end) : std::string_view();
    }

    // Whether nothing but a comment follows the key.
    bool hasNoValue() const { return Line(text.substr(key().size() + 1)).saysNothing(); }
};

std::size_t commonBegin(std::string_view a, std::string_view b)
{
    constexpr std::size_t block = 4096;
    const std::size_t most = std::min(a.size(), b.size());
    std::size_t same = 0;
    while (same + block <= most && std::memcmp(a.data() + same, b.data() + same, block) == 0)
        same += block;
    while (same < most && a[same] == b[same])
        ++same;
    return same;
}

// At most \a most.
std::size_t commonEnd(std::string_view a, std::string_view b, std::size_t most)
{
    constexpr std::size_t block = 4096;
    const char *endA = a.data() + a.size();
    const char *endB = b.data() + b.size();
    std::size_t same = 0;
    while (same + block <= most && std::memcmp(endA - same - block, endB - same - block, block) == 0)
        same += block;
    while (same < most && endA[-static_cast<std::ptrdiff_t>(same) - 1] == endB[-static_cast<std::ptrdiff_t>(same) - 1])
        ++same;
    return same;
}

// The pieces of a text that has been cut that are met again at the end of another one.
class KnownEnd
{
public:
    KnownEnd() = default;
    KnownEnd(std::string_view text, const KnownCut &known, std::size_t same)
        : m_known(&known)
        , m_moved(text.size() - known.text.size())
    {
        const std::size_t first = known.text.size() - same;
        const auto next = std::find_if(known.pieces.begin(), known.pieces.end(),
                                       [first](const Piece &piece) { return piece.range.begin >= first; });
        m_next = static_cast<std::size_t>(next - known.pieces.begin());
    }

    // What follows is cut as it was where a piece begins at the same byte: how, depends on no line before it.
    bool beginsAt(std::size_t at, bool isItem)
    {
        if (!m_known)
            return false;
        while (m_next < m_known->pieces.size() && m_known->pieces[m_next].range.begin + m_moved < at)
            ++m_next;
        return m_next < m_known->pieces.size() && m_known->pieces[m_next].range.begin + m_moved == at
               && (m_known->pieces[m_next].kind == Piece::Kind::Item) == isItem;
    }

    // The rest of them, the first one in line \a line; how many these are.
    std::size_t appendTo(std::vector<Piece> &pieces, int line) const
    {
        const int moved = line - m_known->pieces[m_next].line;
        for (std::size_t i = m_next; i < m_known->pieces.size(); ++i) {
            Piece piece = m_known->pieces[i];
            piece.range = {piece.range.begin + m_moved, piece.range.end + m_moved};
            piece.line += moved;
            pieces.push_back(piece);
        }
        return m_known->pieces.size() - m_next;
    }

private:
    const KnownCut *m_known = nullptr;
    std::size_t m_moved = 0; ///< Bytes; wraps where the text has become shorter.
    std::size_t m_next = 0;
};

class Cutter
{
public:
    explicit Cutter(std::string_view text)
        : m_text(text)
    {
    }

    // Goes on behind the pieces that are certain.
    void resume(std::vector<Piece> pieces, int line, const KnownEnd &end)
    {
        m_pieces = std::move(pieces);
        m_line = line;
        m_end = end;
    }

    // The known pieces at the end.
    std::size_t sameAtEnd() const { return m_sameAtEnd; }

    std::optional<std::vector<Piece>> run()
    {
        if (m_pieces.empty())
            m_pieces.push_back({});
        const std::size_t first = m_pieces.back().range.end;
        std::size_t at = first;
        for (; at < m_text.size(); ++m_line) {
            const std::size_t end = std::min(m_text.find('\n', at), m_text.size() - 1) + 1;
            const std::size_t ownEnd = m_text[end - 1] == '\n' ? end - 1 : end;
            const Line line(m_text.substr(at, ownEnd - at));
            if (!line.saysNothing() && !take(line, at))
                return std::nullopt;
            if (m_pieces.back().range.begin == at && m_end.beginsAt(at, m_pieces.back().kind == Piece::Kind::Item)) {
                m_pieces.pop_back();
                m_sameAtEnd = m_end.appendTo(m_pieces, m_line);
                break;
            }
            m_pieces.back().range.end = at = end;
        }
        if (!isPlainText(m_text.substr(first, at - first)))
            return std::nullopt;
        leaveHead();
        if (m_pieces.front().range.size() == 0)
            m_pieces.erase(m_pieces.begin());
        return std::move(m_pieces);
    }

private:
    bool take(const Line &line, std::size_t at)
    {
        if (line.indent == 0 && !line.text.starts_with("-"))
            return beginSection(line, at);
        switch (m_pieces.back().kind) {
        case Piece::Kind::Comments:
            return false;
        case Piece::Kind::Section:
            return !line.text.starts_with("---");
        case Piece::Kind::Head:
            if (line.isItem())
                begin(Piece::Kind::Item, at, line.indent);
            else
                leaveHead();
            return !line.text.starts_with("---");
        case Piece::Kind::Item:
            break;
        }
        const auto indent = static_cast<std::size_t>(m_pieces.back().indent);
        if (line.indent == indent && line.isItem())
            begin(Piece::Kind::Item, at, line.indent);
        else if (line.indent <= indent)
            return false;
        return true;
    }

    bool beginSection(const Line &line, std::size_t at)
    {
        const std::string_view key = line.key();
        if (key.empty())
            return false;
        leaveHead();
        const bool list = (key == "rules" || key == "runners") && line.hasNoValue();
        begin(list ? Piece::Kind::Head : Piece::Kind::Section, at, 0);
        return true;
    }

    // No list follows: it is a section like any other.
    void leaveHead()
    {
        if (m_pieces.back().kind == Piece::Kind::Head)
            m_pieces.back().kind = Piece::Kind::Section;
    }

    void begin(Piece::Kind kind, std::size_t at, std::size_t indent)
    {
        m_pieces.push_back({kind, {at, at}, m_line, static_cast<int>(indent)});
    }

    std::string_view m_text;
    int m_line = 0;
    std::vector<Piece> m_pieces;
    KnownEnd m_end;
    std::size_t m_sameAtEnd = 0;
};

// Whether the lines behind the piece decide what it is: the line of "rules:" without a list is a section.
bool isDecidedBehind(const Piece &piece, std::string_view text)
{
    const std::string_view own = text.substr(piece.range.begin, piece.range.size());
    return piece.kind == Piece::Kind::Section && (own.starts_with("rules") || own.starts_with("runners"));
}

} // namespace

std::optional<std::vector<Piece>> cutPieces(std::string_view text)
{
    return Cutter(text).run();
}

std::optional<Recut> recutPieces(std::string_view text, const KnownCut &known)
{
    const std::size_t begin = commonBegin(text, known.text);
    const std::size_t end = commonEnd(text, known.text, std::min(text.size(), known.text.size()) - begin);
    std::vector<Piece> same;
    for (const Piece &piece : known.pieces) {
        if (piece.range.end > begin || known.text[piece.range.end - 1] != '\n')
            break;
        same.push_back(piece);
    }
    if (same.size() == known.pieces.size() && !same.empty()) // Which line is behind it, nobody has told.
        same.pop_back();
    while (!same.empty() && isDecidedBehind(same.back(), text))
        same.pop_back();
    const std::size_t certain = same.empty() ? 0 : same.size() - 1; // The last one may go on.
    const int line = same.empty() ? 0 : known.pieces[same.size()].line;
    Cutter cutter(text);
    cutter.resume(std::move(same), line, KnownEnd(text, known, end));
    auto pieces = cutter.run();
    if (!pieces)
        return std::nullopt;
    return Recut{std::move(*pieces), certain, cutter.sameAtEnd()};
}

} // namespace runner::matrix
