#include "expand/plan.h"

#include "image/imagename.h"
#include "expand/tags.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace runner::expand {

namespace {

using dockerfile::Evaluation;
using dockerfile::Variables;
using matrix::Rule;

// The value that a build would see: what is given wins, else the Dockerfile's default.
std::string valueOf(const std::string &name, const Variables &overrides, const Evaluation &evaluation)
{
    if (const auto given = overrides.find(name); given != overrides.end())
        return given->second;
    const dockerfile::EvaluatedArgument *argument = evaluation.find(name);
    return argument ? argument->value.value_or(std::string()) : std::string();
}

class Expander
{
public:
    Expander(const matrix::Matrix &matrix, const DockerfileLookup &dockerfiles, const Options &options)
        : m_matrix(matrix), m_dockerfiles(dockerfiles), m_options(options)
    {
        for (const std::string &text : options.arguments)
            addAdHoc(text);
    }

    Plan run()
    {
        for (std::size_t i = 0; i < m_matrix.rules.size(); ++i) {
            const Rule &rule = m_matrix.rules[i];
            if (m_options.backend.empty() || rule.backend.text == m_options.backend)
                expandRule(i);
        }
        std::reverse(m_plan.jobs.begin(), m_plan.jobs.end());
        std::reverse(m_plan.incomplete.begin(), m_plan.incomplete.end());
        std::reverse(m_plan.manifests.begin(), m_plan.manifests.end());
        return std::move(m_plan);
    }

private:
    void addAdHoc(const std::string &text)
    {
        if (text.find('=') == std::string::npos || text.front() == '=')
            m_plan.problems.push_back({"argument-bad-value", Severity::Error, {}, "'" + text + "' is no argument",
                                       "Write NAME=VALUE"});
        else
            m_adHoc.push_back({text, {}});
    }

    std::vector<std::string> wantedServices(const Rule &rule) const
    {
        if (m_options.target == runtimeTarget)
            return {runtimeTarget};
        std::vector<std::string> services;
        for (const matrix::Value &service : rule.services) {
            if (m_options.target == allServices || service.text == m_options.target)
                services.push_back(service.text);
        }
        return services;
    }

    void expandRule(std::size_t index)
    {
        const Rule &rule = m_matrix.rules[index];
        for (const std::string &service : wantedServices(rule)) {
            const dockerfile::Dockerfile *file = m_dockerfiles(rule.backend.text, service);
            if (!file) {
                reportNoDockerfile(rule, service);
                continue;
            }
            Job job = jobOf(index, service, *file);
            for (const std::string &platform : rule.effectivePlatforms())
                expandPlatform(job, platform);
        }
    }

    void reportNoDockerfile(const Rule &rule, const std::string &service)
    {
        m_plan.problems.push_back(
            {"rule-no-dockerfile", Severity::Error, rule.where,
             "No Dockerfile serves rule " + std::to_string(rule.number) + " (" + rule.backend.text + ", " + service + ")",
             "Add pack/" + rule.backend.text + "/Dockerfile, or correct the backend"});
    }

    Job jobOf(std::size_t index, const std::string &service, const dockerfile::Dockerfile &file) const
    {
        const Rule &rule = m_matrix.rules[index];
        Job job;
        job.rule = index;
        job.backend = rule.backend.text;
        job.service = service;
        job.dockerfile = &file;
        job.arguments = rule.arguments;
        if (!m_adHoc.empty()) {
            if (!job.arguments)
                job.arguments.emplace();
            job.arguments->insert(job.arguments->end(), m_adHoc.begin(), m_adHoc.end());
            job.adHocArguments = m_adHoc.size();
        }
        return job;
    }

