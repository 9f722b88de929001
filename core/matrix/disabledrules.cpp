#include "matrix/disabledrules.h"

#include "matrix/sections.h"
#include "text/lines.h"

#include <algorithm>
#include <array>
#include <optional>

namespace runner::matrix {

namespace {

constexpr std::array<std::string_view, 4> ruleKeys{"backend", "services", "platforms", "args"};

// A line that is nothing but a comment, taken apart. Columns count from the line's begin.
struct CommentLine
{
    std::size_t hashColumn = 0;
    std::size_t hashes = 0;
    std::size_t contentColumn = 0; ///< Of the first character behind '#' and blanks.
    std::string_view content;      ///< From there to the line's end; may be empty.
};

std::optional<CommentLine> commentLine(std::string_view text, std::size_t lineStart)
{
    const std::size_t end = text::lineEnd(text, lineStart);
    const std::size_t hash = text::lineContent(text, lineStart);
    if (hash == end || text[hash] != '#')
        return std::nullopt;
    std::size_t at = hash;
    while (at < end && text[at] == '#')
        ++at;
    CommentLine line{hash - lineStart, at - hash, 0, {}};
    while (at < end && text[at] == ' ')
        ++at;
    line.contentColumn = at - lineStart;
    line.content = text.substr(at, end - at);
    return line;
}

bool beginsWithRuleKey(std::string_view text)
{
    if (text.starts_with('"') || text.starts_with('\''))
        text.remove_prefix(1);
    return std::any_of(ruleKeys.begin(), ruleKeys.end(), [&](std::string_view key) {
        std::string_view behind = text;
        if (!behind.starts_with(key))
            return false;
        behind.remove_prefix(key.size());
        if (behind.starts_with('"') || behind.starts_with('\''))
            behind.remove_prefix(1);
        return behind.substr(std::min(behind.find_first_not_of(' '), behind.size())).starts_with(':');
    });
}

// The end of a map in braces may stand below its dash.
bool closesBraces(const CommentLine &line)
{
    return line.content.starts_with('}') || line.content.starts_with(']');
}

// A dash with a rule's key, with a map in braces, or alone above them. Whether it is a rule is known when it is read.
bool beginsRule(const CommentLine &line)
{
    if (line.content != "-" && !line.content.starts_with("- "))
        return false;
    std::string_view rest = line.content.substr(1);
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    return rest.empty() || rest.front() == '#' || rest.front() == '{' || beginsWithRuleKey(rest);
}

} // namespace

void shift(Location &where, int lines, std::size_t columns)
{
    if (where.line == 0)
        return;
    where.line += lines;
    where.column += static_cast<int>(columns);
}

void shift(Rule &rule, int lines, std::size_t columns)
{
    shift(rule.where, lines, columns);
    shift(rule.backend.where, lines, columns);
    for (Value &value : rule.services)
        shift(value.where, lines, columns);
    for (Value &value : rule.platforms)
        shift(value.where, lines, columns);
    if (rule.arguments) {
        for (Argument &argument : *rule.arguments)
            shift(argument.where, lines, columns);
    }
    rule.lastLine += lines;
}

bool canBeTold(const Rule &rule)
{
    return !rule.backend.text.empty() && rule.backend.text.find_first_of(" \t\r\n") == std::string::npos
           && (!rule.services.empty() || !rule.platforms.empty() || rule.arguments);
}

namespace {

class Finder
{
public:
    Finder(const std::string &text, std::string fileName)
        : m_text(text)
        , m_index(text)
        , m_fileName(std::move(fileName))
    {
    }

    // Looks through the whole lines of [begin, end), which stand in front of the rule \a before.
    void search(std::size_t begin, std::size_t end, std::size_t before)
    {
        for (std::size_t line = begin; line < end;) {
            const auto comment = commentLine(m_text, line);
            if (!comment || !beginsRule(*comment)) {
                line = text::nextLine(m_text, line);
                continue;
            }
            const std::size_t last = endOfRule(line, end, *comment);
            addIfRule({line, last}, *comment, before);
            line = last;
        }
    }

