// The header comment: it says of each argument what it is for and whether a build needs it, and of nothing else.
#include "check/convention/families.h"
#include "check/convention/headerlines.h"

#include "dockerfile/characters.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace runner::check::convention {

namespace {

using dockerfile::ArgumentLine;
using dockerfile::DocumentedArgument;
using dockerfile::Need;

// What may stand between two needs of one entry.
bool isJoint(std::string_view text)
{
    const std::string_view word = dockerfile::trimmed(text);
    return word.empty() || word == "or" || word == "and" || word.find_first_not_of("/|,;&+") == std::string_view::npos;
}

bool endsWord(std::string_view rest)
{
    return rest.empty() || !dockerfile::isNameCharacter(static_cast<unsigned char>(rest.front()));
}

class HeaderCheck
{
public:
    HeaderCheck(const Subject &subject, Findings &findings)
        : m_subject(subject)
        , m_findings(findings)
        , m_file(subject.file)
    {
        for (const DocumentedArgument &entry : m_file.documented)
            m_entries.try_emplace(entry.name, &entry);
        for (const ArgumentLine &line : m_file.globalArguments)
            m_globals.try_emplace(line.name, &line);
        collectFirstWords();
        collectWords();
    }

    void run()
    {
        if (m_subject.headerEnd == 0) {
            add("convention-no-header", m_subject.placeOf(0),
                "The file does not begin with a comment that describes it",
                "Describe the steps and every argument in a comment at the top");
            return;
        }
        for (const ArgumentLine &line : m_file.globalArguments) {
            if (m_globals.at(line.name) == &line)
                checkDeclared(line);
            if (const auto entry = m_entries.find(line.name); entry != m_entries.end())
                m_previous = entry->second;
        }
        for (const DocumentedArgument &entry : m_file.documented)
            checkEntry(entry);
    }

private:
    void add(const char *id, const Location &where, std::string message, std::string advice,
             std::optional<Fix> fix = {})
    {
        m_findings.push_back({m_subject.problem(id, where, std::move(message), std::move(advice)), std::move(fix)});
    }

    bool isUsed(const std::string &name) const { return m_subject.used.contains(name); }

    void checkDeclared(const ArgumentLine &line);
    void checkUndocumented(const ArgumentLine &line);
    void checkEntry(const DocumentedArgument &entry);
    void checkNeed(const DocumentedArgument &entry, const ArgumentLine &line);
    void checkOneNeed(const DocumentedArgument &entry);
    bool isDeclaredInStage(const std::string &name) const;
    void collectFirstWords();
    void collectWords();
    int lineWithoutNeed(const std::string &name) const;
    std::optional<Fix> fixUndocumented(const ArgumentLine &line) const;

