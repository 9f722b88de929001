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

// What a job and one that is not complete have in common, in front.
Json beginOf(const Job &job)
{
    return {{"backend", job.backend}, {"backend_version", job.backendVersion}, {"backend_variant", job.backendVariant},
            {"service", job.service}, {"service_version", job.serviceVersion}, {"platform", job.platform}};
}

Json toJson(const Job &job)
{
    Json json = beginOf(job);
    json["platform_tag"] = job.platformTag;
    json["tag"] = job.tag;
    json["args"] = argumentsOf(job);
    json["runner"] = job.runner;
    json["platform_tag_cache"] = job.cacheTags;
    json["original_backend_version"] = job.originalBackendVersion;
    json["deprecated"] = false;
    return json;
}

Json toJson(const IncompleteJob &incomplete, const matrix::Matrix &matrix)
{
    const matrix::Rule &rule = matrix.rules.at(incomplete.job.rule);
    Json json = beginOf(incomplete.job);
    json["args"] = argumentsOf(incomplete.job);
    json["needs"] = incomplete.needs;
    json["rule"] = rule.number;
    json["file"] = rule.where.file;
    json["line"] = rule.where.line;
    return json;
}

Json toJson(const Step &step)
{
    return {{"origin", originName(step.origin)}, {"name", step.name},       {"text", step.text},
            {"file", step.where.file},           {"line", step.where.line}, {"column", step.where.column}};
}

Json valueOf(const ExplainedArgument &argument)
{
    return argument.value ? Json(*argument.value) : Json(nullptr);
}

Json toJson(const ExplainedArgument &argument)
{
    Json chain = Json::array();
    for (const Step &step : argument.chain)
        chain.push_back(toJson(step));
    return {{"name", argument.name},
            {"value", valueOf(argument)},
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
    return print({{"build_jobs", std::move(jobs)},
                  {"manifest_jobs", std::move(manifests)},
                  {"incomplete", std::move(incomplete)}});
}

std::string toJson(const std::vector<PlatformArguments> &platforms)
{
    Json list = Json::array();
    const std::size_t count = platforms.empty() ? 0 : platforms.front().arguments.size();
    for (std::size_t i = 0; i < count; ++i) {
        Json json = toJson(platforms.front().arguments[i]);
        Json &perPlatform = json["platforms"] = Json::array();
        for (const PlatformArguments &each : platforms) {
            const ExplainedArgument &argument = each.arguments.at(i);
            perPlatform.push_back({{"platform", each.platform},
                                   {"value", valueOf(argument)},
                                   {"stages", argument.stages},
                                   {"used", argument.used()}});
        }
        list.push_back(std::move(json));
    }
    return print(list);
}

} // namespace runner::expand