    std::vector<CommentedRule> take() { return std::move(m_found); }

private:
    // Behind the last line that is commented in the same way and indented further than the dash.
    std::size_t endOfRule(std::size_t first, std::size_t limit, const CommentLine &head) const
    {
        std::size_t end = text::nextLine(m_text, first);
        for (std::size_t line = end; line < limit; line = text::nextLine(m_text, line)) {
            const auto comment = commentLine(m_text, line);
            if (!comment || comment->hashColumn != head.hashColumn || comment->hashes < head.hashes)
                break;
            const bool nested = comment->hashes > head.hashes; // a comment inside the rule
            const bool blank = comment->content.empty();
            if (!blank && !nested && comment->contentColumn <= head.contentColumn && !closesBraces(*comment))
                break;
            if (!blank)
                end = text::nextLine(m_text, line);
        }
        return end;
    }

    void addIfRule(text::ByteRange lines, const CommentLine &head, std::size_t before)
    {
        const std::size_t prefix = head.hashColumn + head.hashes;
        std::string body;
        for (std::size_t line = lines.begin; line < lines.end; line = text::nextLine(m_text, line)) {
            body.append(m_text, line + prefix, text::lineEnd(m_text, line) - line - prefix);
            body += '\n';
        }
        const auto tree = parseYaml(body, m_fileName);
        if (!tree || !tree->root || tree->root->kind != YamlNode::Kind::Sequence || tree->root->items.size() != 1)
            return;
        NodeReader reader(body, m_fileName);
        std::vector<Rule> rules;
        readRules(reader, *tree->root, rules);
        if (rules.size() != 1 || !canBeTold(rules.front()))
            return;
        CommentedRule found{
            {std::move(rules.front()), before}, lines, head.hashColumn, head.hashes, head.contentColumn};
        shift(found.rule.rule, m_index.at(lines.begin).line - 1, prefix);
        found.rule.rule.number = static_cast<int>(m_found.size()) + 1;
        m_found.push_back(std::move(found));
    }

    const std::string &m_text;
    text::LineIndex m_index;
    std::string m_fileName;
    std::vector<CommentedRule> m_found;
};

} // namespace

std::vector<CommentedRule> findCommentedRules(const std::string &text, const YamlTree &tree,
                                              const std::string &fileName)
{
    if (!tree.root || tree.root->kind != YamlNode::Kind::Map)
        return {};
    const auto &entries = tree.root->entries;
    const auto rules = std::find_if(entries.begin(), entries.end(), [](const auto &entry) {
        return entry.first->kind == YamlNode::Kind::Scalar && entry.first->text == "rules";
    });
    if (rules == entries.end())
        return {};
    const std::size_t sectionEnd =
        rules + 1 == entries.end() ? text.size() : text::lineBegin(text, (rules + 1)->first->begin);
    const YamlNode &list = *rules->second;
    Finder finder(text, fileName);
    std::size_t gap = text::nextLine(text, rules->first->end);
    std::size_t index = 0;
    if (list.kind == YamlNode::Kind::Sequence && list.style == YamlNode::Style::Block) {
        for (const YamlNode *item : list.items) {
            finder.search(gap, text::lineBegin(text, item->begin), index++);
            gap = text::nextLine(text, std::max(gap, item->end > 0 ? item->end - 1 : 0));
        }
    } else {
        gap = text::nextLine(text, std::max(gap, list.end) - 1);
        index = list.items.size();
    }
    finder.search(gap, sectionEnd, index);
    return finder.take();
}

std::vector<CommentedRule> findCommentedRules(const std::string &text, text::ByteRange range, std::size_t before,
                                              const std::string &fileName)
{
    if (std::string_view(text).substr(range.begin, range.size()).find('#') == std::string_view::npos)
        return {};
    Finder finder(text, fileName);
    finder.search(range.begin, range.end, before);
    return finder.take();
}

} // namespace runner::matrix
