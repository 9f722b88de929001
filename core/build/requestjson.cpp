#include "build/requestjson.h"

#include "build/commandline.h"
#include "build/jsonfields.h"

namespace runner::build {

namespace {

/// Calls \a member with the name and the value of each member, so that writing and reading cannot disagree.
template <typename AnyRequest, typename Member>
void forEachMember(AnyRequest &request, const Member &member)
{
    member("folder", request.folder);
    member("builder", request.builder);
    member("platform", request.platform);
    member("dockerfile", request.dockerfile);
    member("context", request.context);
    member("target", request.target);
    member("images", request.images);
    member("build_arguments", request.buildArguments);
    member("contexts", request.contexts);
    member("cache_from", request.cacheFrom);
    member("cache_to", request.cacheTo);
    member("entitlements", request.entitlements);
    member("ulimits", request.ulimits);
    member("shared_memory", request.sharedMemory);
    member("provenance", request.provenance);
    member("sbom", request.sbom);
    member("no_cache", request.noCache);
    member("pull", request.pull);
    member("output", request.output.kind);
    member("output_file", request.output.file);
    member("call", request.call);
    member("metadata_file", request.metadataFile);
    member("progress", request.progress);
    member("backend", request.backend);
    member("service", request.service);
    member("platform_tag", request.platformTag);
    member("tag", request.tag);
}

} // namespace

NLOHMANN_JSON_SERIALIZE_ENUM(OutputKind, {{OutputKind::Nothing, "nothing"},
                                          {OutputKind::Push, "push"},
                                          {OutputKind::Load, "load"},
                                          {OutputKind::Archive, "archive"}})
NLOHMANN_JSON_SERIALIZE_ENUM(Call, {{Call::Build, "build"}, {Call::Check, "check"}})

std::string commandsJson(const std::vector<Request> &requests)
{
    Json list = Json::array();
    for (const Request &request : requests) {
        list.push_back({{"image", request.images.empty() ? "" : request.images.front()},
                        {"tag", request.tag},
                        {"platform", request.platform},
                        {"folder", request.folder},
                        {"command", commandLine(request)}});
    }
    return printedJson(list, 2) + "\n";
}

std::string toJson(const Request &request)
{
    Json json;
    forEachMember(request, [&](const char *name, const auto &value) { json[name] = value; });
    return printedJson(json);
}

Result<Request> requestFromJson(std::string_view text)
{
    const auto unreadable = [](const std::string &why) {
        return failure("request-unreadable", {}, "A kept build request cannot be read: " + why);
    };
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object())
        return unreadable("it is no JSON object");
    Request request;
    try {
        forEachMember(request, [&](const char *name, auto &value) {
            if (const auto found = json.find(name); found != json.end())
                found->get_to(value);
        });
    } catch (const Json::exception &error) {
        return unreadable(error.what());
    }
    return request;
}

} // namespace runner::build
