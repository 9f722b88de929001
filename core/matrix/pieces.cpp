#include "matrix/pieces.h"

#include <algorithm>

namespace runner::matrix {

namespace {

bool isWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

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

    explicit Line(std::string_view line) : text(line)
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
        while (end < text.size() && isWord(text[end]))
            ++end;
        const bool colon = end < text.size() && text[end] == ':';
        return colon && (end + 1 == text.size() || text[end + 1] == ' ') ? text.substr(0, end) : std::string_view();
    }

    // Whether nothing but a comment follows the key.
    bool hasNoValue() const { return Line(text.substr(key().size() + 1)).saysNothing(); }
};

class Cutter
{
public:
    explicit Cutter(std::string_view text) : m_text(text) {}

    std::optional<std::vector<Piece>> run()
    {
        m_pieces.push_back({});
        for (std::size_t at = 0; at < m_text.size(); ++m_line) {
            const std::size_t end = std::min(m_text.find('\n', at), m_text.size() - 1) + 1;
            const std::size_t ownEnd = m_text[end - 1] == '\n' ? end - 1 : end;
            const Line line(m_text.substr(at, ownEnd - at));
            if (!line.saysNothing() && !take(line, at))
                return std::nullopt;
            m_pieces.back().range.end = at = end;
        }
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
};

} // namespace

std::optional<std::vector<Piece>> cutPieces(std::string_view text)
{
    return isPlainText(text) ? Cutter(text).run() : std::nullopt;
}

} // namespace runner::matrix
