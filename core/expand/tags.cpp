#include "expand/tags.h"

#include "image/imagename.h"
#include "text/ascii.h"

#include <algorithm>

namespace runner::expand {

std::string argumentName(const std::string &id, const std::string &what)
{
    std::string name = text::uppered(id);
    std::replace(name.begin(), name.end(), '-', '_');
    return name + "_" + what;
}

std::string firstParts(const std::string &version, int count)
{
    std::size_t end = 0;
    while (count-- > 0 && end != std::string::npos)
        end = version.find('.', end == 0 ? 0 : end + 1);
    return version.substr(0, end);
}

TagSet serviceTags(const Job &job, bool forRelease)
{
    const std::string suffix = "-" + image::platformSuffix(job.platform);
    const auto tagOf = [&](const std::string &serviceVersion) {
        return image::makeTag(job.backend, job.backendVersion, job.backendVariant, job.service, serviceVersion);
    };
    TagSet tags;
    const std::string tag = tagOf(job.serviceVersion);
    tags.tag = forRelease ? tag : tag + "-dev";
    tags.platformTag = tag + suffix;
    for (const std::string &version :
         {job.serviceVersion, firstParts(job.serviceVersion, 2), firstParts(job.serviceVersion, 1)}) {
        std::string cacheTag = tagOf(version) + suffix;
        if (std::find(tags.cacheTags.begin(), tags.cacheTags.end(), cacheTag) == tags.cacheTags.end())
            tags.cacheTags.push_back(std::move(cacheTag));
    }
    return tags;
}

TagSet runtimeTags(const Job &job, const std::string &versionExtra, const std::string &pythonVersion)
{
    std::string tag = job.backend + job.originalBackendVersion + versionExtra;
    if (!job.backendVariant.empty())
        tag += "-" + job.backendVariant;
    tag += "-python" + pythonVersion;
    tag = text::lowered(tag);
    const std::string platformTag = tag + "-" + image::platformSuffix(job.platform);
    return {platformTag, tag, {platformTag}};
}

std::string runnerLabel(const std::string &platform, const std::string &profile)
{
    const std::string label = platform == "linux/arm64" ? "ubuntu-22.04-arm" : "ubuntu-22.04";
    return profile.empty() || profile == "normal" ? label : label + "-" + profile;
}

} // namespace runner::expand
