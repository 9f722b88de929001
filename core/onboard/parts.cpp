#include "onboard/parts.h"

#include "dockerfile/characters.h"
#include "dockerfile/expansion.h"
#include "expand/plan.h"
#include "image/reference.h"
#include "onboard/identifiers.h"
#include "onboard/takennames.h"
#include "text/ascii.h"
#include "workspace/contexts.h"

#include <algorithm>
#include <optional>

namespace runner::onboard {

namespace {

constexpr std::size_t maxArgumentName = 64;
constexpr std::size_t maxDefault = 256;
constexpr std::size_t maxComment = 300;
constexpr std::size_t maxImage = 255;

using dockerfile::Need;

bool isImageCharacter(char c)
{
    return text::isLetterOrDigit(c) || std::string_view("._/:@${}%#-").find(c) != std::string_view::npos;
}

// Names that a text refers to; nothing where it cannot be expanded.
std::optional<dockerfile::Expanded> expanded(const std::string &text, const Values &values)
{
    auto result = dockerfile::expandWord(text, '\\', [&](std::string_view name) -> std::optional<std::string> {
        const auto found = values.find(name);
        return found == values.end() ? std::nullopt : std::optional(found->second);
    });
    return result ? std::optional(std::move(*result)) : std::nullopt;
}

void checkArgumentName(FieldCheck &check, const std::string &field, const std::string &name,
                       const std::vector<std::string> &owners)
{
    const bool capitals = dockerfile::isIdentifier(name) && name == text::uppered(name);
    std::string prefixes;
    bool owned = false;
    for (const std::string &id : owners) {
        const std::string prefix = expand::argumentName(id, "");
        owned = owned || (name.starts_with(prefix) && name.size() > prefix.size());
        prefixes += (prefixes.empty() ? "" : " or ") + prefix;
    }
    if (name.empty())
        check.error(field, "onboard-empty", "The argument has no name", "Give it one");
    else if (name.size() > maxArgumentName)
        check.error(field, "onboard-too-long", "This name is " + std::to_string(name.size()) + " bytes long",
                    "Take at most " + std::to_string(maxArgumentName));
    else if (!capitals)
        check.error(field, "onboard-bad-argument", inQuotes(name) + " is no name of an argument",
                    "Use capitals, digits and '_', with a letter first");
    else if (!owned && !owners.empty())
        check.error(field, "onboard-bad-argument",
                    inQuotes(name)
                        + (owners.size() == 1
                               ? " is not named after " + owners.front()
                               : std::string(" is named after neither the backend nor one of its services")),
                    "Begin it with " + prefixes);
}

void checkDefault(FieldCheck &check, const std::string &field, const ArgumentAnswer &argument)
{
    if (argument.need == Need::Required && argument.defaultText.empty())
        check.error(field, "onboard-no-default", "A REQUIRED argument needs a default",
                    "Give it one, or call it OPTIONAL");
    if (argument.defaultText.empty())
        return;
    if (!checkLine(check, field, argument.defaultText, maxDefault))
        return;
    if (argument.defaultText.find_first_of("\"'\\`") != std::string::npos)
        check.error(field, "onboard-bad-default", "The default holds a quote or a backslash",
                    "Leave it out; blanks are quoted by themselves");
    else if (!expanded(argument.defaultText, {}))
        check.error(field, "onboard-bad-default", "The default refers to something that cannot be understood",
                    "Write ${NAME} to refer to another argument");
}

void checkNeed(FieldCheck &check, const std::string &field, Need need)
{
    if (need == Need::Undocumented)
        check.error(field, "onboard-empty", "It is not said whether a build needs this argument",
                    "Choose required, optional or placeholder");
}

// Names of distributions as PEP 508 has them: what begins otherwise, pip would take for an option or a path.
void checkPackage(FieldCheck &check, const std::string &field, const std::string &package)
{
    const bool good = std::all_of(package.begin(), package.end(), [&](char c) {
        return text::isLetterOrDigit(c) || std::string_view("._-").find(c) != std::string_view::npos;
    });
    if (package.size() > maxArgumentName || !good || !text::isLetterOrDigit(package.front())
        || !text::isLetterOrDigit(package.back()))
        check.error(
            field, "onboard-bad-package", inQuotes(package) + " is no name of a Python package",
            "Write it as on the package index: letters, digits and . _ -, with a letter or digit first and last");
}

// The name that FROM would read as something else than an image: a context also where it has the tag "latest".
std::string stageMeantBy(const std::string &image, const std::set<std::string> &stages)
{
    constexpr std::string_view latest = ":latest";
    const bool isLatest = image.ends_with(latest);
    const std::string name = text::lowered(isLatest ? image.substr(0, image.size() - latest.size()) : image);
    const bool isMeant = isLatest ? name == workspace::commonContext : stages.contains(name);
    return isMeant ? name : std::string();
}

std::string stageReason(const std::string &name)
{
    if (name == "scratch")
        return "'scratch' is no image: it stands for nothing at all, without the shell that the steps need";
    if (name == workspace::commonContext)
        return "'" + name + "' is the build context of the shared scripts, and no image";
    return "A stage is called " + inQuotes(name) + ", and FROM would take the stage for the image";
}

} // namespace

std::set<std::string> stageNames(const workspace::Workspace &centre)
{
    std::set<std::string> names{"runtime", "scratch", workspace::commonContext};
    for (const matrix::Service &service : centre.matrix.services)
        names.insert(service.id);
    for (const workspace::PackFile &file : centre.dockerfiles) {
        for (const dockerfile::Stage &stage : file.file.stages)
            names.insert(stage.name);
    }
    names.erase(std::string());
    return names;
}

void addPlatformValues(Values &values)
{
    values.insert({{"TARGETPLATFORM", "linux/amd64"},
                   {"TARGETOS", "linux"},
                   {"TARGETARCH", "amd64"},
                   {"BUILDPLATFORM", "linux/amd64"},
                   {"BUILDOS", "linux"},
                   {"BUILDARCH", "amd64"}});
}

void checkArguments(FieldCheck &check, const std::vector<ArgumentAnswer> &arguments,
                    const std::vector<std::string> &owners, const std::set<std::string> &taken)
{
    std::set<std::string> seen = taken;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string field = indexed("arguments", i);
        const ArgumentAnswer &argument = arguments[i];
        checkArgumentName(check, field + ".name", argument.name, owners);
        if (!argument.name.empty() && !seen.insert(argument.name).second)
            check.error(field + ".name", "onboard-twice", inQuotes(argument.name) + " is there already",
                        "Take it out here");
        checkNeed(check, field + ".need", argument.need);
        checkDefault(check, field + ".default", argument);
        checkLine(check, field + ".comment", argument.comment, maxComment);
    }
}