    const Subject &m_subject;
    Findings &m_findings;
    const dockerfile::Dockerfile &m_file;
    std::map<std::string_view, const DocumentedArgument *> m_entries;
    std::map<std::string_view, const ArgumentLine *> m_globals;
    const DocumentedArgument *m_previous = nullptr; // of the last argument in front that has an entry
    std::map<std::string_view, int> m_firstWords;   // of header lines, and where
    std::set<std::string_view> m_words;             // below the header
};

void HeaderCheck::checkDeclared(const ArgumentLine &line)
{
    if (dockerfile::isPredefinedArgument(line.name))
        return;
    const auto entry = m_entries.find(line.name);
    if (entry == m_entries.end())
        checkUndocumented(line);
    if (isUsed(line.name) || m_subject.naming.contains(line.name) || !m_subject.hasTarget())
        return;
    if (entry != m_entries.end() && entry->second->need == Need::Placeholder)
        return;
    std::optional<Fix> fix;
    if (entry != m_entries.end())
        fix = m_subject.fix("Say PLACEHOLDER", {replaceNeed(m_subject, *entry->second, Need::Placeholder)});
    add("convention-unused-argument", line.where,
        "No stage on the way to a target uses " + line.name + ", and the header does not call it a PLACEHOLDER",
        "Say PLACEHOLDER in the header, or remove the argument", std::move(fix));
}

void HeaderCheck::checkUndocumented(const ArgumentLine &line)
{
    if (const int number = lineWithoutNeed(line.name); number > 0) {
        add("convention-need-missing", m_subject.placeOf(m_subject.lineStart(number)),
            "The header does not say whether " + line.name + " is REQUIRED, OPTIONAL or a PLACEHOLDER",
            "Put one of the three words behind the name");
        return;
    }
    add("convention-undocumented-argument", line.where, "The header does not describe " + line.name,
        "Add a line '" + line.name + " REQUIRED|OPTIONAL|PLACEHOLDER what it is for' to it", fixUndocumented(line));
}

// The first word of each header line that is no entry. The comment right above an ARG begins with a name as well, so
// lines count up to the first one that is blank behind the entries.
void HeaderCheck::collectFirstWords()
{
    const int end =
        m_file.globalArguments.empty() ? m_subject.headerEnd : m_file.globalArguments.front().where.line - 2;
    for (int number = 1; number <= std::min(end, m_subject.headerEnd); ++number) {
        std::string_view text = dockerfile::trimmed(m_subject.line(number));
        text.remove_prefix(std::min<std::size_t>(text.size(), 1));
        text = dockerfile::trimmed(text);
        if (text.starts_with("- ") || text.starts_with("* "))
            text = dockerfile::trimmedLeft(text.substr(2));
        m_firstWords.try_emplace(text.substr(0, text.find_first_of(" \t:=")), number);
    }
}

int HeaderCheck::lineWithoutNeed(const std::string &name) const
{
    const auto found = m_firstWords.find(name);
    return found == m_firstWords.end() ? 0 : found->second;
}

// What it is for stands above the ARG, and the convention says which need follows from a default.
std::optional<Fix> HeaderCheck::fixUndocumented(const ArgumentLine &line) const
{
    if (line.description.empty() || m_previous == nullptr)
        return std::nullopt;
    Need need = line.defaultText ? Need::Required : Need::Optional;
    if (!isUsed(line.name) && !m_subject.naming.contains(line.name))
        need = Need::Placeholder;
    return m_subject.fix("Describe it in the header",
                         {insertEntry(m_subject, *m_previous, line.name, need, line.description + ".")});
}

void HeaderCheck::checkEntry(const DocumentedArgument &entry)
{
    if (m_entries.at(entry.name) != &entry) {
        add("convention-described-twice", entry.where, "The header describes " + entry.name + " twice",
            "Keep one of the two");
        return;
    }
    checkOneNeed(entry);
    const auto global = m_globals.find(entry.name);
    if (global != m_globals.end()) {
        checkNeed(entry, *global->second);
    } else if (!isDeclaredInStage(entry.name)) {
        std::optional<Fix> fix;
        if (!m_words.contains(entry.name))
            fix = m_subject.fix("Remove the description", {removeEntry(m_subject, entry)});
        add("convention-no-such-argument", entry.where,
            "The header describes " + entry.name + ", which no ARG declares",
            "Correct the name, add the ARG, or remove the description", std::move(fix));
    }
}

void HeaderCheck::checkNeed(const DocumentedArgument &entry, const ArgumentLine &line)
{
    if (entry.need != Need::Placeholder || !isUsed(entry.name))
        return;
    const Need need = line.defaultText ? Need::Required : Need::Optional;
    add("convention-placeholder-used", entry.where,
        "The header calls " + entry.name + " a PLACEHOLDER, but a stage uses it",
        "Say REQUIRED, or OPTIONAL where it may be empty",
        m_subject.fix("Say " + needWord(need), {replaceNeed(m_subject, entry, need)}));
}

// "REQUIRED OPTIONAL", "REQUIRED/OPTIONAL", "REQUIRED or OPTIONAL".
void HeaderCheck::checkOneNeed(const DocumentedArgument &entry)
{
    constexpr std::size_t longestJoint = 4;
    const std::string_view text = entry.description;
    for (const Need need : {Need::Required, Need::Optional, Need::Placeholder}) {
        const std::string word = needWord(need);
        const std::size_t at = text.find(word);
        if (at > longestJoint || !isJoint(text.substr(0, at)) || !endsWord(text.substr(at + word.size())))
            continue;
        add("convention-need-twice", entry.where,
            "The header calls " + entry.name + " both " + needWord(entry.need) + " and " + word, "Keep one of the two");
        return;
    }
}

bool HeaderCheck::isDeclaredInStage(const std::string &name) const
{
    return std::any_of(m_file.stages.begin(), m_file.stages.end(), [&](const dockerfile::Stage &stage) {
        return std::any_of(stage.arguments.begin(), stage.arguments.end(),
                           [&](const ArgumentLine &line) { return line.name == name; });
    });
}

// Words below the header that may be names.
void HeaderCheck::collectWords()
{
    const std::string_view text = m_file.text;
    const auto isPart = [&](std::size_t at) {
        const auto c = static_cast<unsigned char>(text[at]);
        return c < 0x80U && dockerfile::isNameCharacter(c);
    };
    for (std::size_t at = m_subject.lineStart(m_subject.headerEnd + 1); at < text.size(); ++at) {
        const std::size_t begin = at;
        while (at < text.size() && isPart(at))
            ++at;
        if (at > begin)
            m_words.insert(text.substr(begin, at - begin));
    }
}

} // namespace

void checkHeader(const Subject &subject, Findings &findings)
{
    HeaderCheck(subject, findings).run();
}

} // namespace runner::check::convention
