#include "matrix/edit/itemlayout.h"

#include "matrix/edit/nodes.h"
#include "matrix/edit/rulenodes.h"
#include "text/lines.h"

#include <algorithm>

namespace runner::matrix::edit {

namespace {

struct Comment
{
    std::size_t hashColumn = 0;
    std::size_t hashes = 0;
    std::size_t contentColumn = 0;
    std::string_view content;
};

std::optional<Comment> commentAt(std::string_view text, std::size_t line)
{
    const std::size_t end = text::lineEnd(text, line);
    const std::size_t hash = text::lineContent(text, line);
    if (hash == end || text[hash] != '#')
        return std::nullopt;
    const std::size_t behind = std::min(text.find_first_not_of('#', hash), end);
    const std::size_t content = std::min(text.find_first_not_of(" \t", behind), end);
    std::string_view said = text.substr(content, end - content);
    said = said.substr(0, said.find_last_not_of(" \t") + 1);
    return Comment{hash - line, behind - hash, content - line, said};
}

bool isHeading(const Comment &comment)
{
    constexpr std::string_view marks = "-=*~_+";
    return comment.content.size() >= 3 && marks.find(comment.content.front()) != std::string_view::npos
           && comment.content[1] == comment.content[0] && comment.content[2] == comment.content[0];
}

// A comment deeper than the dash, or a commented-out item of the rule's last list.
bool belongsInside(const Comment &comment, std::size_t dashColumn)
{
    return comment.hashColumn > dashColumn
           || (comment.contentColumn > dashColumn && comment.content.starts_with("- ") && comment.hashes == 1);
}

class Layout
{
public:
    explicit Layout(const Document &document)
        : m_document(document)
        , m_text(document.text())
    {
    }

    bool isInDisabledRule(std::size_t offset) const
    {
        const auto &rules = m_document.commentedRules();
        return std::any_of(rules.begin(), rules.end(), [&](const CommentedRule &rule) {
            return offset >= rule.lines.begin && offset < rule.lines.end;
        });
    }

    // Up from the line at \a first, not beyond \a limit.
    std::size_t commentBegin(std::size_t first, std::size_t limit, std::size_t dashColumn, bool hasRuleAbove) const
    {
        std::size_t begin = first;
        std::size_t hashes = 0;
        while (begin > limit) {
            const std::size_t line = text::lineBegin(m_text, begin - 1);
            const auto comment = commentAt(m_text, line);
            if (line < limit || !comment || isHeading(*comment) || isInDisabledRule(line))
                break;
            if ((hashes != 0 && comment->hashes != hashes) || (hasRuleAbove && belongsInside(*comment, dashColumn)))
                break;
            hashes = comment->hashes;
            begin = line;
        }
        return isBoxedHeading(begin, first) ? first : begin;
    }

    // Down from behind the rule's last line.
    std::size_t trailingEnd(std::size_t end, std::size_t limit, std::size_t dashColumn) const
    {
        while (end < limit) {
            const auto comment = commentAt(m_text, end);
            if (!comment || isInDisabledRule(end) || !belongsInside(*comment, dashColumn))
                break;
            end = text::nextLine(m_text, end);
        }
        return end;
    }

private:
    // "#", "# Ascend CANN", "#"
    bool isBoxedHeading(std::size_t begin, std::size_t end) const
    {
        if (begin >= end)
            return false;
        const auto first = commentAt(m_text, begin);
        const auto last = commentAt(m_text, text::lineBegin(m_text, end - 1));
        return first && last && first->hashes == 1 && first->content.empty() && last->content.empty()
               && text::nextLine(m_text, begin) < end;
    }

