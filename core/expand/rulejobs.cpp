#include "expand/rulejobs.h"

#include "expand/tags.h"
#include "image/imagename.h"

#include <map>

namespace runner::expand {

namespace {

using dockerfile::Evaluation;
using dockerfile::Variables;
using matrix::Rule;

class RuleExpander
{
public:
    RuleExpander(const matrix::Matrix &matrix, const DockerfileLookup &dockerfiles, const Options &options,
                 const Rule &rule)
        : m_matrix(matrix)
        , m_dockerfiles(dockerfiles)
        , m_options(options)
        , m_rule(rule)
    {
    }

    RuleJobs run()
    {
        for (const std::string &service : wantedServices()) {
            const dockerfile::Dockerfile *file = m_dockerfiles(m_rule.backend.text, service);
            if (!file) {
                m_result.unserved.push_back(service);
                continue;
            }
            const Job job = jobOf(service, *file);
            for (const std::string &platform : m_rule.effectivePlatforms())
                expandPlatform(job, platform);
        }
        return std::move(m_result);
    }

private:
    std::vector<std::string> wantedServices() const
    {
        if (m_options.target == runtimeTarget)
            return {runtimeTarget};
        std::vector<std::string> services;
        for (const matrix::Value &service : m_rule.services) {
            if (m_options.target == allServices || service.text == m_options.target)
                services.push_back(service.text);
        }
        return services;
    }

    Job jobOf(const std::string &service, const dockerfile::Dockerfile &file) const
    {
        Job job;
        job.backend = m_rule.backend.text;
        job.service = service;
        job.dockerfile = &file;
        job.arguments = m_rule.arguments;
        const std::vector<matrix::Argument> adHoc = adHocArguments(m_options);
        if (!adHoc.empty()) {
            if (!job.arguments)
                job.arguments.emplace();
            job.arguments->insert(job.arguments->end(), adHoc.begin(), adHoc.end());
            job.adHocArguments = adHoc.size();
        }
        return job;
    }

    // All services of a rule see the same arguments.
    const Evaluation &evaluate(const Job &job, const Variables &overrides)
    {
        auto &known = m_evaluations[{job.dockerfile, job.platform}];
        if (!known)
            known = dockerfile::evaluateArguments(*job.dockerfile, overrides, job.platform);
        return *known;
    }

    void expandPlatform(Job job, const std::string &platform)
    {
        job.platform = platform;
        job.runner = runnerLabel(platform, m_options.runnerProfile);
        const Variables overrides = job.overrides();
        const Evaluation &evaluation = evaluate(job, overrides);
        std::vector<std::string> needs;
        const auto required = [&](const std::string &name) {
            std::string value = givenOr(name, overrides, evaluation);
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
        if (!needs.empty()) {
            m_result.incomplete.push_back({std::move(job), std::move(needs)});
            return;
        }
        const std::string extra = givenOr(argumentName(job.backend, "VERSION_EXTRA"), overrides, evaluation);
        TagSet tags = runtime ? runtimeTags(job, extra, last) : serviceTags(job, m_options.forRelease);
        job.platformTag = std::move(tags.platformTag);
        job.tag = std::move(tags.tag);
        job.cacheTags = std::move(tags.cacheTags);
        m_result.jobs.push_back(std::move(job));
    }

    const matrix::Matrix &m_matrix;
    const DockerfileLookup &m_dockerfiles;
    const Options &m_options;
    const Rule &m_rule;
    std::map<std::pair<const dockerfile::Dockerfile *, std::string>, std::optional<Evaluation>> m_evaluations;
    RuleJobs m_result;
};

} // namespace

std::string givenOr(const std::string &name, const Variables &overrides, const Evaluation &evaluation)
{
    if (const auto given = overrides.find(name); given != overrides.end())
        return given->second;
    const dockerfile::EvaluatedArgument *argument = evaluation.find(name);
    return argument ? argument->value.value_or(std::string()) : std::string();
}

bool isArgument(const std::string &text)
{
    return text.find('=') != std::string::npos && text.front() != '=';
}

std::vector<matrix::Argument> adHocArguments(const Options &options)
{
    std::vector<matrix::Argument> arguments;
    for (const std::string &text : options.arguments) {
        if (isArgument(text))
            arguments.push_back({text, {}});
    }
    return arguments;
}

RuleJobs expandRule(const matrix::Matrix &matrix, const DockerfileLookup &dockerfiles, const Options &options,
                    const matrix::Rule &rule)
{
    return RuleExpander(matrix, dockerfiles, options, rule).run();
}

} // namespace runner::expand
