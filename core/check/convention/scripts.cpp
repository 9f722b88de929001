// Scripts of the shared folder that a RUN calls where it is mounted or was copied to: those that are not there.
#include "check/convention/contextfiles.h"
#include "check/convention/families.h"
#include "check/convention/inheritance.h"
#include "check/convention/runscripts.h"
#include "check/convention/shellscript.h"

#include "dockerfile/command.h"
#include "text/ascii.h"
#include "text/misspelling.h"

#include <algorithm>
#include <set>

namespace runner::check::convention {

namespace {

using dockerfile::Instruction;

constexpr std::size_t mostCopies = 8;                    // of contexts, in one stage
constexpr std::size_t mostScripts = 1000;                // looked for in one file
constexpr std::size_t mostBytes = std::size_t{1} << 26U; // searched in one file, mount by mount

/// A folder of a named context, and where a RUN has it.
struct Mounted
{
    const dockerfile::NamedContext *context;
    std::string source;  ///< Below the context; empty: all of it.
    std::string target;  ///< With "/" at its end.
    bool copied = false; ///< Others may have put files beside.
};

std::string withoutSlashes(std::string_view path)
{
    const std::size_t begin = std::min(path.find_first_not_of("./"), path.size());
    path.remove_prefix(begin);
    return std::string(path.substr(0, path.find_last_not_of('/') + 1));
}

// Nothing for what may be written to, and where a variable says what is mounted.
std::optional<Mounted> readMount(const Subject &subject, const std::string &flag)
{
    constexpr std::string_view mount = "--mount=";
    const std::string plain = dockerfile::unquotedFlag(flag, subject.file.escape);
    if (!plain.starts_with(mount) || plain.find('$') != std::string::npos)
        return std::nullopt;
    Mounted mounted{nullptr, {}, {}, false};
    for (const std::string &field : dockerfile::splitCommaSeparated(std::string_view(plain).substr(mount.size()))) {
        const std::size_t equals = std::min(field.find('='), field.size());
        const std::string key = text::lowered(field.substr(0, equals));
        const std::string value = field.substr(std::min(equals + 1, field.size()));
        if (key == "rw" || key == "readwrite" || (key == "type" && text::lowered(value) != "bind"))
            return std::nullopt;
        if (key == "from")
            mounted.context = subject.file.findContext(value);
        else if (key == "source" || key == "src")
            mounted.source = withoutSlashes(value);
        else if (key == "target" || key == "dst" || key == "destination")
            mounted.target = value.ends_with('/') ? value : value + "/";
    }
    return mounted.context && mounted.target.starts_with('/') && mounted.target.size() > 1 ? std::optional(mounted)
                                                                                           : std::nullopt;
}

// COPY --from=CONTEXT . /FOLDER
std::optional<Mounted> readCopy(const Subject &subject, const Instruction &copy)
{
    const auto words = dockerfile::splitAtBlanks({copy.arguments, 0});
    const auto *context = subject.file.findContext(dockerfile::flagValue(copy.flags, "from", subject.file.escape));
    if (!context || words.size() != 2 || !withoutSlashes(words[0].text).empty() || !words[1].text.starts_with('/')
        || words[1].text.find('$') != std::string_view::npos)
        return std::nullopt;
    const std::string folder = withoutSlashes(words[1].text);
    return folder.empty() ? std::nullopt : std::optional(Mounted{context, {}, "/" + folder + "/", true});
}

// "bash /x.sh", "source /x.sh": the word in front of \a at.
bool isCalled(std::string_view text, std::size_t at)
{
    const std::size_t end = text.substr(0, at).find_last_not_of(" \t\"'") + 1;
    const std::size_t begin = text.substr(0, end).find_last_of(" \t\n;&|(/\"") + 1;
    const std::string_view word = text.substr(begin, end - begin);
    return word == "bash" || word == "sh" || word == "source" || word == ".";
}

bool isPathSign(char c)
{
    return text::isLetterOrDigit(c) || std::string_view("._-+@/").find(c) != std::string_view::npos;
}

class ScriptCheck
{
public:
    ScriptCheck(const Subject &subject, Findings &findings)
        : m_subject(subject)
        , m_findings(findings)
    {
    }

