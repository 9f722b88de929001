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

CommentStyle styleOf(const Document &document, const ItemLines &lines)
{
    for (const CommentedRule &rule : document.commentedRules()) {
        CommentStyle style{rule.hashColumn, std::string(rule.hashes, '#')};
        if (rule.dashColumn == lines.dashColumn + rule.hashes + 1)
            style.mark += ' ';
        else if (rule.dashColumn != lines.dashColumn + rule.hashes)
            continue;
        if (fitsLines(document.text(), lines.own, style.column))
            return style;
    }
    return {};
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

void commentOut(Draft &draft, const ItemLines &lines)
{
    const std::string &text = draft.text();
    const CommentStyle style = styleOf(draft.document(), lines);
    for (std::size_t line = lines.own.begin; line < lines.own.end; line = text::nextLine(text, line)) {
        const std::size_t end = text::lineEnd(text, line);
        if (text::isBlankLine(text, line) && end - line <= style.column)
            draft.replace({line, end}, std::string(style.column, ' ') + style.mark.substr(0, style.mark.find(' ')));
        else
            draft.insert(line + style.column, style.mark);
    }
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
