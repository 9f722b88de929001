#include "dockerfile/stages.h"

#include "dockerfile/characters.h"
#include "dockerfile/expander.h"

#include <algorithm>

namespace runner::dockerfile {

StageGraph::StageGraph(const Dockerfile &file, const Evaluation &evaluation)
    : m_file(file)
{
    const Variables values = evaluation.variables();
    const Lookup lookup = [&](std::string_view name) -> std::optional<std::string> {
        const auto declared = values.find(name);
        if (declared != values.end())
            return declared->second;
        const auto predefined = evaluation.predefined.find(name);
        return predefined == evaluation.predefined.end() ? std::nullopt : std::optional(predefined->second);
    };
    for (const Stage &stage : file.stages)
        readFrom(stage, lookup);
}

// Stages are added in the order of the file, so a FROM only sees names above it.
void StageGraph::readFrom(const Stage &stage, const Lookup &lookup)
{
    constexpr std::size_t longestName = 4096; // an image reference is far shorter
    ExpansionOptions options;
    options.escape = m_file.escape;
    options.limit = longestName;
    WorkBudget work{std::size_t{1} << 20U};
    Expander base(stage.base, options, lookup, work);
    const bool fine = base.run();
    Expander platform(stage.platformFlag, options, lookup, work);
    platform.run();
    const auto found = fine ? m_names.find(base.text()) : m_names.end();
    m_bases.push_back(found == m_names.end() ? -1 : found->second);
    m_baseNames.push_back(fine ? base.text() : stage.base);
    m_references.push_back(base.references());
    m_references.back().insert(m_references.back().end(), platform.references().begin(), platform.references().end());
    if (!stage.name.empty())
        m_names[stage.name] = static_cast<int>(m_bases.size()) - 1;
}

int StageGraph::findTarget(const std::string &target) const
{
    if (target.empty())
        return static_cast<int>(m_file.stages.size()) - 1;
    const auto found = m_names.find(lowered(target));
    return found == m_names.end() ? -1 : found->second;
}

int StageGraph::resolve(const StageSource &source) const
{
    if (const auto number = stageNumber(source))
        return *number >= 0 && static_cast<std::size_t>(*number) < m_file.stages.size() ? static_cast<int>(*number)
                                                                                        : -1;
    const auto found = m_names.find(lowered(source.from));
    return found == m_names.end() ? -1 : found->second;
}

void StageGraph::addSources(int stage, bool triggers, std::vector<int> &next) const
{
    for (const Instruction &instruction : m_file.stages[static_cast<std::size_t>(stage)].instructions) {
        const auto trigger = triggers ? onBuildTrigger(instruction, m_file.escape) : std::nullopt;
        if (triggers && !trigger)
            continue;
        for (const StageSource &source : stageSources(trigger ? *trigger : instruction, m_file.escape))
            next.push_back(resolve(source));
    }
}

std::vector<int> StageGraph::sourcesOf(int stage) const
{
    std::vector<int> sources;
    addSources(stage, false, sources);
    std::sort(sources.begin(), sources.end());
    sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
    std::erase_if(sources, [stage](int source) { return source < 0 || source == stage; });
    return sources;
}

// The triggers of a base are looked at once, however many stages build on it: they name the same sources.
std::vector<bool> StageGraph::neededBy(int target) const
{
    std::vector<bool> needed(m_bases.size(), false);
    std::vector<bool> triggered(m_bases.size(), false);
    std::vector<int> next{target};
    while (!next.empty()) {
        const int stage = next.back();
        next.pop_back();
        if (stage < 0 || needed[static_cast<std::size_t>(stage)])
            continue;
        needed[static_cast<std::size_t>(stage)] = true;
        addSources(stage, false, next);
        const int base = baseOf(stage);
        next.push_back(base);
        if (base >= 0 && !triggered[static_cast<std::size_t>(base)]) {
            triggered[static_cast<std::size_t>(base)] = true;
            addSources(base, true, next);
        }
    }
    return needed;
}

std::vector<int> stagesFor(const Dockerfile &file, const std::string &target, const Evaluation &evaluation)
{
    const StageGraph graph(file, evaluation);
    const int index = graph.findTarget(target);
    std::vector<int> stages;
    if (index < 0)
        return stages;
    const std::vector<bool> needed = graph.neededBy(index);
    for (std::size_t i = 0; i < needed.size(); ++i) {
        if (needed[i])
            stages.push_back(static_cast<int>(i));
    }
    return stages;
}

} // namespace runner::dockerfile
