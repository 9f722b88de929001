#include "matrix/edit/commenting.h"

#include "matrix/edit/nodes.h"
#include "matrix/edit/rulenodes.h"
#include "text/lines.h"

#include <algorithm>

namespace runner::matrix::edit {

namespace {

struct CommentStyle
{
    std::size_t column = 0;
    std::string mark = "#";
};

std::size_t dashColumnOf(const Document &document)
{
    const YamlNode *rules = rulesNode(document);
    constexpr std::size_t usual = 2;
    if (!rules || rules->items.empty() || rules->style != YamlNode::Style::Block)
        return usual;
    return columnOf(document.text(), dashOf(document.text(), *rules, 0));
}

bool fitsLines(const std::string &text, text::ByteRange lines, std::size_t column)
{
    for (std::size_t line = lines.begin; line < lines.end; line = text::nextLine(text, line)) {
        if (!text::isBlankLine(text, line) && text::lineContent(text, line) - line < column)
            return false;
    }
    return true;
}

// What a comment says, as disabled rules are told by.
struct CommentBelow
{
    std::size_t column = 0;
    std::size_t hashes = 0;
    std::size_t contentColumn = 0;
    bool blank = false;
    bool closes = false; ///< The end of a map in braces, wherever it stands.
};

std::optional<CommentBelow> commentBelow(const std::string &text, std::size_t line)
{
    const std::size_t end = text::lineEnd(text, line);
    const std::size_t hash = text::lineContent(text, line);
    if (line >= text.size() || hash == end || text[hash] != '#')
        return std::nullopt;
    const std::size_t behind = std::min(text.find_first_not_of('#', hash), end);
    const std::size_t content = std::min(text.find_first_not_of(' ', behind), end);
    const bool closes = content < end && (text[content] == '}' || text[content] == ']');
    return CommentBelow{hash - line, behind - hash, content - line, content == end, closes};
}

std::size_t hashesOf(const CommentStyle &style)
{
    return style.mark.find_last_of('#') + 1;
}

// The line of a comment below that would be read as a part of the rule when it is commented out in that style.
std::optional<std::size_t> takenBelow(const std::string &text, const ItemLines &lines, const CommentStyle &style)
{
    for (std::size_t line = lines.own.end; const auto comment = commentBelow(text, line);
         line = text::nextLine(text, line)) {
        if (comment->column != style.column || comment->hashes < hashesOf(style))
            return std::nullopt;
        const bool nested = comment->hashes > hashesOf(style);
        if (nested || comment->closes
            || (!comment->blank && comment->contentColumn > lines.dashColumn + style.mark.size()))
            return line;
        if (!comment->blank)
            return std::nullopt;
    }
    return std::nullopt;
}

// The rule would be read as a part of the disabled one above it.
bool isTakenAbove(const Document &document, const ItemLines &lines, const CommentStyle &style)
{
    return std::any_of(
        document.commentedRules().begin(), document.commentedRules().end(), [&](const CommentedRule &rule) {
            const bool deeper =
                hashesOf(style) > rule.hashes
                || (hashesOf(style) == rule.hashes && lines.dashColumn + style.mark.size() > rule.dashColumn);
            return rule.lines.end == lines.own.begin && rule.hashColumn == style.column && deeper;
        });
}

// The styles to choose from, the best one first.
std::vector<CommentStyle> stylesFor(const Document &document, const ItemLines &lines)
{
    std::vector<CommentStyle> styles;
    for (const CommentedRule &rule : document.commentedRules()) {
        CommentStyle style{rule.hashColumn, std::string(rule.hashes, '#')};
        if (rule.dashColumn == lines.dashColumn + rule.hashes + 1)
            style.mark += ' ';
        else if (rule.dashColumn != lines.dashColumn + rule.hashes)
            continue;
        if (fitsLines(document.text(), lines.own, style.column)) {
            styles.push_back(style);
            break;
        }
    }
    for (const char *mark : {"#", "# ", "##", "###"})
        styles.push_back({0, mark});
    return styles;
}

CommentStyle styleOf(const Document &document, const ItemLines &lines)
{
    const std::vector<CommentStyle> styles = stylesFor(document, lines);
    const auto good = std::find_if(styles.begin(), styles.end(), [&](const CommentStyle &style) {
        return !takenBelow(document.text(), lines, style) && !isTakenAbove(document, lines, style);
    });
    return good == styles.end() ? styles.front() : *good;
}

bool everyLineHasBlankBehindHash(const std::string &text, const CommentedRule &rule)
{
    const std::size_t behind = rule.hashColumn + rule.hashes;
    for (std::size_t line = rule.lines.begin; line < rule.lines.end; line = text::nextLine(text, line)) {
        if (line + behind < text::lineEnd(text, line) && text[line + behind] != ' ')
            return false;
    }
    return true;
}

} // namespace

std::optional<std::size_t> commentOut(Draft &draft, const ItemLines &lines)
{
    const std::string &text = draft.text();
    const CommentStyle style = styleOf(draft.document(), lines);
    if (const auto inTheWay = takenBelow(text, lines, style))
        return inTheWay;
    for (std::size_t line = lines.own.begin; line < lines.own.end; line = text::nextLine(text, line)) {
        const std::size_t end = text::lineEnd(text, line);
        if (text::isBlankLine(text, line) && end - line <= style.column)
            draft.replace({line, end}, std::string(style.column, ' ') + style.mark.substr(0, style.mark.find(' ')));
        else
            draft.insert(line + style.column, style.mark);
    }
    return std::nullopt;
}

void commentIn(Draft &draft, const CommentedRule &rule)
{
    const std::string &text = draft.text();
    const std::size_t wanted = dashColumnOf(draft.document());
    const bool markOnly = rule.dashColumn == wanted + rule.hashes;
    const bool markAndBlank = rule.dashColumn == wanted + rule.hashes + 1 && everyLineHasBlankBehindHash(text, rule);
    for (std::size_t line = rule.lines.begin; line < rule.lines.end; line = text::nextLine(text, line)) {
        const std::size_t hash = line + rule.hashColumn;
        const std::size_t behind = hash + rule.hashes;
        const std::size_t end = text::lineEnd(text, line);
        const std::size_t content = std::min(text.find_first_not_of(" \t", behind), end);
        const bool marked = markOnly || (markAndBlank && behind < end);
        if (content == end && (!marked || behind + (markAndBlank ? 1 : 0) >= end)) {
            draft.replace({line, end}, {});
        } else if (markOnly || markAndBlank) {
            draft.replace({hash, behind + (markAndBlank ? 1 : 0)}, {});
        } else {
            const std::size_t column = content - line + wanted;
            draft.replace({line, content}, std::string(column - std::min(column, rule.dashColumn), ' '));
        }
    }
}

} // namespace runner::matrix::edit
