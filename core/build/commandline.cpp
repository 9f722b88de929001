#include "build/commandline.h"

namespace runner::build {

namespace {

using OptionList = std::vector<CommandOption>;

void addAll(OptionList &options, const char *name, const std::vector<std::string> &values)
{
    for (const std::string &value : values)
        options.push_back({name, value});
}

void addAll(OptionList &options, const char *name, const Pairs &pairs)
{
    for (const auto &[first, second] : pairs)
        options.push_back({name, first + "=" + second});
}

void addIfAny(OptionList &options, const char *name, const std::string &value)
{
    if (!value.empty())
        options.push_back({name, value});
}

void addOutput(OptionList &options, const Request &request)
{
    if (request.call == Call::Check) {
        options.push_back({"--call", "check", true});
        return;
    }
    switch (request.output.kind) {
    case OutputKind::Nothing: // Said in words: some builders load images into the local store by default.
        options.push_back({"--output", "type=cacheonly"});
        break;
    case OutputKind::Push:
        options.push_back({"--push"});
        break;
    case OutputKind::Load:
        options.push_back({"--load"});
        break;
    case OutputKind::Archive:
        options.push_back({"--output", "type=oci," + csvField("dest=" + request.output.file)});
        break;
    }
}

void addCaches(OptionList &options, const Request &request)
{
    for (const std::string &image : request.cacheFrom)
        options.push_back({"--cache-from", "type=registry,ref=" + image});
    for (const std::string &image : request.cacheTo)
        options.push_back(
            {"--cache-to", "type=registry,ref=" + image + ",mode=max,compression=gzip,ignore-error=true"});
}

void addFlags(OptionList &options, const Request &request)
{
    options.push_back({"--provenance", request.provenance ? "true" : "false", true});
    options.push_back({"--sbom", request.sbom ? "true" : "false", true});
    if (request.noCache)
        options.push_back({"--no-cache"});
    if (request.pull)
        options.push_back({"--pull"});
}

} // namespace

std::vector<CommandOption> commandOptions(const Request &request)
{
    OptionList options;
    addIfAny(options, "--builder", request.builder);
    addAll(options, "--allow", request.entitlements);
    addIfAny(options, "--platform", request.platform);
    addIfAny(options, "--file", request.dockerfile);
    addIfAny(options, "--target", request.target);
    addAll(options, "--tag", request.images);
    addAll(options, "--build-arg", request.buildArguments);
    addAll(options, "--build-context", request.contexts);
    addAll(options, "--ulimit", request.ulimits);
    addIfAny(options, "--shm-size", request.sharedMemory);
    addFlags(options, request);
    addCaches(options, request);
    addOutput(options, request);
    addIfAny(options, "--metadata-file", request.metadataFile);
    addIfAny(options, "--progress", request.progress);
    return options;
}

std::vector<std::string> commandLine(const Request &request)
{
    std::vector<std::string> words = {"docker", "buildx", "build"};
    for (const auto &[name, value, joined] : commandOptions(request)) {
        words.push_back(joined ? name + "=" + *value : name);
        if (value && !joined)
            words.push_back(*value);
    }
    words.push_back(request.context);
    return words;
}

std::string csvField(const std::string &field)
{
    if (field.find_first_of(",\"\n\r") == std::string::npos)
        return field;
    std::string quoted = "\"";
    for (const char c : field)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

} // namespace runner::build
