#include "dockerfile/reader.h"

#include "dockerfile/argumentline.h"
#include "dockerfile/characters.h"
#include "dockerfile/instructioncheck.h"
#include "dockerfile/jsonform.h"
#include "dockerfile/stagecheck.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace runner::dockerfile {

namespace {

constexpr std::size_t mostArguments = 100000; // in all of a file; each takes some hundred bytes
constexpr std::size_t longestLine = 65535;    // bytes; what BuildKit's line scanner takes

bool isComment(std::string_view line)
{
    line = trimmedLeft(line);
    return !line.empty() && line[0] == '#';
}

bool isStageName(std::string_view name)
{
    return !name.empty() && text::isLower(name[0])
           && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_.") == std::string_view::npos;
}

} // namespace

Reader::Reader(std::string_view text, const std::string &fileName)
    : m_text(text)
    , m_lines(text)
    , m_bodies(text)
    , m_finder(fileName, text)
    , m_problems(PositionFinder(fileName, text))
{
    m_file.fileName = fileName;
}

Dockerfile Reader::read()
{
    checkLineLengths();
    while (const auto line = m_lines.next())
        readLine(*line);
    finish();
    return std::move(m_file);
}

void Reader::checkLineLengths()
{
    LineCursor cursor(m_text);
    while (const auto line = cursor.next()) {
        if (line->end - line->content.begin > longestLine)
            m_problems.error("dockerfile-line-too-long", line->content.begin,
                             "The line is longer than the " + std::to_string(longestLine)
                                 + " bytes that BuildKit reads",
                             "Break it with continuation lines, or move what it holds to a file");
    }
}

void Reader::readLine(const Line &line)
{
    const std::string_view content = trimmedLeft(m_lines.contentOf(line));
    const std::optional<ParserDirective> directive = m_directives.read(content);
    if (directive) {
        readDirective(*directive, line);
    } else if (content.empty()) {
        m_comments.clear();
    } else if (content[0] == '#') {
        readComment(content, line);
    } else {
        m_inHeader = false;
        readInstruction(line);
        m_comments.clear();
    }
}

void Reader::readComment(std::string_view trimmedLine, const Line &line)
{
    const CommentLine comment{trimmedLine.substr(1), line.content.end - trimmedLine.size() + 1};
    if (m_inHeader)
        m_header.push_back(comment);
    if (trimmed(comment.text).empty())
        m_comments.clear();
    else
        m_comments.push_back(comment);
}

void Reader::readDirective(const ParserDirective &directive, const Line &line)
{
    if (directive.repeated) {
        m_problems.error("dockerfile-bad-directive", line.content.begin,
                         "The parser directive " + directive.name + " is given twice", "Keep one of them");
        return;
    }
    if (directive.name != "escape")
        return;
    if (directive.value == "\\" || directive.value == "`")
        m_file.escape = directive.value[0];
    else
        m_problems.error("dockerfile-bad-directive", line.content.begin,
                         "The escape is neither a backslash nor a backtick", "Write # escape=\\ or # escape=`");
}

void Reader::readInstruction(const Line &first)
{
    Line last = first;
    const LogicalLine logical = joinLines(first, last);
    const Command command = splitCommand(logical.text(), m_file.escape);
    Instruction instruction;
    instruction.keyword = command.keyword;
    for (const Piece &flag : command.flags)
        instruction.flags.emplace_back(flag.text);
    instruction.arguments = command.arguments.text;
    instruction.where = m_finder.at(logical.sourceOffset(command.keywordAt));
    readHeredocs(command, logical, instruction, last);
    instruction.range = {logical.sourceOffset(command.keywordAt), last.content.end};
    instruction.range.end = std::max(instruction.range.begin, instruction.range.end);
    instruction.lastLine = last.number;
    dispatch(command, logical, std::move(instruction));
}

// Comments between continued lines are left out, and so are blank lines, which BuildKit only warns of.
LogicalLine Reader::joinLines(const Line &first, Line &last)
{
    LogicalLine logical;
    std::string_view content = trimmedLeft(m_lines.contentOf(first));
    const std::size_t start = first.content.end - content.size();
    bool goesOn = takeContinuation(content, m_file.escape);
    logical.append(content, start);
    bool warned = false;
    while (goesOn) {
        const std::optional<Line> line = m_lines.next();
        if (!line)
            break;
        last = *line;
        content = m_lines.contentOf(*line);
        if (isComment(content))
            continue;
        if (trimmedLeft(content).empty()) {
            if (!std::exchange(warned, true))
                m_problems.warning("dockerfile-empty-continuation", line->content.begin,
                                   "A blank line stands between continued lines; BuildKit will refuse that one day",
                                   "Remove it, or write a comment");
            continue;
        }
        goesOn = takeContinuation(content, m_file.escape);
        logical.append(content, line->content.begin);
    }
    return logical;
}

