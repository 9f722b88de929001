#include "expand/json.h"

#include <nlohmann/json.hpp>

namespace runner::expand {

namespace {

using Json = nlohmann::ordered_json;

std::string print(const Json &json)
{
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json argumentsOf(const Job &job)
{
    if (!job.arguments)
        return nullptr;
    Json list = Json::array();
    for (const matrix::Argument &argument : *job.arguments)
        list.push_back(argument.text);
    return list;
}

Json toJson(const Job &job)
{
    return {{"backend", job.backend},
            {"backend_version", job.backendVersion},
            {"backend_variant", job.backendVariant},
            {"service", job.service},
            {"service_version", job.serviceVersion},
            {"platform", job.platform},
            {"platform_tag", job.platformTag},
            {"tag", job.tag},
            {"args", argumentsOf(job)},
            {"runner", job.runner},
            {"platform_tag_cache", job.cacheTags},
            {"original_backend_version", job.originalBackendVersion},
            {"deprecated", false}};
}

Json toJson(const IncompleteJob &incomplete, const matrix::Matrix &matrix)
{
    const Job &job = incomplete.job;
    const matrix::Rule &rule = matrix.rules.at(job.rule);
    return {{"backend", job.backend},
            {"backend_version", job.backendVersion},
            {"backend_variant", job.backendVariant},
            {"service", job.service},
            {"service_version", job.serviceVersion},
            {"platform", job.platform},
            {"args", argumentsOf(job)},
            {"needs", incomplete.needs},
            {"rule", rule.number},
            {"file", rule.where.file},
            {"line", rule.where.line}};
}

Json toJson(const Step &step)
{
    return {{"origin", originName(step.origin)}, {"name", step.name},         {"text", step.text},
            {"file", step.where.file},           {"line", step.where.line},   {"column", step.where.column}};
}

Json toJson(const ExplainedArgument &argument)
{
    Json chain = Json::array();
    for (const Step &step : argument.chain)
        chain.push_back(toJson(step));
    return {{"name", argument.name},
            {"value", argument.value ? Json(*argument.value) : Json(nullptr)},
            {"need", dockerfile::needName(argument.need)},
            {"description", argument.description},
            {"chain", std::move(chain)},
            {"stages", argument.stages},
            {"used", argument.used()},
            {"declared", argument.declared}};
}

} // namespace

std::string toJson(const Plan &plan, const matrix::Matrix &matrix)
{
    Json jobs = Json::array();
    for (const Job &job : plan.jobs)
        jobs.push_back(toJson(job));
    Json manifests = Json::object();
    for (const ManifestJob &manifest : plan.manifests)
        manifests[manifest.tag] = manifest.platformTags;
    Json incomplete = Json::array();
    for (const IncompleteJob &job : plan.incomplete)
        incomplete.push_back(toJson(job, matrix));
    return print(
        {{"build_jobs", std::move(jobs)}, {"manifest_jobs", std::move(manifests)}, {"incomplete", std::move(incomplete)}});
}

std::string toJson(const std::vector<ExplainedArgument> &arguments)
{
    Json list = Json::array();
    for (const ExplainedArgument &argument : arguments)
        list.push_back(toJson(argument));
    return print(list);
}

} // namespace runner::expand
