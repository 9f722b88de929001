// A stage sees a global ARG only where it, or a stage that it builds on, declares it again: elsewhere it is blank.
#include "check/convention/families.h"
#include "check/convention/runscripts.h"
#include "check/convention/shellscript.h"

#include "dockerfile/command.h"
#include "dockerfile/keywords.h"
#include "dockerfile/stages.h"
#include "expand/plan.h"
#include "text/ascii.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace runner::check::convention {

namespace {

using dockerfile::Instruction;
using dockerfile::KeywordRule;
using dockerfile::Stage;

// Stages times arguments: what keeps a file made for it from costing much.
constexpr std::size_t mostCells = std::size_t{1} << 20U;
constexpr std::size_t mostTold = 1000;

// Shells have a value for these by themselves.
bool isShellsOwn(std::string_view name)
{
    static const std::set<std::string, std::less<>> names{"EUID",   "HOME",     "HOSTNAME", "HOSTTYPE", "LINENO",
                                                          "OSTYPE", "MACHTYPE", "PATH",     "PPID",     "PWD",
                                                          "RANDOM", "SECONDS",  "SHELL",    "UID"};
    return names.contains(name);
}

// Something that an instruction does with a global argument.
struct Event
{
    enum Kind { Use, Argument, Environment } kind;
    std::size_t argument; // index of the name
    std::size_t at;       // in the text
};

using Events = std::vector<Event>;

class StageArgumentCheck
{
public:
    StageArgumentCheck(const Subject &subject, Findings &findings)
        : m_subject(subject)
        , m_findings(findings)
        , m_usual(shellsAreUsual(subject.file))
    {
        for (const dockerfile::ArgumentLine &line : subject.file.globalArguments) {
            if (!dockerfile::isPredefinedArgument(line.name) && !isShellsOwn(line.name))
                m_index.emplace(line.name, m_index.size());
        }
    }

    void run()
    {
        if (m_index.empty() || m_index.size() * m_subject.file.stages.size() > mostCells)
            return;
        collect();
        std::set<std::vector<std::string>> known;
        for (const dockerfile::Evaluation &evaluation : m_subject.evaluations) {
            const dockerfile::StageGraph graph(m_subject.file, evaluation);
            std::vector<std::string> names;
            for (std::size_t i = 0; i < m_events.size(); ++i)
                names.push_back(graph.baseNameOf(static_cast<int>(i)));
            if (known.insert(std::move(names)).second)
                walk(graph);
        }
        std::size_t told = 0;
        for (const auto &[place, event] : m_found) {
            if (told++ < mostTold)
                tell(place.first, event);
        }
    }

private:
    void collect()
    {
        for (const Stage &stage : m_subject.file.stages) {
            Events events;
            Events triggers;
            for (const Instruction &instruction : stage.instructions) {
                addEvents(instruction, events);
                if (const auto trigger = dockerfile::onBuildTrigger(instruction, m_subject.file.escape))
                    addDeclarations(*trigger, triggers);
            }
            m_events.push_back(std::move(events));
            m_triggers.push_back(std::move(triggers));
        }
    }

    void addEvents(const Instruction &instruction, Events &events)
    {
        if (instruction.keyword == "RUN")
            addRun(instruction, events);
        else
            addWords(instruction, events);
        addDeclarations(instruction, events);
    }

    void addUse(const VariableUse &use, std::size_t begin, Events &events)
    {
        if (const auto found = m_index.find(use.name); found != m_index.end() && !use.guarded)
            events.push_back({Event::Use, found->second, begin + use.at});
    }

    void addWords(const Instruction &instruction, Events &events)
    {
        const KeywordRule *rule = dockerfile::findKeyword(instruction.keyword);
        if (rule == nullptr || rule->expansion == dockerfile::Expansion::None)
            return;
        for (const VariableUse &use : usesInWords(headText(m_subject.file, instruction), m_subject.file.escape))
            addUse(use, instruction.range.begin, events);
        for (const dockerfile::Heredoc &heredoc : instruction.heredocs) {
            if (!heredoc.expands)
                continue;
            for (const VariableUse &use : usesInHeredoc(heredoc.body))
                addUse(use, heredoc.bodyRange.begin, events);
        }
    }

    // A name that some command gives a value is the script's own.
    void addRun(const Instruction &run, Events &events)
    {
        if (!m_usual)
            return;
        std::vector<std::pair<VariableUse, std::size_t>> uses;
        std::set<std::string, std::less<>> assigned;
        std::size_t unknownFrom = std::string::npos;
        for (const RunText &part : runTexts(m_subject.file, run)) {
            ShellScript script;
            if (part.kind == RunText::Commands)
                script = readShell(part.text);
            else
                script.uses = usesInHeredoc(part.text);
            for (VariableUse &use : script.uses)
                uses.emplace_back(std::move(use), part.begin);
            assigned.merge(script.assigned);
            if (script.unknownFrom != std::string::npos)
                unknownFrom = std::min(unknownFrom, part.begin + script.unknownFrom);
        }
        for (const auto &[use, begin] : uses) {
            if (!assigned.contains(use.name) && begin + use.at < unknownFrom)
                addUse(use, begin, events);
        }
    }

    void addDeclarations(const Instruction &instruction, Events &events)
    {
        const bool argument = instruction.keyword == "ARG";
        if (!argument && instruction.keyword != "ENV")
            return;
        const std::string_view text = instruction.arguments;
        const std::size_t firstEnd = std::min(text.find_first_of(" \t="), text.size());
        const bool older = !argument && firstEnd < text.size() && text[firstEnd] != '='; // ENV NAME VALUE
        for (const dockerfile::Piece &word : dockerfile::splitWords({text, 0}, m_subject.file.escape)) {
            const auto found = m_index.find(word.text.substr(0, word.text.find('=')));
            if (found != m_index.end())
                events.push_back(
                    {argument ? Event::Argument : Event::Environment, found->second, instruction.range.begin});
            if (older)
                break;
        }
    }