    const Document &m_document;
    const std::string &m_text;
};

std::size_t behind(const std::string &text, const YamlNode &node)
{
    return text::nextLine(text, node.end > 0 ? node.end - 1 : 0);
}

// The whole lines between the key of a list and the next key.
text::ByteRange sectionOf(const Document &document, const std::string &key)
{
    const std::string &text = document.text();
    const auto &entries = document.outline()->entries;
    const std::size_t index = *findKey(*document.outline(), key);
    const std::size_t begin = text::nextLine(text, entries[index].first->end);
    return {begin, index + 1 < entries.size() ? text::lineBegin(text, entries[index + 1].first->begin) : text.size()};
}

std::size_t behindBlankLines(const std::string &text, std::size_t line)
{
    while (line < text.size() && text::isBlankLine(text, line))
        line = text::nextLine(text, line);
    return line;
}

// With the blank lines that nothing would need any more when the lines are gone.
text::ByteRange withBlankLines(const Document &document, const std::string &section, text::ByteRange lines)
{
    const std::string &text = document.text();
    const auto blankAbove = [&] { return lines.begin > 0 && text::isBlankLine(text, lines.begin - 1); };
    if (lines.end == text.size()) {
        while (blankAbove())
            lines.begin = text::lineBegin(text, lines.begin - 1);
    } else if (blankAbove() || lines.begin == sectionOf(document, section).begin) {
        lines.end = behindBlankLines(text, lines.end);
    }
    return lines;
}

} // namespace

ItemLines linesOfItem(const Document &document, const std::string &section, std::size_t index)
{
    const std::string &text = document.text();
    const YamlNode &list = *valueOf(*document.outline(), section);
    const text::ByteRange all = sectionOf(document, section);
    const std::size_t dash = dashOf(text, list, index);
    const Layout layout(document);
    ItemLines lines;
    lines.dashColumn = columnOf(text, dash);
    lines.own.begin = text::lineBegin(text, dash);
    const std::size_t above = index == 0 ? all.begin : behind(text, *list.items[index - 1]);
    lines.all.begin =
        layout.commentBegin(lines.own.begin, std::min(above, lines.own.begin), lines.dashColumn, index > 0);
    const std::size_t below =
        index + 1 < list.items.size() ? text::lineBegin(text, dashOf(text, list, index + 1)) : all.end;
    const std::size_t last = std::max(behind(text, *list.items[index]), text::nextLine(text, dash));
    lines.own.end = lines.all.end = layout.trailingEnd(last, below, lines.dashColumn);
    return lines;
}

ItemLines linesOfRule(const Document &document, std::size_t index)
{
    return linesOfItem(document, "rules", index);
}

text::ByteRange linesOfDisabledRule(const Document &document, std::size_t index)
{
    const CommentedRule &rule = document.commentedRules()[index];
    const Layout layout(document);
    return {layout.commentBegin(rule.lines.begin, 0, rule.dashColumn, true), rule.lines.end};
}

BehindRule behindRule(const Document &document, std::size_t index)
{
    BehindRule behind;
    behind.line = linesOfRule(document, index).all.end;
    const auto &disabled = document.commentedRules();
    for (std::size_t i = 0; i < disabled.size(); ++i) {
        if (disabled[i].rule.before != index + 1 || linesOfDisabledRule(document, i).begin != behind.line)
            continue;
        behind.line = disabled[i].lines.end;
        ++behind.alternatives;
    }
    return behind;
}

std::vector<text::ByteRange> linesToRemove(const Document &document, const std::string &section,
                                           const std::set<std::size_t> &items)
{
    std::vector<text::ByteRange> ranges;
    for (const std::size_t item : items) {
        const text::ByteRange lines = linesOfItem(document, section, item).all;
        if (!ranges.empty() && behindBlankLines(document.text(), ranges.back().end) >= lines.begin)
            ranges.back().end = lines.end;
        else
            ranges.push_back(lines);
    }
    for (text::ByteRange &range : ranges)
        range = withBlankLines(document, section, range);
    return ranges;
}

bool blankLinesBetween(const Document &document, const std::string &section)
{
    const YamlNode *list = valueOf(*document.outline(), section);
    int with = 0;
    int without = 0;
    constexpr std::size_t enough = 20;
    for (std::size_t i = 1; list && i < std::min(list->items.size(), enough); ++i) {
        const ItemLines lines = linesOfItem(document, section, i);
        const bool blank = text::isBlankLine(document.text(), lines.all.begin - 1);
        ++(blank ? with : without);
    }
    return with > without;
}

bool standsApart(const Document &document, const std::string &section, std::size_t place)
{
    const YamlNode *list = valueOf(*document.outline(), section);
    const bool between = list && place > 0 && place < list->items.size();
    if (between && !text::isBlankLine(document.text(), linesOfItem(document, section, place).all.begin - 1))
        return false;
    return blankLinesBetween(document, section);
}

} // namespace runner::matrix::edit
