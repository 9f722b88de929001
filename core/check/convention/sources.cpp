// COPY, ADD and RUN --mount: files that they take from the build context, or from a named one.
#include "check/convention/contextfiles.h"
#include "check/convention/families.h"

#include "dockerfile/characters.h"
#include "dockerfile/command.h"
#include "dockerfile/expansion.h"
#include "dockerfile/heredocs.h"
#include "dockerfile/jsonform.h"
#include "text/ascii.h"
#include "workspace/contexts.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

namespace runner::check::convention {

namespace {

using dockerfile::Instruction;

constexpr std::size_t mostSources = 1000; // looked for in one file

struct Source
{
    const Instruction *instruction;
    std::string path; ///< As written, without quotes where it came out of JSON.
    std::string from; ///< A named context; empty: the build context.
    std::size_t at;   ///< Offset of the path in the text; of the instruction where it is not found.
};

// Where the word stands between two offsets, comments between continued lines left out.
std::optional<std::size_t> findWord(std::string_view text, text::ByteRange range, std::string_view word)
{
    const auto isOneOf = [&](std::string_view signs, std::size_t at) {
        return signs.find(text[at]) != std::string_view::npos;
    };
    const auto isCommented = [&](std::size_t at) {
        const std::size_t feed =
            text.substr(range.begin, at - range.begin).rfind('\n'); // where it begins is no comment
        return feed != std::string_view::npos
               && text[std::min(text.find_first_not_of(" \t", range.begin + feed + 1), text.size() - 1)] == '#';
    };
    text = text.substr(0, range.end);
    for (std::size_t at = text.find(word, range.begin); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        const bool begins = at > 0 && isOneOf(" \t\r\n\"[,", at - 1);
        if (begins && (end == text.size() || isOneOf(" \t\r\n\"],", end)) && !isCommented(at))
            return at;
    }
    return std::nullopt;
}

bool isRemote(std::string_view path)
{
    static constexpr std::array<std::string_view, 5> schemes{"http://", "https://", "git://", "ssh://", "git@"};
    return std::any_of(schemes.begin(), schemes.end(),
                       [&](std::string_view scheme) { return path.starts_with(scheme); });
}

std::vector<std::string> pathsOf(const Instruction &instruction)
{
    std::vector<std::string> paths;
    if (auto json = dockerfile::readJsonStrings(instruction.arguments)) {
        paths = std::move(*json);
    } else {
        for (const dockerfile::Piece &word : dockerfile::splitAtBlanks({instruction.arguments, 0}))
            paths.emplace_back(word.text);
    }
    if (!paths.empty())
        paths.pop_back(); // the destination
    return paths;
}

class SourceCheck
{
public:
    SourceCheck(const Subject &subject, Findings &findings)
        : m_subject(subject)
        , m_findings(findings)
    {
    }

    void run()
    {
        for (const dockerfile::Stage &stage : m_subject.file.stages) {
            for (const Instruction &instruction : stage.instructions)
                collect(instruction);
        }
        for (const Source &source : m_sources)
            check(source);
    }

private:
    void collect(const Instruction &instruction)
    {
        if (instruction.keyword == "RUN") {
            std::size_t begin = instruction.range.begin;
            for (const std::string &flag : instruction.flags)
                begin = collectMount(instruction, flag, begin);
            return;
        }
        if (instruction.keyword != "COPY" && instruction.keyword != "ADD")
            return;
        const std::string from = dockerfile::flagValue(instruction.flags, "from", m_subject.file.escape);
        std::size_t begin = instruction.range.begin;
        for (std::string &path : pathsOf(instruction)) {
            const auto found = findWord(m_subject.file.text, {begin, instruction.range.end}, path);
            begin = found ? *found + path.size() : begin;
            const bool local = !dockerfile::isHeredocWord(path) && !(instruction.keyword == "ADD" && isRemote(path));
            if (local)
                add({&instruction, std::move(path), from, found.value_or(instruction.range.begin)});
        }
    }

