#include "expand/explain.h"

#include <algorithm>
#include <set>

namespace runner::expand {

namespace {

using dockerfile::EvaluatedArgument;
using dockerfile::Evaluation;

class Explainer
{
public:
    static constexpr std::size_t mostSteps = 100; // of one chain
    static constexpr std::size_t mostStepsInAll = 100'000;

    explicit Explainer(const Job &job)
        : m_job(job)
        , m_evaluation(dockerfile::evaluateArguments(*job.dockerfile, job.overrides(), job.platform))
        , m_uses(dockerfile::argumentUses(*job.dockerfile, job.service, m_evaluation))
    {
    }

    std::vector<ExplainedArgument> run()
    {
        std::vector<ExplainedArgument> result;
        std::set<std::string> seen;
        for (const EvaluatedArgument &argument : m_evaluation.arguments) {
            result.push_back(explainDeclared(argument));
            seen.insert(argument.name);
        }
        for (const matrix::Argument &given : m_job.arguments.value_or(std::vector<matrix::Argument>())) {
            if (seen.insert(given.name()).second)
                result.push_back(explainGiven(given.name()));
        }
        return result;
    }

    const Problems &problems() const { return m_evaluation.problems; }

private:
    ExplainedArgument explainDeclared(const EvaluatedArgument &argument)
    {
        ExplainedArgument explained;
        explained.name = argument.name;
        explained.value = argument.value;
        explained.description = argument.line ? argument.line->description : std::string();
        if (const auto *documented = m_job.dockerfile->findDocumented(argument.name)) {
            explained.need = documented->need;
            if (!documented->description.empty())
                explained.description = documented->description;
        }
        if (const auto use = m_uses.find(argument.name); use != m_uses.end())
            explained.stages = use->second;
        addChain(argument.name, explained.chain);
        return explained;
    }

    ExplainedArgument explainGiven(const std::string &name) const
    {
        ExplainedArgument explained;
        explained.name = name;
        explained.declared = false;
        addGiven(name, explained.chain);
        if (!explained.chain.empty())
            explained.value = explained.chain.back().text;
        return explained;
    }

    void addGiven(const std::string &name, std::vector<Step> &chain) const
    {
        if (!m_job.arguments)
            return;
        const std::size_t firstAdHoc = m_job.arguments->size() - m_job.adHocArguments;
        for (std::size_t i = 0; i < m_job.arguments->size(); ++i) {
            const matrix::Argument &given = (*m_job.arguments)[i];
            if (const auto value = given.value(); value && given.name() == name)
                chain.push_back({i < firstAdHoc ? Origin::Rule : Origin::AdHoc, name, *value, given.where});
        }
    }

    // Depth first, in the order of the references.
    void addChain(const std::string &name, std::vector<Step> &chain)
    {
        const std::size_t most = m_steps < mostStepsInAll ? mostSteps : 1;
        std::set<std::string> visited;
        std::vector<std::string> next{name};
        while (!next.empty() && chain.size() < most) {
            const std::string each = std::move(next.back());
            next.pop_back();
            if (!visited.insert(each).second)
                continue;
            const EvaluatedArgument *argument = m_evaluation.find(each);
            if (argument && argument->line)
                chain.push_back({Origin::Dockerfile, each, argument->line->defaultText.value_or(std::string()),
                                 argument->line->where});
            addGiven(each, chain);
            if (argument && !argument->overridden)
                next.insert(next.end(), argument->references.rbegin(), argument->references.rend());
        }
        m_steps += chain.size();
    }

    const Job &m_job;
    const Evaluation m_evaluation;
    const std::map<std::string, std::vector<std::string>> m_uses;
    std::size_t m_steps = 0; // of all chains
};

} // namespace

const char *originName(Origin origin)
{
    switch (origin) {
    case Origin::Dockerfile:
        return "Dockerfile";
    case Origin::Rule:
        return "rule";
    case Origin::AdHoc:
        break;
    }
    return "ad hoc";
}

std::vector<ExplainedArgument> explain(const Job &job, Problems *problems)
{
    Explainer explainer(job);
    if (problems)
        problems->insert(problems->end(), explainer.problems().begin(), explainer.problems().end());
    return explainer.run();
}

bool knowsArgument(const Job &job, const std::string &name)
{
    for (const dockerfile::Stage &stage : job.dockerfile->stages) {
        for (const dockerfile::ArgumentLine &argument : stage.arguments) {
            if (argument.name == name)
                return true;
        }
    }
    const std::vector<ExplainedArgument> arguments = explain(job);
    return std::any_of(arguments.begin(), arguments.end(), [&name](const ExplainedArgument &argument) {
        return argument.name == name && (argument.declared || argument.used());
    });
}

} // namespace runner::expand
