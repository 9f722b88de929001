#include "dockerfile/heredocs.h"

#include "dockerfile/characters.h"
#include "dockerfile/expander.h"
#include "dockerfile/keywords.h"

#include <algorithm>
#include <limits>

namespace runner::dockerfile {

namespace {

// Heredoc words are always read with the backslash as escape, whatever the parser directive says.
ExpansionOptions literalWords(bool keepQuotes, bool keepEscapes)
{
    ExpansionOptions options;
    options.keepQuotes = keepQuotes;
    options.keepEscapes = keepEscapes;
    options.keepUnset = true;
    options.limit = std::numeric_limits<std::size_t>::max() / 2;
    return options;
}

std::vector<std::string> splitLiterally(std::string_view text, bool keepQuotes, bool keepEscapes)
{
    WorkBudget budget{std::numeric_limits<std::size_t>::max()};
    const Lookup nothing;
    Expander expander(text, literalWords(keepQuotes, keepEscapes), nothing, budget);
    return expander.run() ? expander.takeWords() : std::vector<std::string>{};
}

// What follows "<<" or "<<-" in a heredoc word, with the dash and the blanks taken off.
struct Announcement
{
    bool stripsTabs = false;
    std::string_view delimiter;
};

std::optional<Announcement> announcementIn(std::string_view word)
{
    while (!word.empty() && isDigit(static_cast<unsigned char>(word[0])))
        word.remove_prefix(1);
    if (word.substr(0, 2) != "<<")
        return std::nullopt;
    word.remove_prefix(2);
    Announcement announcement;
    announcement.stripsTabs = !word.empty() && word[0] == '-';
    word.remove_prefix(announcement.stripsTabs ? 1 : 0);
    word.remove_prefix(std::min(word.find_first_not_of("\t\n\f\r "), word.size()));
    if (word.empty() || word.find('<') != std::string_view::npos)
        return std::nullopt;
    announcement.delimiter = word;
    return announcement;
}

std::ptrdiff_t quotesIn(const std::string &text)
{
    return std::count(text.begin(), text.end(), '"') + std::count(text.begin(), text.end(), '\'');
}

std::optional<Heredoc> heredocIn(std::string_view word)
{
    const auto announcement = announcementIn(word);
    if (!announcement)
        return std::nullopt;
    const std::vector<std::string> plain = splitLiterally(announcement->delimiter, false, false);
    const std::vector<std::string> quoted = splitLiterally(announcement->delimiter, true, false);
    if (plain.size() != 1 || quoted.size() != 1)
        return std::nullopt;
    Heredoc heredoc;
    heredoc.name = plain.front();
    heredoc.stripsTabs = announcement->stripsTabs;
    heredoc.expands = quotesIn(plain.front()) == quotesIn(quoted.front());
    return heredoc;
}

std::string_view withoutTabs(std::string_view text)
{
    text.remove_prefix(std::min(text.find_first_not_of('\t'), text.size()));
    return text;
}

bool looksLikeInstruction(std::string_view line)
{
    const std::size_t end = line.find_first_of(" \t");
    return end != std::string_view::npos && findKeyword(line.substr(0, end)) != nullptr;
}

void finishBody(Heredoc &heredoc, std::string_view text, std::size_t begin, std::size_t end, int firstLine)
{
    heredoc.bodyRange = {begin, end};
    heredoc.body = text.substr(begin, end - begin);
    heredoc.firstLine = firstLine;
}

} // namespace

std::vector<Heredoc> announcedHeredocs(std::string_view line)
{
    std::vector<Heredoc> heredocs;
    if (line.find("<<") == std::string_view::npos)
        return heredocs;
    for (const std::string &word : splitLiterally(line, true, true)) {
        if (auto heredoc = heredocIn(word))
            heredocs.push_back(std::move(*heredoc));
    }
    return heredocs;
}

bool isHeredocWord(std::string_view word)
{
    return heredocIn(word).has_value();
}

std::optional<Line> HeredocBodies::read(Heredoc &heredoc, LineCursor &cursor)
{
    LineCursor ahead = cursor;
    std::optional<Line> line = ahead.next();
    if (!line)
        return std::nullopt;
    const Line first = *line;
    if (m_indexed && !isClosedAfter(heredoc, first.content.begin))
        return std::nullopt;
    for (; line; line = ahead.next()) {
        const std::string_view content = ahead.contentOf(*line);
        if ((heredoc.stripsTabs ? withoutTabs(content) : content) != heredoc.name)
            continue;
        finishBody(heredoc, m_text, first.content.begin, line->content.begin, first.number);
        cursor = ahead;
        return line;
    }
    index();
    return std::nullopt;
}

std::optional<Line> HeredocBodies::readOpen(Heredoc &heredoc, LineCursor &cursor)
{
    std::optional<Line> last;
    std::size_t begin = m_text.size();
    int firstLine = 0;
    LineCursor ahead = cursor;
    for (auto line = ahead.next(); line && !looksLikeInstruction(ahead.contentOf(*line)); line = ahead.next()) {
        begin = std::min(begin, line->content.begin);
        firstLine = firstLine == 0 ? line->number : firstLine;
        last = line;
    }
    if (last) {
        finishBody(heredoc, m_text, begin, last->end, firstLine);
        cursor.continueAfter(*last);
    }
    return last;
}

bool HeredocBodies::isClosedAfter(const Heredoc &heredoc, std::size_t offset) const
{
    const auto &lines = heredoc.stripsTabs ? m_stripped : m_exact;
    const auto found =
        std::lower_bound(lines.begin(), lines.end(), offset, [&](const text::ByteRange &line, std::size_t from) {
            const int order = m_text.substr(line.begin, line.size()).compare(heredoc.name);
            return order < 0 || (order == 0 && line.begin < from);
        });
    return found != lines.end() && m_text.substr(found->begin, found->size()) == heredoc.name;
}

void HeredocBodies::index()
{
    if (m_indexed)
        return;
    m_indexed = true;
    LineCursor cursor(m_text);
    while (const auto line = cursor.next()) {
        m_exact.push_back(line->content);
        const std::size_t kept = withoutTabs(cursor.contentOf(*line)).size();
        m_stripped.push_back({line->content.end - kept, line->content.end});
    }
    const auto before = [this](const text::ByteRange &a, const text::ByteRange &b) {
        const int order = m_text.substr(a.begin, a.size()).compare(m_text.substr(b.begin, b.size()));
        return order < 0 || (order == 0 && a.begin < b.begin);
    };
    std::sort(m_exact.begin(), m_exact.end(), before);
    std::sort(m_stripped.begin(), m_stripped.end(), before);
}

} // namespace runner::dockerfile
