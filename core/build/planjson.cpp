#include "build/planjson.h"

#include "build/jsonfields.h"
#include "build/recordjson.h"
#include "build/requestjson.h"

#include <algorithm>

namespace runner::build {

NLOHMANN_JSON_SERIALIZE_ENUM(JobState, {{JobState::Open, "open"},
                                        {JobState::Succeeded, "succeeded"},
                                        {JobState::Failed, "failed"}})

namespace {

tl::unexpected<Problem> unreadable(const std::string &why)
{
    return failure("plan-unreadable", {}, "A kept plan of builds cannot be read: " + why);
}

/// Calls \a member with the name and the value of each member, so that writing and reading cannot disagree.
template <typename AnyRecord, typename Member>
void forEachMemberOfRecord(AnyRecord &record, const Member &member)
{
    member("backend", record.backend);
    member("backend_version", record.backendVersion);
    member("original_backend_version", record.originalBackendVersion);
    member("backend_variant", record.backendVariant);
    member("service", record.service);
    member("service_version", record.serviceVersion);
    member("platform", record.platform);
    member("docker_image", record.dockerImage);
}

Json jsonOf(const PlannedJob &job)
{
    Json needs = Json::array();
    for (const Need &need : job.needs)
        needs.push_back({{"job", need.job}, {"image", need.image}});
    Json json = {{"request", toJson(job.request)}, {"needs", std::move(needs)}};
    if (job.released) {
        Json &record = json["released"] = Json::object();
        forEachMemberOfRecord(*job.released, [&](const char *name, const std::string &value) { record[name] = value; });
    }
    return json;
}

/// Throws what nlohmann throws.
Result<PlannedJob> readJob(const Json &json)
{
    auto request = requestFromJson(json.at("request").get<std::string>());
    if (!request)
        return tl::unexpected(request.error());
    PlannedJob job{std::move(*request), {}, {}};
    for (const Json &need : json.at("needs"))
        job.needs.push_back({need.at("job").get<std::size_t>(), need.at("image").get<std::string>()});
    if (const auto found = json.find("released"); found != json.end()) {
        job.released.emplace();
        forEachMemberOfRecord(
            *job.released, [&](const char *name, std::string &value) { value = found->at(name).get<std::string>(); });
    }
    return job;
}

/// A job stands behind those it needs, and manifests are made of jobs.
bool holdsTogether(const ImagePlan &plan)
{
    for (std::size_t i = 0; i < plan.jobs.size(); ++i) {
        const PlannedJob &job = plan.jobs[i];
        if (job.request.images.empty()
            || std::any_of(job.needs.begin(), job.needs.end(), [i](const Need &need) { return need.job >= i; }))
            return false;
    }
    return std::all_of(plan.manifests.begin(), plan.manifests.end(), [&](const PlannedManifest &manifest) {
        return std::all_of(manifest.jobs.begin(), manifest.jobs.end(),
                           [&](std::size_t job) { return job < plan.jobs.size(); });
    });
}

} // namespace

std::string toJson(const ImagePlan &plan)
{
    Json jobs = Json::array(), manifests = Json::array(), externals = Json::array();
    for (const PlannedJob &job : plan.jobs)
        jobs.push_back(jsonOf(job));
    for (const PlannedManifest &manifest : plan.manifests)
        manifests.push_back({{"image", manifest.image}, {"release", manifest.releaseImage}, {"jobs", manifest.jobs}});
    for (const ExternalImage &external : plan.externals)
        externals.push_back({{"image", external.image}, {"needed_by", external.neededBy}});
    return printedJson({{"jobs", std::move(jobs)},
                        {"manifests", std::move(manifests)},
                        {"externals", std::move(externals)},
                        {"origin",
                         {{"tags", plan.origin.tags},
                          {"arguments", plan.origin.arguments},
                          {"post_operation", plan.origin.postOperation}}}});
}

Result<ImagePlan> planFromJson(std::string_view text)
{
    const Json json = Json::parse(text, nullptr, false);
    ImagePlan plan;
    try {
        for (const Json &kept : json.at("jobs")) {
            auto job = readJob(kept);
            if (!job)
                return tl::unexpected(job.error());
            plan.jobs.push_back(std::move(*job));
        }
        for (const Json &kept : json.at("manifests"))
            plan.manifests.push_back({kept.at("image").get<std::string>(), kept.at("release").get<std::string>(),
                                      kept.at("jobs").get<std::vector<std::size_t>>()});
        for (const Json &kept : json.at("externals"))
            plan.externals.push_back(
                {kept.at("image").get<std::string>(), kept.at("needed_by").get<std::vector<std::string>>()});
        if (const auto origin = json.find("origin"); origin != json.end()) // Older plans have none.
            plan.origin = {origin->at("tags").get<std::vector<std::string>>(),
                           origin->at("arguments").get<std::vector<std::string>>(),
                           origin->at("post_operation").get<std::string>()};
    } catch (const Json::exception &error) {
        return unreadable(error.what());
    }
    if (!holdsTogether(plan))
        return unreadable("its parts do not fit each other");
    return plan;
}

std::string toJson(const PlanProgress &progress)
{
    return printedJson({{"jobs", progress.jobs},
                        {"digests", progress.digests},
                        {"manifests", progress.manifests},
                        {"made", progress.made},
                        {"problems", toJson(progress.problems)},
                        {"begun", progress.begun},
                        {"ended", progress.ended},
                        {"succeeded", progress.succeeded}});
}

Result<PlanProgress> progressFromJson(std::string_view text, const ImagePlan &plan)
{
    const Json json = Json::parse(text, nullptr, false);
    PlanProgress progress;
    try {
        json.at("jobs").get_to(progress.jobs);
        json.at("digests").get_to(progress.digests);
        json.at("manifests").get_to(progress.manifests);
        json.at("made").get_to(progress.made);
        progress.problems = problemsFromJson(json.at("problems").get<std::string>());
        json.at("begun").get_to(progress.begun);
        json.at("ended").get_to(progress.ended);
        json.at("succeeded").get_to(progress.succeeded);
    } catch (const Json::exception &error) {
        return unreadable(error.what());
    }
    if (progress.jobs.size() != plan.jobs.size() || progress.digests.size() != plan.jobs.size()
        || progress.manifests.size() != plan.manifests.size())
        return unreadable("its progress is that of another plan");
    return progress;
}

} // namespace runner::build
