#include "dockerfile/instructioncheck.h"

#include "dockerfile/characters.h"
#include "dockerfile/expander.h"
#include "dockerfile/heredocs.h"
#include "dockerfile/jsonform.h"

#include <algorithm>
#include <limits>
#include <set>
#include <string>

namespace runner::dockerfile {

namespace {

class InstructionCheck
{
public:
    InstructionCheck(const KeywordRule &rule, const Command &command, const LogicalLine &line, char escape,
                     bool isGlobal, ProblemList &problems)
        : m_rule(rule)
        , m_command(command)
        , m_line(line)
        , m_escape(escape)
        , m_isGlobal(isGlobal)
        , m_problems(problems)
    {
        if (rule.takesJson)
            m_json = readJsonForm(command.arguments.text);
    }

    void run();

private:
    void checkFlags();
    void checkFlag(const Piece &flag);
    void checkFlagValue(const Piece &flag, const FlagRule &rule, const std::string &plain, std::size_t equals);
    void checkCount();
    void checkForm();
    void checkHealth();
    void checkOnBuild();
    void checkAssignments();
    void checkWords();
    void checkWord(const Piece &word);

    void badFlag(const Piece &flag, const std::string &message, const std::string &advice);
    void bad(std::size_t at, const std::string &message, const std::string &advice);
    std::string keyword() const { return std::string(m_rule.keyword); }

