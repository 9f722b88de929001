#include "build/request.h"

#include "build/limits.h"
#include "image/reference.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>

namespace runner::build {

namespace {

constexpr const char *commonName = "common";
constexpr const char *commonFolder = "pack/common";

// Of several arguments with one name the last counts, at the place where it stands.
Pairs givenArguments(const expand::Job &job)
{
    Pairs pairs;
    if (!job.arguments)
        return pairs;
    std::set<std::string> seen;
    for (auto argument = job.arguments->rbegin(); argument != job.arguments->rend(); ++argument) {
        const auto value = argument->value();
        if (value && seen.insert(argument->name()).second)
            pairs.emplace_back(argument->name(), *value);
    }
    std::reverse(pairs.begin(), pairs.end());
    return pairs;
}

Pairs namedContexts(const std::string &root, const Options &options)
{
    Pairs contexts;
    const bool replaced = std::any_of(options.contexts.begin(), options.contexts.end(),
                                      [](const Pair &context) { return context.first == commonName; });
    std::error_code error;
    if (!replaced && std::filesystem::is_directory(std::filesystem::path(root) / commonFolder, error))
        contexts.emplace_back(commonName, commonFolder);
    contexts.insert(contexts.end(), options.contexts.begin(), options.contexts.end());
    return contexts;
}

std::vector<std::string> cacheImages(const expand::Job &job, const matrix::ImageNaming &naming)
{
    std::vector<std::string> images;
    for (const std::string &tag : job.cacheTags)
        images.push_back(naming.nameSpace + "/" + naming.cacheRepository + ":" + tag);
    return images;
}

bool writesCache(const Options &options)
{
    if (!options.postOperation.empty() || options.call == Call::Check || options.cacheTo == Options::CacheTo::Never)
        return false;
    return options.cacheTo == Options::CacheTo::Always || options.output.kind == OutputKind::Push;
}

void fillFromOptions(Request &request, const Options &options)
{
    request.builder = options.builder;
    request.entitlements = options.entitlements;
    request.ulimits = options.ulimits;
    request.sharedMemory = options.sharedMemory;
    request.provenance = options.provenance;
    request.sbom = options.sbom;
    request.noCache = options.noCache;
    request.pull = options.pull;
    request.call = options.call;
    if (options.call == Call::Build) // A dry run gives no image.
        request.output = options.output;
    request.metadataFile = options.metadataFile;
    request.progress = options.progress;
}

void fillFromJob(Request &request, const expand::Job &job)
{
    request.platform = job.platform;
    request.target = job.service;
    request.dockerfile = job.dockerfile->fileName;
    request.context = std::filesystem::path(request.dockerfile).parent_path().string();
    request.buildArguments = givenArguments(job);
    request.backend = job.backend;
    request.service = job.service;
    request.platformTag = job.platformTag;
    request.tag = job.tag;
}

// Somebody may take the namespace for a URL: what would be a user and a password in it is not told on.
std::string withoutCredentials(const std::string &image)
{
    const std::size_t scheme = image.find("://");
    const std::size_t begin = scheme == std::string::npos ? 0 : scheme + 3;
    const std::size_t at = image.find('@', begin);
    const bool isFirst = at != std::string::npos && image.find('/', begin) > at;
    return isFirst ? image.substr(0, begin) + "…" + image.substr(at) : image;
}

} // namespace

static std::optional<Problem> badLimit(const Options &options)
{
    std::string why = options.sharedMemory.empty() ? std::string() : sizeError(options.sharedMemory);
    for (std::size_t i = 0; i < options.ulimits.size() && why.empty(); ++i)
        why = ulimitError(options.ulimits[i]);
    if (why.empty())
        return {};
    return Problem{"limit-invalid", Severity::Error, {}, why, "Correct it among the build's limits"};
}

Result<Request> makeRequest(const std::string &root, const expand::Job &job, const Options &options)
{
    const std::string image = options.naming.nameSpace + "/" + options.naming.repository + ":" + job.platformTag;
    if (!image::parseReference(image))
        return failure("image-name-invalid", {}, "'" + withoutCredentials(image) + "' is no name for an image",
                       "Correct the namespace, the repository or the versions that make up the tag");
    if (const auto problem = badLimit(options))
        return tl::unexpected(*problem);
    Request request;
    request.folder = root;
    fillFromOptions(request, options);
    fillFromJob(request, job);
    request.images = {image};
    request.contexts = namedContexts(root, options);
    if (options.cacheFrom)
        request.cacheFrom = cacheImages(job, options.naming);
    if (writesCache(options))
        request.cacheTo = cacheImages(job, options.naming);
    return request;
}

Options optionsOf(const Request &request)
{
    Options options;
    options.builder = request.builder;
    options.output = request.output;
    options.call = request.call;
    options.cacheFrom = !request.cacheFrom.empty();
    const bool pushes = request.output.kind == OutputKind::Push && request.call == Call::Build;
    if (pushes ? request.cacheTo.empty() : !request.cacheTo.empty())
        options.cacheTo = pushes ? Options::CacheTo::Never : Options::CacheTo::Always;
    options.noCache = request.noCache;
    options.pull = request.pull;
    options.provenance = request.provenance;
    options.sbom = request.sbom;
    options.entitlements = request.entitlements;
    options.ulimits = request.ulimits;
    options.sharedMemory = request.sharedMemory;
    for (const Pair &context : request.contexts) {
        if (context != Pair(commonName, commonFolder)) // That one comes by itself.
            options.contexts.push_back(context);
    }
    const std::string repository = repositoryOf(request);
    const std::size_t slash = repository.rfind('/');
    options.naming.nameSpace = slash == repository.npos ? std::string() : repository.substr(0, slash);
    options.naming.repository = repository.substr(slash + 1);
    options.metadataFile = request.metadataFile;
    options.progress = request.progress;
    return options;
}

std::string repositoryOf(const Request &request)
{
    const std::string &image = request.images.front();
    return image.substr(0, image.rfind(':'));
}

const char *outputName(OutputKind kind)
{
    switch (kind) {
    case OutputKind::Push:
        return "push";
    case OutputKind::Load:
        return "load";
    case OutputKind::Archive:
        return "archive";
    case OutputKind::Nothing:
        break;
    }
    return "nothing";
}

} // namespace runner::build
