#include "onboard/tagclash.h"

#include "expand/tags.h"
#include "image/imagename.h"
#include "image/reference.h"

#include <algorithm>
#include <map>

namespace runner::onboard {

namespace {

constexpr std::size_t maxTag = 128;
constexpr std::size_t platformRoom = 16; // "-linux-arm64" and a little more

std::string tagOf(const NewTag &tag)
{
    return image::makeTag(tag.backend, expand::firstParts(tag.backendVersion, 2), tag.variant, tag.service,
                          tag.serviceVersion);
}

void addUnique(std::vector<std::string> &list, const std::string &text)
{
    if (std::find(list.begin(), list.end(), text) == list.end())
        list.push_back(text);
}

// The grammar of names as it will be with the new backends and services.
image::NameGrammar grammarWith(const workspace::Workspace &centre, const std::vector<NewTag> &tags)
{
    std::vector<std::string> backends{"Host"};
    std::vector<std::string> services;
    for (const matrix::Backend &backend : centre.matrix.backends)
        backends.push_back(backend.id);
    for (const matrix::Service &service : centre.matrix.services)
        services.push_back(service.id);
    for (const NewTag &tag : tags) {
        addUnique(backends, tag.backend);
        addUnique(services, tag.service);
    }
    return {backends, services, centre.matrix.image.repository};
}

bool readsBack(const image::NameGrammar &grammar, const std::string &repository, const std::string &tag,
               const NewTag &parts)
{
    const auto name = grammar.parse(repository + ":" + tag);
    return name && name->backend == parts.backend && name->backendVersion == expand::firstParts(parts.backendVersion, 2)
           && name->backendVariant == parts.variant && name->service == parts.service
           && name->serviceVersion == parts.serviceVersion;
}

// Who has a tag, as a sentence tells it.
std::map<std::string, std::string> takenTags(const workspace::Workspace &centre)
{
    std::map<std::string, std::string> taken;
    const expand::Expansion expansion = workspace::releaseExpansion(centre);
    for (const expand::KeptJob &kept : expansion.kept)
        taken.emplace(kept.job->tag, "the image of rule " + std::to_string(kept.rule + 1));
    for (const catalog::Record &record : centre.records)
        taken.emplace(image::splitImage(record.dockerImage).tag, "a released image");
    return taken;
}

} // namespace

void checkTags(FieldCheck &check, const workspace::Workspace &centre, const std::vector<NewTag> &tags)
{
    auto taken = takenTags(centre);
    const image::NameGrammar grammar = grammarWith(centre, tags);
    for (const NewTag &parts : tags) {
        const std::string tag = tagOf(parts);
        if (tag.size() + platformRoom > maxTag)
            check.error(parts.field, "onboard-tag-too-long", "The tag " + inQuotes(tag) + " would be too long",
                        "Use shorter identifiers and versions");
        else if (!readsBack(grammar, centre.matrix.image.repository, tag, parts))
            check.error(parts.field, "onboard-tag-unclear", "The tag " + tag + " could not be taken apart again",
                        "Choose an identifier that no other one begins with");
        if (const auto [at, added] = taken.emplace(tag, "another image of these answers"); !added)
            check.error(parts.field, "onboard-tag-taken", "The tag " + tag + " is that of " + at->second,
                        "Choose another identifier or version");
    }
}

} // namespace runner::onboard