bool Reader::mayHoldHeredocs(const Command &command) const
{
    const Command inner = command.keyword == "ONBUILD" ? splitCommand(command.arguments.text, m_file.escape) : command;
    const KeywordRule *rule = findKeyword(inner.keyword);
    return rule != nullptr && rule->takesHeredocs && readJsonForm(inner.arguments.text).form == JsonForm::None;
}

void Reader::readHeredocs(const Command &command, const LogicalLine &logical, Instruction &instruction, Line &last)
{
    if (logical.text().find("<<") == std::string_view::npos || !mayHoldHeredocs(command))
        return;
    for (Heredoc &heredoc : announcedHeredocs(logical.text())) {
        const std::optional<Line> closing = m_bodies.read(heredoc, m_lines);
        if (closing) {
            last = *closing;
            instruction.heredocs.push_back(std::move(heredoc));
            continue;
        }
        m_problems.error("dockerfile-unclosed-heredoc", logical.sourceOffset(logical.text().find("<<")),
                         "The heredoc \"" + heredoc.name.substr(0, 80) + "\" is not closed",
                         "Add a line that holds nothing but its name");
        last = m_bodies.readOpen(heredoc, m_lines).value_or(last);
        instruction.heredocs.push_back(std::move(heredoc));
        return;
    }
}

void Reader::dispatch(const Command &command, const LogicalLine &logical, Instruction instruction)
{
    const KeywordRule *rule = findKeyword(command.keyword);
    if (rule == nullptr) {
        m_problems.error("dockerfile-unknown-instruction", instruction.range.begin,
                         "\"" + command.keyword.substr(0, 80) + "\" is no instruction",
                         "Mend the word, or end the line before with \"" + std::string(1, m_file.escape) + "\"");
        return;
    }
    const bool isGlobal = m_file.stages.empty();
    checkInstruction(*rule, command, logical, m_file.escape, isGlobal, m_problems);
    if (command.keyword == "FROM") {
        readFrom(command, logical, std::move(instruction));
    } else if (command.keyword == "ARG") {
        readArg(command, logical, std::move(instruction));
    } else if (!isGlobal) {
        m_file.stages.back().instructions.push_back(std::move(instruction));
    } else if (!std::exchange(m_missesStage, true)) {
        m_problems.error("dockerfile-no-stage", instruction.range.begin,
                         command.keyword + " stands before the first FROM, where only ARG may", "Move it below a FROM");
    }
}

void Reader::readFrom(const Command &command, const LogicalLine &logical, Instruction instruction)
{
    const std::vector<Piece> words = splitAtBlanks(command.arguments);
    const bool named = words.size() > 1 && uppered(words[1].text) == "AS";
    Stage stage;
    stage.base = words.empty() ? "" : words[0].text;
    stage.name = named && words.size() > 2 ? lowered(words[2].text) : "";
    stage.platformFlag = flagValue(instruction.flags, "platform", m_file.escape);
    stage.where = instruction.where;
    const bool wellFormed = words.size() == 1 || (words.size() == 3 && named);
    if (!wellFormed && !words.empty())
        m_problems.error("dockerfile-bad-instruction", logical.sourceOffset(words[1].at),
                         "FROM takes an image alone, or an image, AS and a name",
                         "Write FROM IMAGE or FROM IMAGE AS NAME, and comments on lines of their own");
    else if (named && !isStageName(stage.name))
        m_problems.error("dockerfile-bad-stage-name", logical.sourceOffset(words[2].at),
                         "\"" + std::string(words[2].text.substr(0, 80)) + "\" is no name for a stage",
                         "Begin with a letter, and use letters, digits, \"-\", \"_\" and \".\" only");
    stage.from = std::move(instruction);
    m_file.stages.push_back(std::move(stage));
}

void Reader::readArg(const Command &command, const LogicalLine &logical, Instruction instruction)
{
    std::vector<ArgumentLine> arguments = readArguments(
        {command.arguments, logical, m_comments, m_file.escape, mostArguments - m_argumentCount}, m_finder, m_problems);
    m_argumentCount += arguments.size();
    const bool isGlobal = m_file.stages.empty();
    std::vector<ArgumentLine> &to = isGlobal ? m_file.globalArguments : m_file.stages.back().arguments;
    to.insert(to.end(), std::make_move_iterator(arguments.begin()), std::make_move_iterator(arguments.end()));
    if (!isGlobal)
        m_file.stages.back().instructions.push_back(std::move(instruction));
}

void Reader::finish()
{
    m_file.documented = readHeaderComment(m_header, PositionFinder(m_file.fileName, m_text));
    if (m_file.stages.empty() && !m_missesStage)
        m_problems.error("dockerfile-no-stage", 0, "The file has no FROM", "Add FROM and the image to begin with");
    checkStages(m_file, m_problems);
    m_file.problems = m_problems.take();
}

} // namespace runner::dockerfile