std::string checkBaseImage(FieldCheck &check, const std::string &field, const std::string &image, const Values &values,
                           const std::set<std::string> &stages)
{
    if (!checkLine(check, field, image, maxImage))
        return {};
    const auto result =
        std::all_of(image.begin(), image.end(), isImageCharacter) ? expanded(image, values) : std::nullopt;
    const auto reference = result ? image::parseReference(result->text) : std::nullopt;
    const auto unknown = !result ? std::vector<std::string>::const_iterator()
                                 : std::find_if(result->references.begin(), result->references.end(),
                                                [&](const std::string &name) { return !values.contains(name); });
    if (result && unknown != result->references.end())
        check.error(field, "onboard-unknown-argument",
                    "The image refers to " + *unknown + ", which is no argument here",
                    "Add the argument, or correct the name");
    else if (!reference)
        check.error(field, "onboard-bad-image", inQuotes(image) + " is no name of an image",
                    "Write [REGISTRY/]NAME:TAG in lower case; ${NAME} refers to an argument");
    else if (const std::string stage = stageMeantBy(result->text, stages); !stage.empty())
        check.error(field, "onboard-image-is-stage", stageReason(stage),
                    field == "base_image" ? "Name the vendor's image or a public one, with its tag"
                                          : "Name an image with its tag, or leave this empty for the runtime image");
    else if (reference->tag.empty() && reference->digest.empty())
        check.warning(field, "onboard-image-without-tag",
                      "The image has no tag, so another one would come with each build", "Add a tag or a digest");
    return reference ? result->text : std::string();
}

std::vector<std::string> ownArguments(const std::string &service)
{
    return {expand::argumentName(service, "BASE_IMAGE"), expand::argumentName(service, "VERSION")};
}

void checkService(FieldCheck &check, const std::string &field, const ServiceAnswer &service, const Values &values,
                  const matrix::Matrix &matrix, const std::set<std::string> &stages)
{
    checkVersions(check, field + ".versions", service.versions, 1);
    if (service.name.empty() || checkShownName(check, field + ".name", service.name))
        checkServiceName(check, field + ".name", matrix, service);
    if (!service.baseImage.empty())
        checkBaseImage(check, field + ".base_image", service.baseImage, values, stages);
    if (!service.package.empty())
        checkPackage(check, field + ".package", service.package);
    if (service.installation != Installation::OwnStages && !service.stages.empty())
        check.error(field + ".stages", "onboard-unused-stages",
                    "There are stages, but the service is not made by own stages",
                    "Choose own-stages, or take the stages out");
}

} // namespace runner::onboard