    void expandPlatform(Job job, const std::string &platform)
    {
        job.platform = platform;
        job.runner = runnerLabel(platform, m_options.runnerProfile);
        const Variables overrides = job.overrides();
        const Evaluation evaluation = dockerfile::evaluateArguments(*job.dockerfile, overrides, platform);
        std::vector<std::string> needs;
        const auto required = [&](const std::string &name) {
            std::string value = valueOf(name, overrides, evaluation);
            if (value.empty())
                needs.push_back(name);
            return value;
        };
        job.originalBackendVersion = required(argumentName(job.backend, "VERSION"));
        job.backendVersion = firstParts(job.originalBackendVersion, 2);
        const matrix::Backend *backend = m_matrix.findBackend(job.backend);
        if (backend && !backend->variantArgument.empty())
            job.backendVariant = required(backend->variantArgument);
        const bool runtime = job.service == runtimeTarget;
        std::string last = required(runtime ? std::string("PYTHON_VERSION") : argumentName(job.service, "VERSION"));
        if (!runtime)
            job.serviceVersion = last;
        if (!needs.empty())
            return addIncomplete(std::move(job), std::move(needs));
        const std::string extra = valueOf(argumentName(job.backend, "VERSION_EXTRA"), overrides, evaluation);
        TagSet tags = runtime ? runtimeTags(job, extra, last) : serviceTags(job, m_options.forRelease);
        job.platformTag = std::move(tags.platformTag);
        job.tag = std::move(tags.tag);
        job.cacheTags = std::move(tags.cacheTags);
        addJob(std::move(job));
    }

    bool selected(const Job &job) const
    {
        return job.tag.starts_with(m_options.tagPrefix) || job.platformTag.starts_with(m_options.tagPrefix);
    }

    void addIncomplete(Job job, std::vector<std::string> needs)
    {
        if (m_options.tagPrefix.empty())
            m_plan.incomplete.push_back({std::move(job), std::move(needs)});
    }

    void addJob(Job job)
    {
        const auto [known, isNew] = m_jobOfTag.emplace(job.platformTag, m_plan.jobs.size());
        const bool wanted = selected(job);
        if (!isNew)
            return wanted ? reportDuplicate(m_plan.jobs[known->second], job) : void();
        if (!wanted) {
            m_jobOfTag.erase(known);
            return;
        }
        const auto [manifest, isNewManifest] = m_manifestOfTag.emplace(job.tag, m_plan.manifests.size());
        if (isNewManifest)
            m_plan.manifests.push_back({job.tag, {}});
        m_plan.manifests[manifest->second].platformTags.push_back(job.platformTag);
        m_plan.jobs.push_back(std::move(job));
    }

    // Values of the arguments that the target's stages use: two jobs with the same ones build the same image.
    static std::map<std::string, std::string> usedValues(const Job &job)
    {
        const Evaluation evaluation = dockerfile::evaluateArguments(*job.dockerfile, job.overrides(), job.platform);
        std::map<std::string, std::string> values;
        for (const auto &[name, stages] : dockerfile::argumentUses(*job.dockerfile, job.service, evaluation))
            values[name] = valueOf(name, job.overrides(), evaluation);
        return values;
    }

    static bool buildTheSame(const Job &first, const Job &second)
    {
        return first.rule != second.rule && first.dockerfile == second.dockerfile
            && usedValues(first) == usedValues(second);
    }

    // Several rules of one backend version share a runtime image; that is no fault of theirs.
    void reportDuplicate(const Job &first, const Job &second)
    {
        const bool same = (second.adHocArguments > 0 || second.service == runtimeTarget) && buildTheSame(first, second);
        if (same && second.service == runtimeTarget)
            return;
        const Rule &earlier = m_matrix.rules[first.rule];
        const Rule &later = m_matrix.rules[second.rule];
        const std::string names = first.rule == second.rule
            ? "Rule " + std::to_string(later.number) + " gives twice the image " + second.platformTag
            : "Rules " + std::to_string(earlier.number) + " (line " + std::to_string(earlier.where.line) + ") and "
                + std::to_string(later.number) + " (line " + std::to_string(later.where.line)
                + ") both give the image " + second.platformTag;
        if (same)
            m_plan.problems.push_back({"duplicate-tag", Severity::Warning, later.where,
                                       names + " with the same effective arguments: it is built once", {}});
        else
            m_plan.problems.push_back({"duplicate-tag", Severity::Error, later.where, names,
                                       "Change a version or the variant of one of them, or remove it"});
    }

    const matrix::Matrix &m_matrix;
    const DockerfileLookup &m_dockerfiles;
    const Options &m_options;
    std::vector<matrix::Argument> m_adHoc;
    std::unordered_map<std::string, std::size_t> m_jobOfTag;
    std::unordered_map<std::string, std::size_t> m_manifestOfTag;
    Plan m_plan;
};

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

Plan expand(const matrix::Matrix &matrix, const DockerfileLookup &dockerfiles, const Options &options)
{
    return Expander(matrix, dockerfiles, options).run();
}

} // namespace runner::expand
