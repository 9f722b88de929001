#include "onboard/terms.h"

#include "dockerfile/evaluation.h"
#include "expand/plan.h"

#include <algorithm>

namespace runner::onboard {

using workspace::Workspace;

std::string versionArgument(const std::string &id)
{
    return expand::argumentName(id, "VERSION");
}

std::string archsArgument(const std::string &id)
{
    return expand::argumentName(id, "ARCHS");
}

std::string homeArgument(const std::string &id)
{
    return expand::argumentName(id, "HOME");
}

std::string shownNameOf(const Workspace &centre, const ServiceAnswer &service)
{
    return service.name.empty() ? centre.matrix.serviceName(service.id) : service.name;
}

std::vector<std::string> variantsOrNone(const std::vector<matrix::Variant> &variants)
{
    std::vector<std::string> ids;
    ids.reserve(variants.size());
    for (const matrix::Variant &variant : variants)
        ids.push_back(variant.id);
    return ids.empty() ? std::vector<std::string>{""} : ids;
}

const dockerfile::Dockerfile *commonDockerfile(const Workspace &centre, const std::string &backend)
{
    const auto found =
        std::find_if(centre.dockerfiles.begin(), centre.dockerfiles.end(),
                     [&](const workspace::PackFile &file) { return file.backend == backend && file.service.empty(); });
    return found == centre.dockerfiles.end() ? nullptr : &found->file;
}

std::string variantArgumentOf(const Workspace &centre, const std::string &backend)
{
    const matrix::Backend *found = centre.matrix.findBackend(backend);
    return found ? found->variantArgument : std::string();
}

std::vector<std::string> versionsOf(const Workspace &centre, const ServiceTarget &target)
{
    if (!target.versions.empty())
        return target.versions;
    const dockerfile::Dockerfile *file = commonDockerfile(centre, target.backend);
    if (!file)
        return {};
    const auto evaluation = dockerfile::evaluateArguments(*file, {}, "linux/amd64");
    const auto *version = evaluation.find(versionArgument(target.backend));
    return version && version->value && !version->value->empty() ? std::vector<std::string>{*version->value}
                                                                 : std::vector<std::string>();
}

std::vector<std::string> packedVersions(const Workspace &centre, const std::string &backend)
{
    const std::string name = versionArgument(backend);
    const std::vector<std::string> byDefault = versionsOf(centre, {backend, {}, {}, {}, {}, {}});
    std::vector<std::string> versions;
    const auto add = [&](const std::string &version) {
        if (!version.empty() && std::find(versions.begin(), versions.end(), version) == versions.end())
            versions.push_back(version);
    };
    for (const matrix::Rule &rule : centre.matrix.rules) {
        if (rule.backend.text != backend)
            continue;
        std::string version = byDefault.empty() ? std::string() : byDefault.front();
        for (const matrix::Argument &argument : rule.arguments.value_or(std::vector<matrix::Argument>())) {
            if (argument.name() == name)
                version = argument.value().value_or(version);
        }
        add(version);
    }
    return versions;
}

std::vector<std::string> knownVariants(const Workspace &centre, const matrix::Backend &backend)
{
    std::vector<std::string> variants;
    if (backend.variantArgument.empty())
        return variants;
    const auto add = [&](const std::string &variant) {
        if (!variant.empty() && std::find(variants.begin(), variants.end(), variant) == variants.end())
            variants.push_back(variant);
    };
    for (const matrix::Variant &variant : backend.variants)
        add(variant.id);
    for (const matrix::Rule &rule : centre.matrix.rules) {
        if (rule.backend.text != backend.id || !rule.arguments)
            continue;
        for (const matrix::Argument &argument : *rule.arguments) {
            if (argument.name() == backend.variantArgument)
                add(argument.value().value_or(std::string()));
        }
    }
    return variants;
}

std::vector<std::string> variantsOf(const Workspace &centre, const ServiceTarget &target)
{
    const matrix::Backend *backend = centre.matrix.findBackend(target.backend);
    if (!target.variants.empty())
        return target.variants;
    const auto known = backend ? knownVariants(centre, *backend) : std::vector<std::string>();
    return known.empty() ? std::vector<std::string>{""} : known;
}

ServiceTarget usualTarget(const Workspace &centre, const std::string &backend)
{
    ServiceTarget target;
    target.backend = backend;
    ServiceTarget usual = target;
    usual.versions = versionsOf(centre, target);
    usual.platforms = platformsOf(centre, target);
    usual.variants = variantsOf(centre, target);
    std::erase(usual.variants, std::string());
    return usual;
}

std::vector<std::string> platformsOf(const Workspace &centre, const ServiceTarget &target)
{
    if (!target.platforms.empty())
        return target.platforms;
    for (const matrix::Rule &rule : centre.matrix.rules) {
        if (rule.backend.text == target.backend)
            return rule.effectivePlatforms();
    }
    return matrix::defaultPlatforms();
}

} // namespace runner::onboard
