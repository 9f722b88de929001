// Tags: what a registry would refuse.
#include "check/families.h"

#include <algorithm>

namespace runner::check {

namespace {

constexpr std::size_t maxTagLength = 128;

bool isWordCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool hasTagCharacters(const std::string &tag)
{
    return !tag.empty() && isWordCharacter(tag.front())
        && std::all_of(tag.begin(), tag.end(), [](char c) { return isWordCharacter(c) || c == '.' || c == '-'; });
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

} // namespace

void checkTags(const Subject &subject, Problems &problems)
{
    for (const expand::Job &job : subject.plan.jobs)
        checkTag(job.platformTag, subject.matrix.rules[job.rule].where, problems);
    for (const catalog::Record &record : subject.workspace.records) {
        const auto colon = record.dockerImage.rfind(':');
        if (colon != std::string::npos)
            checkTag(record.dockerImage.substr(colon + 1), record.where, problems);
    }
}

} // namespace runner::check