    const KeywordRule &m_rule;
    const Command &m_command;
    const LogicalLine &m_line;
    char m_escape;
    bool m_isGlobal;
    ProblemList &m_problems;
    JsonArguments m_json;
    std::set<std::string, std::less<>> m_seenFlags;
};

void InstructionCheck::run()
{
    checkFlags();
    checkCount();
    checkForm();
    checkWords();
}

void InstructionCheck::checkFlags()
{
    if (m_rule.ignoresFlags)
        return;
    for (const Piece &flag : m_command.flags)
        checkFlag(flag);
}

void InstructionCheck::checkFlag(const Piece &flag)
{
    const std::string plain = unquotedFlag(flag.text, m_escape);
    const std::size_t equals = plain.find('=');
    const std::string name = plain.substr(2, equals == std::string::npos ? equals : equals - 2);
    const auto found = std::find_if(m_rule.flags.begin(), m_rule.flags.end(),
                                    [&](const FlagRule &known) { return known.name == name; });
    if (found == m_rule.flags.end())
        badFlag(flag, keyword() + " knows no flag --" + name, "Remove it or mend its name");
    else if (!m_seenFlags.insert(name).second && found->kind != FlagKind::Values)
        badFlag(flag, "The flag --" + name + " is given twice", "Keep one of them");
    else
        checkFlagValue(flag, *found, plain, equals);
}

void InstructionCheck::checkFlagValue(const Piece &flag, const FlagRule &rule, const std::string &plain,
                                      std::size_t equals)
{
    const std::string name(rule.name);
    if (rule.kind != FlagKind::Switch) {
        if (equals == std::string::npos)
            badFlag(flag, "The flag --" + name + " needs a value", "Write --" + name + "=VALUE");
        return;
    }
    const std::string value = equals == std::string::npos ? "true" : lowered(plain.substr(equals + 1));
    if (value != "true" && value != "false")
        badFlag(flag, "The flag --" + name + " is either true or false",
                "Write --" + name + " or --" + name + "=false");
}

void InstructionCheck::checkCount()
{
    std::size_t count = m_command.arguments.text.empty() ? 0 : 1;
    if (m_json.form != JsonForm::None)
        count = m_json.count;
    else if (m_rule.fewest > 1)
        count = splitAtBlanks(m_command.arguments).size();
    if (count >= m_rule.fewest)
        return;
    const std::string least = m_rule.fewest == 1 ? "an argument" : "a source and a destination";
    bad(m_command.keywordAt, keyword() + " needs " + least, "Complete the line, or remove it");
}

void InstructionCheck::checkForm()
{
    if (m_json.form == JsonForm::Mixed) {
        bad(m_command.arguments.at, "The JSON form of " + keyword() + " takes strings only",
            "Put double quotes around each member");
    }
    if (m_command.arguments.text.empty())
        return;
    if (m_rule.keyword == "SHELL" && m_json.form == JsonForm::None)
        bad(m_command.arguments.at, "SHELL takes its arguments in the JSON form only",
            R"(Write SHELL ["/bin/bash", "-c"])");
    if (m_rule.keyword == "HEALTHCHECK")
        checkHealth();
    if (m_rule.keyword == "ONBUILD")
        checkOnBuild();
    if (m_rule.expansion == Expansion::Assignments)
        checkAssignments();
}

void InstructionCheck::checkHealth()
{
    const std::string_view text = m_command.arguments.text;
    const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
    const std::string kind = uppered(text.substr(0, end));
    const bool hasMore = !trimmed(text.substr(end)).empty();
    if (kind != "CMD" && kind != "NONE")
        bad(m_command.arguments.at, "HEALTHCHECK takes CMD or NONE", "Write HEALTHCHECK CMD and the command");
    else if (hasMore != (kind == "CMD"))
        bad(m_command.arguments.at,
            kind == "CMD" ? "HEALTHCHECK CMD needs a command" : "HEALTHCHECK NONE takes nothing more",
            "Complete the line, or use the other form");
}

void InstructionCheck::checkOnBuild()
{
    Command trigger = splitCommand(m_command.arguments.text, m_escape);
    const KeywordRule *rule = findKeyword(trigger.keyword);
    if (trigger.keyword == "ONBUILD" || trigger.keyword == "FROM" || trigger.keyword == "MAINTAINER") {
        bad(m_command.arguments.at, trigger.keyword + " cannot be an ONBUILD trigger", "Use another instruction");
        return;
    }
    if (rule == nullptr) {
        m_problems.error("dockerfile-unknown-instruction", m_line.sourceOffset(m_command.arguments.at),
                         "\"" + trigger.keyword + "\" is no instruction", "Mend the word after ONBUILD");
        return;
    }
    const std::size_t offset = m_command.arguments.at;
    trigger.keywordAt += offset;
    trigger.arguments.at += offset;
    for (Piece &flag : trigger.flags)
        flag.at += offset;
    InstructionCheck(*rule, trigger, m_line, m_escape, m_isGlobal, m_problems).run();
}

// The older form NAME VALUE stands for one pair; otherwise every word needs its "=".
void InstructionCheck::checkAssignments()
{
    const std::vector<Piece> words = splitWords(m_command.arguments, m_escape);
    if (words.empty())
        return;
    if (words.front().text.find('=') == std::string_view::npos) {
        if (splitAtBlanks(m_command.arguments).size() < 2)
            bad(words.front().at, keyword() + " needs a name and a value", "Write " + keyword() + " NAME=VALUE");
        return;
    }
    for (const Piece &word : words) {
        const std::size_t equals = word.text.find('=');
        if (equals == std::string_view::npos)
            bad(word.at, "\"" + std::string(word.text.substr(0, 80)) + "\" has no \"=\"",
                "Write NAME=VALUE, with quotes around a value that holds blanks");
        else if (equals == 0)
            bad(word.at, "A name is missing before \"=\"", "Write NAME=VALUE");
    }
}

void InstructionCheck::checkWords()
{
    if (m_json.form != JsonForm::None)
        return;
    switch (m_rule.expansion) {
    case Expansion::None:
        break;
    case Expansion::Whole:
        checkWord(m_command.arguments);
        break;
    case Expansion::AtBlanks:
        for (const Piece &word : splitAtBlanks(m_command.arguments)) {
            if (!m_rule.takesHeredocs || !isHeredocWord(word.text))
                checkWord(word);
        }
        break;
    case Expansion::Assignments:
    case Expansion::Arguments:
        for (const Piece &word : splitWords(m_command.arguments, m_escape)) {
            if (m_rule.expansion == Expansion::Arguments && word.text[0] == '#')
                break; // a misplaced comment, told already
            checkWord(word);
        }
        break;
    }
}

void InstructionCheck::checkWord(const Piece &word)
{
    ExpansionOptions options;
    options.escape = m_escape;
    options.ignoreRequired = true;
    options.limit = std::numeric_limits<std::size_t>::max() / 2;
    WorkBudget budget{std::numeric_limits<std::size_t>::max()};
    const Lookup nothing;
    Expander expander(word.text, options, nothing, budget);
    if (expander.run())
        return;
    const ExpansionFailure &what = expander.failure();
    const bool quote = what.id == "expansion-unclosed" && word.text[what.offset] != '$';
    if (!quote && m_isGlobal)
        return;
    m_problems.error(quote ? "dockerfile-unclosed-quote" : "dockerfile-bad-substitution",
                     m_line.sourceOffset(word.at + what.offset), what.message, what.advice);
}

void InstructionCheck::badFlag(const Piece &flag, const std::string &message, const std::string &advice)
{
    m_problems.error("dockerfile-bad-flag", m_line.sourceOffset(flag.at), message, advice);
}

void InstructionCheck::bad(std::size_t at, const std::string &message, const std::string &advice)
{
    m_problems.error("dockerfile-bad-instruction", m_line.sourceOffset(at), message, advice);
}

} // namespace

void checkInstruction(const KeywordRule &rule, const Command &command, const LogicalLine &line, char escape,
                      bool isGlobal, ProblemList &problems)
{
    InstructionCheck(rule, command, line, escape, isGlobal, problems).run();
}

} // namespace runner::dockerfile
