#include "dockerfile/characters.h"
#include "dockerfile/command.h"
#include "dockerfile/evaluation.h"
#include "dockerfile/keywords.h"
#include "dockerfile/mentions.h"
#include "dockerfile/stages.h"
#include "dockerfile/stagesources.h"

#include <algorithm>
#include <set>

namespace runner::dockerfile {

namespace {

// What keeps a file made for it from costing much: uses found, and triggers run once more for each stage on a base.
constexpr std::size_t mostUses = std::size_t{1} << 20U;
constexpr std::size_t mostTriggerSteps = std::size_t{1} << 24U;

// Something an instruction does to an argument.
struct Step
{
    enum Kind { Mention, DeclareGlobal, DeclareOwn } kind;
    int argument; // index in the evaluation
};

class UseFinder
{
public:
    UseFinder(const Dockerfile &file, const Evaluation &evaluation, const std::string &target)
        : m_file(file)
        , m_evaluation(evaluation)
        , m_graph(file, evaluation)
        , m_target(m_graph.findTarget(target))
        , m_uses(evaluation.arguments.size())
        , m_scope(evaluation.arguments.size(), Scope::None)
    {
        for (std::size_t i = 0; i < evaluation.arguments.size(); ++i)
            m_index[evaluation.arguments[i].name] = static_cast<int>(i);
        collectCopied();
    }

    std::map<std::string, std::vector<std::string>> find();

private:
    enum class Scope : char { None, Global, Own };

    void walkStages();
    void enterStage(int stage);
    void leaveStage();
    void apply(int stage, const std::vector<Step> &steps);
    void setScope(int argument, Scope scope);
    void addUse(int argument, int stage);
    void followReferences();

    std::vector<Step> stepsOf(int stage) const;
    std::vector<Step> triggersOf(int stage) const;
    void addSteps(const Instruction &instruction, std::vector<Step> &steps) const;
    void addDeclarations(const Instruction &instruction, std::vector<Step> &steps) const;
    void addContextMentions(const Instruction &instruction, const Found &mention) const;
    bool takesFrom(const NamedContext &context, const Instruction &instruction) const;
    void collectCopied();
    int indexOf(std::string_view name) const;
    std::string stageName(int stage) const;

    const Dockerfile &m_file;
    const Evaluation &m_evaluation;
    StageGraph m_graph;
    int m_target;
    std::map<std::string_view, int> m_index;
    std::set<std::string> m_copied;    // what COPY takes from
    std::vector<std::set<int>> m_uses; // stages, by argument
    std::size_t m_useCount = 0;
    std::size_t m_triggerSteps = 0;

