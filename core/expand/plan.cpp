#include "expand/plan.h"

#include "expand/rulejobs.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>

namespace runner::expand {

namespace {

using dockerfile::Evaluation;
using dockerfile::Variables;
using matrix::Rule;

class Gatherer
{
public:
    Gatherer(const matrix::Matrix &matrix, const Options &options)
        : m_matrix(matrix)
        , m_options(options)
    {
    }

    Expansion run(std::vector<RuleJobsPointer> rules)
    {
        for (const std::string &text : m_options.arguments) {
            if (!isArgument(text))
                m_result.problems.push_back(
                    {"argument-bad-value", Severity::Error, {}, "'" + text + "' is no argument", "Write NAME=VALUE"});
        }
        for (std::size_t i = 0; i < rules.size(); ++i) {
            if (rules[i])
                add(i, *rules[i]);
        }
        m_result.rules = std::move(rules);
        return std::move(m_result);
    }

private:
    void add(std::size_t index, const RuleJobs &jobs)
    {
        for (const std::string &service : jobs.unserved)
            reportNoDockerfile(m_matrix.rules[index], service);
        for (const Job &job : jobs.jobs)
            addJob({index, &job});
    }

    bool selected(const Job &job) const
    {
        return job.tag.starts_with(m_options.tagPrefix) || job.platformTag.starts_with(m_options.tagPrefix);
    }

    void addJob(const KeptJob &kept)
    {
        const auto [known, isNew] = m_jobOfTag.emplace(kept.job->platformTag, m_result.kept.size());
        const bool wanted = selected(*kept.job);
        if (!isNew)
            return wanted ? reportDuplicate(m_result.kept[known->second], kept) : void();
        if (wanted)
            m_result.kept.push_back(kept);
        else
            m_jobOfTag.erase(known);
    }

    void reportNoDockerfile(const Rule &rule, const std::string &service)
    {
        m_result.problems.push_back({"rule-no-dockerfile", Severity::Error, rule.where,
                                     "No Dockerfile serves rule " + std::to_string(rule.number) + " ("
                                         + rule.backend.text + ", " + service + ")",
                                     "Add pack/" + rule.backend.text + "/Dockerfile, or correct the backend"});
    }

    // Values of the arguments that the target's stages use: two jobs with the same ones build the same image.
    static std::map<std::string, std::string> usedValues(const Job &job)
    {
        const Evaluation evaluation = dockerfile::evaluateArguments(*job.dockerfile, job.overrides(), job.platform);
        std::map<std::string, std::string> values;
        for (const auto &[name, stages] : dockerfile::argumentUses(*job.dockerfile, job.service, evaluation))
            values[name] = givenOr(name, job.overrides(), evaluation);
        return values;
    }

    static bool buildTheSame(const KeptJob &first, const KeptJob &second)
    {
        return first.rule != second.rule && first.job->dockerfile == second.job->dockerfile
               && usedValues(*first.job) == usedValues(*second.job);
    }

    // Several rules of one backend version share a runtime image; that is no fault of theirs.
    void reportDuplicate(const KeptJob &first, const KeptJob &second)
    {
        const bool same =
            (second.job->adHocArguments > 0 || second.job->service == runtimeTarget) && buildTheSame(first, second);
        if (same && second.job->service == runtimeTarget)
            return;
        const Rule &earlier = m_matrix.rules[first.rule];
        const Rule &later = m_matrix.rules[second.rule];
        const std::string names =
            first.rule == second.rule
                ? "Rule " + std::to_string(later.number) + " gives twice the image " + second.job->platformTag
                : "Rules " + std::to_string(earlier.number) + " (line " + std::to_string(earlier.where.line) + ") and "
                      + std::to_string(later.number) + " (line " + std::to_string(later.where.line)
                      + ") both give the image " + second.job->platformTag;
        if (same)
            m_result.problems.push_back({"duplicate-tag",
                                         Severity::Warning,
                                         later.where,
                                         names + " with the same effective arguments: it is built once",
                                         {}});
        else
            m_result.problems.push_back({"duplicate-tag", Severity::Error, later.where, names,
                                         first.rule == second.rule
                                             ? "Name each service and each platform of the rule once"
                                             : "Change a version or the variant of one of them, or remove it"});
    }

    const matrix::Matrix &m_matrix;
    const Options &m_options;
    std::unordered_map<std::string_view, std::size_t> m_jobOfTag;
    Expansion m_result;
};

// A job as its rule has it now: a shared one may have been made where the rule stood elsewhere.
Job placed(const Job &job, std::size_t index, const Rule &rule)
{
    Job result = job;
    result.rule = index;
    if (result.arguments && rule.arguments)
        std::copy(rule.arguments->begin(), rule.arguments->end(), result.arguments->begin());
    return result;
}

void addManifests(Plan &plan)
{
    std::unordered_map<std::string, std::size_t> known;
    for (const Job &job : plan.jobs) {
        const auto [manifest, isNew] = known.emplace(job.tag, plan.manifests.size());
        if (isNew)
            plan.manifests.push_back({job.tag, {}});
        plan.manifests[manifest->second].platformTags.push_back(job.platformTag);
    }
}

} // namespace

Variables Job::overrides() const
{
    Variables values;
    if (!arguments)
        return values;
    for (const matrix::Argument &argument : *arguments) {
        if (auto value = argument.value())
            values[argument.name()] = std::move(*value);
    }
    return values;
}

Expansion gather(const matrix::Matrix &matrix, std::vector<RuleJobsPointer> rules, const Options &options)
{
    return Gatherer(matrix, options).run(std::move(rules));
}

Plan planOf(const matrix::Matrix &matrix, const Expansion &expansion, const Options &options)
{
    Plan plan;
    plan.problems = expansion.problems;
    plan.jobs.reserve(expansion.kept.size());
    for (const KeptJob &kept : expansion.kept)
        plan.jobs.push_back(placed(*kept.job, kept.rule, matrix.rules[kept.rule]));
    addManifests(plan);
    for (std::size_t i = 0; i < expansion.rules.size() && options.tagPrefix.empty(); ++i) {
        if (!expansion.rules[i])
            continue;
        for (const IncompleteJob &each : expansion.rules[i]->incomplete)
            plan.incomplete.push_back({placed(each.job, i, matrix.rules[i]), each.needs});
    }
    std::reverse(plan.jobs.begin(), plan.jobs.end());
    std::reverse(plan.incomplete.begin(), plan.incomplete.end());
    std::reverse(plan.manifests.begin(), plan.manifests.end());
    return plan;
}

Plan expand(const matrix::Matrix &matrix, const DockerfileLookup &dockerfiles, const Options &options)
{
    std::vector<RuleJobsPointer> rules(matrix.rules.size());
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const Rule &rule = matrix.rules[i];
        if (options.backend.empty() || rule.backend.text == options.backend)
            rules[i] = std::make_shared<const RuleJobs>(expandRule(matrix, dockerfiles, options, rule));
    }
    return planOf(matrix, gather(matrix, std::move(rules), options), options);
}

} // namespace runner::expand