    void run()
    {
        visitStages<std::vector<Mounted>>(m_subject, [this](const dockerfile::Stage &stage, auto &copies) {
            for (const Instruction &instruction : stage.instructions) {
                if (instruction.keyword == "RUN")
                    checkRun(instruction, copies);
                else if (instruction.keyword == "COPY" && copies.size() < mostCopies)
                    addCopy(instruction, copies);
            }
        });
    }

private:
    void addCopy(const Instruction &copy, std::vector<Mounted> &copies)
    {
        if (auto copied = readCopy(m_subject, copy))
            copies.push_back(std::move(*copied));
    }

    void checkRun(const Instruction &run, std::vector<Mounted> mounts)
    {
        for (const std::string &flag : run.flags) {
            if (auto mounted = readMount(m_subject, flag))
                mounts.push_back(std::move(*mounted));
        }
        if (mounts.empty())
            return;
        for (const RunText &part : runTexts(m_subject.file, run)) {
            if (part.kind != RunText::Commands)
                continue;
            const std::string plain = readShell(part.text).plain;
            for (const Mounted &mounted : mounts)
                findPaths(plain, part.begin, mounted);
        }
    }

    void findPaths(const std::string &text, std::size_t begin, const Mounted &mounted)
    {
        const std::string &target = mounted.target;
        m_searched += text.size();
        if (m_searched > mostBytes)
            return;
        for (std::size_t at = text.find(target); at != std::string::npos; at = text.find(target, at + 1)) {
            const bool starts = at > 0 && std::string_view(" \t\n\"'(;<").find(text[at - 1]) != std::string_view::npos;
            if (!starts)
                continue;
            std::size_t end = at + target.size();
            while (end < text.size() && isPathSign(text[end]))
                ++end;
            const bool whole =
                end == text.size() || std::string_view(" \t\r\n\"';&|)>").find(text[end]) != std::string_view::npos;
            if (whole && end > at + target.size() && (!mounted.copied || isCalled(text, at)))
                check(text.substr(at + target.size(), end - at - target.size()), begin + at, mounted);
        }
    }

    void check(const std::string &path, std::size_t at, const Mounted &mounted)
    {
        const std::string &folder = mounted.context->folder;
        const std::string below = mounted.source.empty() ? folder : folder + "/" + mounted.source;
        if (++m_count > mostScripts
            || lookFor(m_subject.workspace.root, m_subject.workspace.root / below, path, m_budget) != Presence::Missing)
            return;
        const auto meant = text::meantName(path, namesBelow(mounted));
        if (mounted.copied && !meant)
            return;
        const std::size_t name = at + mounted.target.size();
        std::optional<Fix> fix;
        if (meant)
            fix = m_subject.fix("Call " + *meant, {name, name + path.size()}, *meant);
        m_findings.push_back(
            {m_subject.problem("convention-missing-script", m_subject.placeOf(name),
                               "'" + path.substr(0, 200) + "' is not in " + below + ", which is "
                                   + (mounted.copied ? "copied to " : "mounted at ")
                                   + mounted.target.substr(0, mounted.target.size() - 1),
                               meant ? "Probably " + *meant + " is meant" : "Add the file there, or correct the path",
                               Severity::Error),
             std::move(fix)});
    }

    // Relative to what is mounted.
    static std::set<std::string> namesBelow(const Mounted &mounted)
    {
        const std::string prefix = mounted.source.empty() ? std::string() : mounted.source + "/";
        std::set<std::string> names;
        for (const dockerfile::ContextFile &file : mounted.context->files) {
            if (file.path.starts_with(prefix))
                names.insert(file.path.substr(prefix.size()));
        }
        return names;
    }

    const Subject &m_subject;
    Findings &m_findings;
    std::size_t m_count = 0;
    std::size_t m_searched = 0;
    std::size_t m_budget = 50000; // entries of folders, for all of the file
};

} // namespace

void checkScripts(const Subject &subject, Findings &findings)
{
    ScriptCheck(subject, findings).run();
}

} // namespace runner::check::convention