    // What is declared on the way from a base to the stages on it, and how to take it back.
    struct Change
    {
        int argument;
        Scope before;
    };
    std::vector<Scope> m_scope;
    std::vector<std::vector<Change>> m_changes;
    std::vector<std::vector<Step>> m_triggers; // of the stages entered
};

std::map<std::string, std::vector<std::string>> UseFinder::find()
{
    std::map<std::string, std::vector<std::string>> result;
    if (m_target < 0)
        return result;
    walkStages();
    followReferences();
    for (std::size_t i = 0; i < m_uses.size(); ++i) {
        for (const int stage : m_uses[i])
            result[m_evaluation.arguments[i].name].push_back(stageName(stage));
    }
    return result;
}

// A stage sees what its base declares: a walk over the trees that bases make, without recursion.
void UseFinder::walkStages()
{
    const std::vector<bool> needed = m_graph.neededBy(m_target);
    std::vector<std::vector<int>> onTop(needed.size() + 1); // the last: stages on images
    for (std::size_t i = 0; i < needed.size(); ++i) {
        const int base = m_graph.baseOf(static_cast<int>(i));
        if (needed[i])
            onTop[base < 0 ? needed.size() : static_cast<std::size_t>(base)].push_back(static_cast<int>(i));
    }
    constexpr int leave = -1;
    std::vector<int> next = onTop.back();
    while (!next.empty()) {
        const int stage = next.back();
        next.pop_back();
        if (stage == leave) {
            leaveStage();
            continue;
        }
        enterStage(stage);
        next.push_back(leave);
        const auto &above = onTop[static_cast<std::size_t>(stage)];
        next.insert(next.end(), above.begin(), above.end());
    }
}

void UseFinder::enterStage(int stage)
{
    for (const std::string &name : m_graph.fromReferences(stage)) {
        if (const int argument = indexOf(name); argument >= 0)
            addUse(argument, stage);
    }
    m_changes.emplace_back();
    if (!m_triggers.empty() && !m_triggers.back().empty() && m_triggerSteps < mostTriggerSteps) {
        m_triggerSteps += m_triggers.back().size();
        const std::vector<Step> ofBase = m_triggers.back();
        apply(stage, ofBase);
    }
    apply(stage, stepsOf(stage));
    m_triggers.push_back(triggersOf(stage));
}

void UseFinder::leaveStage()
{
    auto &changes = m_changes.back();
    for (auto change = changes.rbegin(); change != changes.rend(); ++change)
        m_scope[static_cast<std::size_t>(change->argument)] = change->before;
    m_changes.pop_back();
    m_triggers.pop_back();
}

void UseFinder::apply(int stage, const std::vector<Step> &steps)
{
    for (const Step &step : steps) {
        if (step.kind != Step::Mention)
            setScope(step.argument, step.kind == Step::DeclareGlobal ? Scope::Global : Scope::Own);
        else if (m_scope[static_cast<std::size_t>(step.argument)] == Scope::Global)
            addUse(step.argument, stage);
    }
}

void UseFinder::setScope(int argument, Scope scope)
{
    Scope &now = m_scope[static_cast<std::size_t>(argument)];
    if (now != scope)
        m_changes.back().push_back({argument, now});
    now = scope;
}

void UseFinder::addUse(int argument, int stage)
{
    if (m_useCount < mostUses && m_uses[static_cast<std::size_t>(argument)].insert(stage).second)
        ++m_useCount;
}

// Until nothing changes: what a used argument's default refers to is used where that is.
void UseFinder::followReferences()
{
    std::vector<int> next;
    for (std::size_t i = 0; i < m_uses.size(); ++i) {
        if (!m_uses[i].empty())
            next.push_back(static_cast<int>(i));
    }
    while (!next.empty() && m_useCount < mostUses) {
        const auto user = static_cast<std::size_t>(next.back());
        next.pop_back();
        for (const std::string &name : m_evaluation.arguments[user].references) {
            const int argument = indexOf(name);
            if (argument < 0 || static_cast<std::size_t>(argument) == user)
                continue;
            const std::size_t before = m_useCount;
            for (const int stage : m_uses[user])
                addUse(argument, stage);
            if (m_useCount > before)
                next.push_back(argument);
        }
    }
}

std::vector<Step> UseFinder::stepsOf(int stage) const
{
    std::vector<Step> steps;
    for (const Instruction &instruction : m_file.stages[static_cast<std::size_t>(stage)].instructions)
        addSteps(instruction, steps);
    return steps;
}

std::vector<Step> UseFinder::triggersOf(int stage) const
{
    std::vector<Step> steps;
    for (const Instruction &instruction : m_file.stages[static_cast<std::size_t>(stage)].instructions) {
        if (const auto trigger = onBuildTrigger(instruction, m_file.escape))
            addSteps(*trigger, steps);
    }
    return steps;
}

// Instructions that BuildKit expands, and RUN. The values of the others reach a container as they are.
void UseFinder::addSteps(const Instruction &instruction, std::vector<Step> &steps) const
{
    const auto mention = [&](std::string_view name) {
        if (const int argument = indexOf(name); argument >= 0)
            steps.push_back({Step::Mention, argument});
    };
    const KeywordRule *rule = findKeyword(instruction.keyword);
    const bool shell = instruction.keyword == "RUN";
    if (rule == nullptr || (!shell && rule->expansion == Expansion::None))
        return;
    for (const std::string &flag : instruction.flags)
        mentionsInWords(flag, m_file.escape, mention);
    if (shell)
        mentionsInShell(instruction.arguments, mention);
    else
        mentionsInWords(instruction.arguments, m_file.escape, mention);
    for (const Heredoc &heredoc : instruction.heredocs) {
        if (shell)
            mentionsInShell(heredoc.body, mention);
        else if (heredoc.expands)
            mentionsInWords(heredoc.body, '\\', mention);
    }
    if (shell && m_file.contexts)
        addContextMentions(instruction, mention);
    if (rule->expansion == Expansion::Arguments)
        addDeclarations(instruction, steps);
}

// A script of a named context that the command names sees the arguments in its environment.
void UseFinder::addContextMentions(const Instruction &instruction, const Found &mention) const
{
    for (const NamedContext &context : *m_file.contexts) {
        if (!takesFrom(context, instruction))
            continue;
        for (const ContextFile &file : context.files) {
            const std::string name = file.path.substr(file.path.rfind('/') + 1);
            const bool named =
                instruction.arguments.find(name) != std::string::npos
                || std::any_of(instruction.heredocs.begin(), instruction.heredocs.end(),
                               [&](const Heredoc &heredoc) { return heredoc.body.find(name) != std::string::npos; });
            if (named)
                std::for_each(file.names.begin(), file.names.end(), mention);
        }
    }
}

// By a mount of its own, or because some stage copies from the context.
bool UseFinder::takesFrom(const NamedContext &context, const Instruction &instruction) const
{
    const auto isFrom = [&](const StageSource &source) { return source.from == context.name; };
    const auto sources = stageSources(instruction, m_file.escape);
    return std::any_of(sources.begin(), sources.end(), isFrom) || m_copied.contains(context.name);
}

void UseFinder::collectCopied()
{
    if (!m_file.contexts)
        return;
    for (const Stage &stage : m_file.stages) {
        for (const Instruction &instruction : stage.instructions) {
            if (instruction.keyword != "COPY")
                continue;
            for (const StageSource &source : stageSources(instruction, m_file.escape))
                m_copied.insert(source.from);
        }
    }
}

void UseFinder::addDeclarations(const Instruction &instruction, std::vector<Step> &steps) const
{
    for (const Piece &word : splitWords({instruction.arguments, 0}, m_file.escape)) {
        if (word.text[0] == '#')
            break;
        const std::size_t equals = word.text.find('=');
        const int argument = indexOf(word.text.substr(0, equals));
        if (argument < 0)
            continue;
        const bool own =
            equals != std::string_view::npos && !m_evaluation.arguments[static_cast<std::size_t>(argument)].overridden;
        steps.push_back({own ? Step::DeclareOwn : Step::DeclareGlobal, argument});
    }
}

int UseFinder::indexOf(std::string_view name) const
{
    const auto found = m_index.find(name);
    return found == m_index.end() ? -1 : found->second;
}

std::string UseFinder::stageName(int stage) const
{
    const std::string &name = m_file.stages[static_cast<std::size_t>(stage)].name;
    return name.empty() ? std::to_string(stage) : name;
}

} // namespace

std::map<std::string, std::vector<std::string>> argumentUses(const Dockerfile &file, const std::string &target,
                                                             const Evaluation &evaluation)
{
    return UseFinder(file, evaluation, target).find();
}

} // namespace runner::dockerfile
