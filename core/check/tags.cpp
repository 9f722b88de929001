// Tags and names: what a registry would refuse, and what is not in lower case.
#include "check/families.h"

#include "expand/rulejobs.h"
#include "text/ascii.h"

#include <algorithm>

namespace runner::check {

namespace {

constexpr std::size_t maxTagLength = 128;

bool hasTagCharacters(const std::string &tag)
{
    return !tag.empty() && text::isWord(tag.front())
           && std::all_of(tag.begin(), tag.end(), [](char c) { return text::isWord(c) || c == '.' || c == '-'; });
}

void checkTag(const std::string &tag, const Location &where, Problems &problems)
{
    if (!hasTagCharacters(tag))
        problems.push_back({"tag-bad-characters", Severity::Error, where, "A registry refuses the tag '" + tag + "'",
                            "Use letters, digits, '_', '.' and '-' only in versions and variants"});
    else if (tag.size() > maxTagLength)
        problems.push_back({"tag-too-long", Severity::Error, where,
                            "The tag '" + tag.substr(0, maxTagLength) + "…' has more than "
                                + std::to_string(maxTagLength) + " characters",
                            "Shorten a version or the variant"});
}

bool isLowerCase(const std::string &text)
{
    return text == text::lowered(text);
}

void addUpperCase(const char *id, const Location &where, const std::string &text, Problems &problems)
{
    constexpr std::size_t shownBytes = 200;
    problems.push_back({id, Severity::Warning, where,
                        "'" + text.substr(0, shownBytes) + "' is not written in lower case",
                        "Names and tags of images are written in lower case only"});
}

// The tag itself is lowered; what it is made from would then be called differently in the matrix and in the registry.
void checkCase(const Subject &subject, const Target &target, Problems &problems)
{
    const matrix::Backend *backend = subject.matrix.findBackend(target.rule->backend.text);
    std::vector<std::string> names{expand::argumentName(target.rule->backend.text, "VERSION"),
                                   expand::argumentName(target.service, "VERSION")};
    if (backend && !backend->variantArgument.empty())
        names.push_back(backend->variantArgument);
    for (const std::string &name : names) {
        if (const std::string value = target.value(name); !isLowerCase(value))
            addUpperCase("tag-not-lowercase", target.placeOf(name), value, problems);
    }
}

void checkIdentifiers(const Subject &subject, Problems &problems)
{
    for (const matrix::Backend &backend : subject.matrix.backends) {
        if (!isLowerCase(backend.id))
            addUpperCase("tag-not-lowercase", backend.where, backend.id, problems);
    }
    for (const matrix::Service &service : subject.matrix.services) {
        if (!isLowerCase(service.id))
            addUpperCase("tag-not-lowercase", service.where, service.id, problems);
    }
    const matrix::ImageNaming &image = subject.matrix.image;
    for (const std::string &name : {image.nameSpace, image.repository, image.cacheRepository}) {
        if (!isLowerCase(name))
            addUpperCase("image-name-not-lowercase", image.where, name, problems);
    }
}

void checkReleased(const catalog::Record &record, Problems &problems)
{
    const auto colon = record.dockerImage.rfind(':');
    if (colon != std::string::npos)
        checkTag(record.dockerImage.substr(colon + 1), record.where, problems);
    if (!isLowerCase(record.dockerImage.substr(0, colon)))
        addUpperCase("image-name-not-lowercase", record.where, record.dockerImage, problems);
    else if (!isLowerCase(record.dockerImage))
        addUpperCase("tag-not-lowercase", record.where, record.dockerImage, problems);
}

} // namespace

void checkCase(const RuleSubject &subject, Problems &problems)
{
    for (const Target &target : subject.targets)
        checkCase(subject.centre, target, problems);
}

void checkTags(const Subject &subject, const expand::Expansion &expansion, Problems &problems)
{
    for (const expand::KeptJob &kept : expansion.kept)
        checkTag(kept.job->platformTag, subject.matrix.rules[kept.rule].where, problems);
    checkIdentifiers(subject, problems);
}

void checkReleasedNames(const Subject &subject, Problems &problems)
{
    for (const catalog::Record &record : subject.workspace.records)
        checkReleased(record, problems);
}

} // namespace runner::check
