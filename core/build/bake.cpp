#include "build/bake.h"

#include "build/commandline.h"
#include "build/jsonfields.h"
#include "text/ascii.h"

#include <filesystem>

namespace runner::build {

namespace {

Json object(const Pairs &pairs)
{
    Json json = Json::object();
    for (const auto &[name, value] : pairs)
        json[name] = value;
    return json;
}

std::vector<std::string> caches(const std::vector<std::string> &images, const char *more)
{
    std::vector<std::string> values;
    values.reserve(images.size());
    for (const std::string &image : images)
        values.push_back("type=registry,ref=" + image + more);
    return values;
}

std::string output(const Output &output)
{
    switch (output.kind) {
    case OutputKind::Push:
        return "type=registry";
    case OutputKind::Load:
        return "type=docker";
    case OutputKind::Archive:
        return "type=oci," + csvField("dest=" + output.file);
    case OutputKind::Nothing:
        break;
    }
    return "type=cacheonly";
}

std::string attestation(const char *type, bool wanted)
{
    return std::string("type=") + type + (wanted ? "" : ",disabled=true");
}

Json target(const Request &request)
{
    const auto dockerfile = std::filesystem::path(request.dockerfile).lexically_relative(request.context);
    Json json = {{"context", request.context},
                 {"contexts", object(request.contexts)},
                 {"dockerfile", dockerfile.generic_string()}, // bake counts it from the context
                 {"target", request.target},
                 {"tags", request.images},
                 {"args", object(request.buildArguments)},
                 {"platforms", {request.platform}},
                 {"entitlements", request.entitlements},
                 {"ulimits", request.ulimits},
                 {"attest", {attestation("provenance", request.provenance), attestation("sbom", request.sbom)}},
                 {"cache-from", caches(request.cacheFrom, "")},
                 {"cache-to", caches(request.cacheTo, ",mode=max,compression=gzip,ignore-error=true")}};
    if (!request.sharedMemory.empty())
        json["shm-size"] = request.sharedMemory;
    if (request.noCache)
        json["no-cache"] = true;
    if (request.pull)
        json["pull"] = true;
    if (request.call == Call::Check)
        json["call"] = "check";
    else
        json["output"] = {output(request.output)};
    return json;
}

// bake builds the target that a context names before, and hands its result on; nothing need be kept for that.
Request linked(const PlannedJob &job, const ImagePlan &plan)
{
    if (job.request.call == Call::Check)
        return withNeeds(job, plan, {});
    Request request = job.request;
    for (const Need &need : job.needs)
        request.contexts.emplace_back(need.image, "target:" + bakeTarget(plan.jobs[need.job].request));
    return request;
}

// bake expands ${…} in a file's texts.
void escapeVariables(Json &json)
{
    if (json.is_string()) {
        std::string text = json.get<std::string>();
        for (std::size_t i = 0; (i = text.find_first_of("$%", i)) != std::string::npos;) {
            const bool expands = i + 1 < text.size() && text[i + 1] == '{';
            if (expands)
                text.insert(i, 1, text[i]);
            i += expands ? 3 : 1;
        }
        json = text;
    }
    if (json.is_structured()) {
        for (Json &inner : json)
            escapeVariables(inner);
    }
}

} // namespace

std::string bakeTarget(const Request &request)
{
    std::string name = request.platformTag;
    for (char &c : name) {
        c = text::isLetterOrDigit(c) || c == '-' ? c : '_';
    }
    return name;
}

std::string bakeFile(const ImagePlan &plan)
{
    Json names = Json::array();
    Json targets = Json::object();
    for (const PlannedJob &job : plan.jobs) {
        const Request request = linked(job, plan);
        names.push_back(bakeTarget(request));
        targets[bakeTarget(request)] = target(request);
    }
    escapeVariables(targets);
    const Json file = {{"group", {{"default", {{"targets", names}}}}}, {"target", targets}};
    return file.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace runner::build