    void walk(const dockerfile::StageGraph &graph)
    {
        findRoots(graph);
        std::vector<std::vector<bool>> declared;
        for (std::size_t i = 0; i < m_events.size(); ++i) {
            const int base = graph.baseOf(static_cast<int>(i));
            if (base < 0) {
                declared.push_back(ofImage(i, graph.baseNameOf(static_cast<int>(i))));
            } else {
                declared.push_back(declared[static_cast<std::size_t>(base)]);
                for (const Event &event : m_triggers[static_cast<std::size_t>(base)])
                    declared.back()[event.argument] = true;
            }
            for (const Event &event : m_events[i]) {
                if (event.kind != Event::Use)
                    declared.back()[event.argument] = true;
                else if (!declared.back()[event.argument])
                    m_found.emplace(std::pair(i, event.argument), event);
            }
        }
    }

    // The stage on an image that each stage goes back to, and the roots whose stages set a name with ENV.
    void findRoots(const dockerfile::StageGraph &graph)
    {
        std::vector<std::size_t> roots;
        m_setBy.assign(m_index.size(), {});
        for (std::size_t i = 0; i < m_events.size(); ++i) {
            const int base = graph.baseOf(static_cast<int>(i));
            roots.push_back(base < 0 ? i : roots[static_cast<std::size_t>(base)]);
            for (const Event &event : m_events[i]) {
                if (event.kind == Event::Environment)
                    m_setBy[event.argument].insert(roots.back());
            }
        }
    }

    // What an image may have in its environment: what other stages of the file set, of which it may be made, and the
    // version of the software that it is called after, as "nvidia/cuda" has CUDA_VERSION.
    std::vector<bool> ofImage(std::size_t root, const std::string &image) const
    {
        std::vector<bool> declared(m_index.size(), false);
        const std::string lower = text::lowered(image);
        for (const auto &[name, index] : m_index) {
            const std::set<std::size_t> &roots = m_setBy[index];
            const bool elsewhere = roots.size() > (roots.contains(root) ? 1U : 0U);
            declared[index] = elsewhere || isVersionOf(name, lower);
        }
        return declared;
    }

    bool isVersionOf(const std::string &name, const std::string &image) const
    {
        constexpr std::string_view version = "_VERSION";
        if (!name.ends_with(version))
            return false;
        const std::string software = text::lowered(name.substr(0, name.size() - version.size()));
        const bool own = software == "python" || name == expand::argumentName(m_subject.backend, "VERSION");
        const std::size_t path = image.substr(0, image.rfind(':')).find(software);
        return own && path != std::string::npos;
    }

    void tell(std::size_t index, const Event &event)
    {
        const Stage &stage = m_subject.file.stages[index];
        const std::string &name = nameOf(event.argument);
        const std::string who = stage.name.empty() ? "Stage " + std::to_string(index) : "Stage '" + stage.name + "'";
        const bool below = std::any_of(m_events[index].begin(), m_events[index].end(), [&](const Event &each) {
            return each.kind == Event::Argument && each.argument == event.argument;
        });
        m_findings.push_back(
            {m_subject.problem("convention-argument-not-in-stage", m_subject.placeOf(event.at),
                               who + " uses " + name
                                   + (below ? " above its ARG, where it is blank"
                                            : ", which neither it nor a stage that it builds on declares: it is blank"),
                               below ? "Move ARG " + name + " above its first use"
                                     : "Write ARG " + name
                                           + " into the stage: what stands above the first FROM "
                                             "counts only in FROM and in defaults there"),
             below ? std::nullopt : fixOf(stage, event)});
    }

    // Behind the last ARG above the use, else behind FROM.
    std::optional<Fix> fixOf(const Stage &stage, const Event &event) const
    {
        const std::string &name = nameOf(event.argument);
        const auto *documented = m_subject.file.findDocumented(name);
        if (documented && documented->need == dockerfile::Need::Placeholder)
            return std::nullopt; // one of the two is wrong
        int line = stage.from.lastLine;
        for (const Instruction &instruction : stage.instructions) {
            if (instruction.keyword == "ARG" && instruction.range.end <= event.at)
                line = instruction.lastLine;
        }
        const std::size_t at = m_subject.lineStart(line + 1);
        return m_subject.fix("Declare " + name + " in the stage", {at, at}, "ARG " + name + m_subject.lineEnd());
    }

    const std::string &nameOf(std::size_t argument) const
    {
        return std::find_if(m_index.begin(), m_index.end(), [&](const auto &each) { return each.second == argument; })
            ->first;
    }

    const Subject &m_subject;
    Findings &m_findings;
    bool m_usual; // shells whose variables can be read
    std::map<std::string, std::size_t, std::less<>> m_index;
    std::vector<Events> m_events;                                 // by stage
    std::vector<Events> m_triggers;                               // by stage: declarations for the stages on it
    std::vector<std::set<std::size_t>> m_setBy;                   // by argument: roots of the stages with an ENV for it
    std::map<std::pair<std::size_t, std::size_t>, Event> m_found; // by stage and argument: the first use
};

} // namespace

void checkStageArguments(const Subject &subject, Findings &findings)
{
    StageArgumentCheck(subject, findings).run();
}

} // namespace runner::check::convention
