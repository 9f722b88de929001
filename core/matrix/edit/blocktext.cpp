#include "matrix/edit/blocktext.h"

#include "matrix/edit/scalar.h"
#include "text/diff.h"
#include "text/lines.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace runner::matrix::edit {

namespace {

// How a block scalar is written. Digits and "+" in its header are left to quotes: they count blanks and line ends.
struct BlockStyle
{
    char kind = '|';
    std::string comment; ///< Behind the header, with the blanks in front of it.
    std::string indent;
    std::size_t width = 0; ///< Of its widest line, without the indentation.
};

std::optional<BlockStyle> styleOf(const std::string &text, const YamlNode &node)
{
    BlockStyle style;
    const std::string_view all = std::string_view(text).substr(node.begin, node.end - node.begin);
    const std::vector<std::string_view> lines = text::linesOf(all);
    const std::string_view header = lines.front().substr(0, text::lineEnd(lines.front(), 0));
    style.kind = header.front();
    const std::size_t words = header.find_first_not_of('-', 1);
    style.comment = words == std::string_view::npos ? std::string() : std::string(header.substr(words));
    if (!style.comment.empty() && style.comment.front() != ' ')
        return std::nullopt;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const std::string_view line = lines[i].substr(0, text::lineEnd(lines[i], 0));
        const std::size_t blanks = line.find_first_not_of(' ');
        if (blanks == std::string_view::npos)
            continue;
        if (style.indent.empty())
            style.indent = std::string(blanks, ' ');
        style.width = std::max(style.width, line.size() - std::min(style.indent.size(), line.size()));
    }
    return style.indent.empty() ? std::nullopt : std::optional(style);
}

bool isPrintableLine(std::string_view line)
{
    const bool blanksAround = !line.empty() && (line.front() == ' ' || line.front() == '\t' || line.back() == ' ');
    return !blanksAround && !needsEscapes(line);
}

std::vector<std::string_view> split(std::string_view value)
{
    std::vector<std::string_view> lines;
    for (std::size_t begin = 0; begin <= value.size();) {
        const std::size_t end = std::min(value.find('\n', begin), value.size());
        lines.push_back(value.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

// Broken where one blank stands between two words, which ">" reads as that blank again.
std::vector<std::string_view> folded(std::string_view line, std::size_t width)
{
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    std::size_t lastBlank = std::string_view::npos;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (i - begin > width && lastBlank != std::string_view::npos) {
            parts.push_back(line.substr(begin, lastBlank - begin));
            begin = lastBlank + 1;
            lastBlank = std::string_view::npos;
        }
        if (line[i] == ' ' && line[i - 1] != ' ' && line[i + 1] != ' ')
            lastBlank = i;
    }
    if (line.size() - begin > width && lastBlank != std::string_view::npos) {
        parts.push_back(line.substr(begin, lastBlank - begin));
        begin = lastBlank + 1;
    }
    parts.push_back(line.substr(begin));
    return parts;
}

} // namespace

std::optional<std::string> blockText(const std::string &text, const YamlNode &node, const std::string &value,
                                     const std::string &lineEnd)
{
    const bool ended = value.ends_with('\n');
    const std::string_view content = std::string_view(value).substr(0, value.size() - (ended ? 1 : 0));
    const auto style = styleOf(text, node);
    if (!style || content.empty() || content.front() == '\n' || content.back() == '\n')
        return std::nullopt;
    std::string written = style->kind + std::string(ended ? "" : "-") + style->comment;
    bool first = true;
    for (const std::string_view line : split(content)) {
        if (!isPrintableLine(line))
            return std::nullopt;
        if (style->kind == '>' && !first && !line.empty())
            written += lineEnd;
        for (const std::string_view part : style->kind == '>' ? folded(line, style->width) : split(line))
            written += lineEnd + (part.empty() ? std::string() : style->indent + std::string(part));
        first = false;
    }
    return written;
}

} // namespace runner::matrix::edit