    // Looks for the flag from \a begin on; gives where it ends.
    std::size_t collectMount(const Instruction &instruction, const std::string &flag, std::size_t begin)
    {
        constexpr std::string_view mount = "--mount=";
        const std::string plain = dockerfile::unquotedFlag(flag, m_subject.file.escape);
        if (!plain.starts_with(mount))
            return begin;
        const auto found = findWord(m_subject.file.text, {begin, instruction.range.end}, flag);
        Source source{&instruction, ".", {}, found.value_or(instruction.range.begin)};
        bool bind = true;
        for (const std::string &field : dockerfile::splitCommaSeparated(std::string_view(plain).substr(mount.size()))) {
            const std::size_t equals = std::min(field.find('='), field.size());
            const std::string key = text::lowered(field.substr(0, equals));
            const std::string value = field.substr(std::min(equals + 1, field.size()));
            if (key == "type")
                bind = text::lowered(value) == "bind";
            else if (key == "from")
                source.from = value;
            else if (key == "source" || key == "src") {
                source.path = value;
                const std::size_t inFlag = flag.find(field);
                if (found && inFlag != std::string::npos)
                    source.at = *found + inFlag + equals + 1;
            }
        }
        if (bind)
            add(std::move(source));
        return found ? *found + flag.size() : begin;
    }

    // A context counts before a stage of the same name, as in BuildKit. Images are not looked into.
    void add(Source source)
    {
        const bool known = source.from.empty() || m_subject.file.findContext(source.from) != nullptr;
        const bool isCommon = source.from == workspace::commonContext && m_subject.file.findStage(source.from) < 0;
        if ((known || isCommon) && m_sources.size() < mostSources)
            m_sources.push_back(std::move(source));
    }

    void check(const Source &source)
    {
        std::set<std::string> seen;
        for (const dockerfile::Evaluation &evaluation : m_subject.evaluations) {
            const std::optional<std::string> path = expanded(source, evaluation);
            if (path && seen.insert(*path).second)
                look(source, *path);
        }
    }

    // Nothing where the value of a variable is only known to the build.
    std::optional<std::string> expanded(const Source &source, const dockerfile::Evaluation &evaluation) const
    {
        bool known = true;
        const auto lookup = [&](std::string_view name) -> std::optional<std::string> {
            if (const auto found = evaluation.predefined.find(name); found != evaluation.predefined.end())
                return found->second;
            const dockerfile::EvaluatedArgument *argument = evaluation.find(name);
            known = known && argument && argument->value;
            return argument ? argument->value : std::nullopt;
        };
        const auto result = dockerfile::expandWord(source.path, m_subject.file.escape, lookup);
        return result && known && !result->text.empty() ? std::optional(result->text) : std::nullopt;
    }

    std::string folderOf(const Source &source) const
    {
        if (source.from.empty())
            return std::filesystem::path(m_subject.file.fileName).parent_path().string();
        const dockerfile::NamedContext *context = m_subject.file.findContext(source.from);
        return context ? context->folder : workspace::commonFolder;
    }

    void look(const Source &source, const std::string &path)
    {
        constexpr std::size_t shownBytes = 200;
        const std::string folder = folderOf(source);
        if (lookFor(m_subject.workspace.root, m_subject.workspace.root / folder, path, m_budget) != Presence::Missing)
            return;
        const std::string keyword = source.instruction->keyword;
        const bool pattern = isPattern(path); // BuildKit takes one that matches nothing
        if (path == "." || path == "/")
            add(source, "There is no folder " + folder + ", which " + keyword + " takes",
                "Add the folder, or correct the context's name", Severity::Error);
        else
            add(source,
                "'" + path.substr(0, shownBytes) + "' " + (pattern ? "matches nothing in " : "is not in ") + folder
                    + ", from which " + keyword + " takes it",
                "Add the file there, or correct the path", pattern ? Severity::Warning : Severity::Error);
    }

    void add(const Source &source, std::string message, std::string advice, Severity severity)
    {
        m_findings.push_back({m_subject.problem("convention-missing-source", m_subject.placeOf(source.at),
                                                std::move(message), std::move(advice), severity),
                              std::nullopt});
    }

    const Subject &m_subject;
    Findings &m_findings;
    std::vector<Source> m_sources;
    std::size_t m_budget = 50000; // entries of folders, for all patterns of the file
};

} // namespace

void checkSources(const Subject &subject, Findings &findings)
{
    SourceCheck(subject, findings).run();
}

} // namespace runner::check::convention
