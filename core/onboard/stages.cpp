#include "onboard/stages.h"

#include "dockerfile/characters.h"
#include "expand/plan.h"
#include "onboard/terms.h"

#include <algorithm>

namespace runner::onboard {

namespace {

using dockerfile::Need;

constexpr const char *shell = "SHELL [\"/bin/bash\", \"-eo\", \"pipefail\", \"-c\"]\n";

std::string baseArgument(const ServiceInBackend &part)
{
    return expand::argumentName(part.service.id, "BASE_IMAGE");
}

bool usesBase(const ServiceInBackend &part)
{
    return part.service.installation != Installation::OwnStages || mentions(part.service.stages, baseArgument(part));
}

// Python asks for the version by itself where there is no script for it.
std::vector<std::string> versionCheck(const ServiceInBackend &part)
{
    const std::string argument = versionArgument(part.service.id);
    const std::string package = part.service.packageName();
    if (part.common)
        return {"bash /common/check-engine.sh " + package + " " + argument + " \"${" + argument + "}\""};
    return {"found=\"$(python3 -c 'from importlib.metadata import version; print(version(\"" + package + "\"))')\"",
            "if [[ \"${found%%+*}\" != \"${" + argument + "}\" ]]; then",
            "    echo \"The image holds " + package + " ${found}, but " + argument + " is '${" + argument + "}'.\" >&2",
            "    exit 1", "fi"};
}

std::string containedSteps(const ServiceInBackend &part)
{
    std::string text;
    if (part.common && !part.home.empty())
        text += "\n# The vendor may have installed into a folder with the version in its name only.\n"
                + runStep(true, {"bash /common/link-home.sh " + part.home});
    return text + "\n# The tag of the image will say this version, so it has to be the one that the base image holds.\n"
           + runStep(part.common, versionCheck(part));
}

std::string packageSteps(const ServiceInBackend &part)
{
    const std::string wanted = "\"" + part.service.packageName() + "==${" + versionArgument(part.service.id) + "}\"";
    if (part.common)
        return "\n" + runStep(true, {"bash /common/install.sh " + wanted, "bash /common/clean.sh"});
    return "\n" + runStep(false, {"python3 -m pip install --no-cache-dir " + wanted});
}

// What the entry point and the steps need, where the runtime image has not brought it.
std::string toolsOfOtherBase(const ServiceInBackend &part)
{
    if (!part.ownBase)
        return {};
    const std::string why =
        "\n# The base image is not the runtime of this backend: what the steps below and the entry point need.\n";
    if (part.common)
        return why
               + runStep(true,
                         {"bash /common/apt-install.sh tini", "bash /common/python-kit.sh", "bash /common/clean.sh"});
    return why
           + runStep(false, {"apt-get update", "apt-get install -y --no-install-recommends tini",
                             "rm -rf /var/lib/apt/lists/*"});
}

std::vector<std::string> namesOf(const std::vector<ArgumentAnswer> &arguments, bool used)
{
    std::vector<std::string> names;
    for (const ArgumentAnswer &argument : arguments) {
        if ((argument.need != Need::Placeholder) == used)
            names.push_back(argument.name);
    }
    return names;
}

// Arguments that are nothing but a part of the base image's name need no place in the environment.
std::vector<std::string> keptNames(const ServiceInBackend &part)
{
    std::vector<std::string> names = namesOf(part.arguments, true);
    std::erase_if(names, [&](const std::string &name) { return mentions(part.service.baseImage, name); });
    return names;
}

std::string ownStages(const ServiceInBackend &part)
{
    std::string text = part.service.stages;
    text.erase(text.find_last_not_of("\r\n \t") + 1);
    text.erase(0, text.find_first_not_of("\r\n"));
    return text + "\n";
}

std::string madeStage(const ServiceInBackend &part)
{
    const ServiceAnswer &service = part.service;
    const bool contained = service.installation == Installation::Contained;
    std::string text = "# Stage " + service.id + ": " + part.shownName
                       + (contained ? ", as the base image brings it.\n" : ", from the Python package index.\n");
    text += "FROM ${" + baseArgument(part) + "} AS " + service.id + "\n" + shell;
    text += "\nARG TARGETPLATFORM\nARG TARGETOS\nARG TARGETARCH\nARG " + versionArgument(service.id) + "\n";
    text += "\n# Service packages go to the image's own Python.\n"
            "ENV UV_SYSTEM_PYTHON=1 \\\n    UV_PRERELEASE=allow \\\n    UV_SKIP_WHEEL_FILENAME_CHECK=1\n";
    text += toolsOfOtherBase(part);
    text += contained ? containedSteps(part) : packageSteps(part);
    text += environmentOf(keptNames(part));
    text += placeholders(namesOf(part.arguments, false));
    return text + "\nWORKDIR /\nENTRYPOINT [ \"tini\", \"--\" ]\n";
}

} // namespace

bool mentions(const std::string &text, const std::string &argument)
{
    const auto isPart = [&](std::size_t at) {
        return at < text.size() && static_cast<unsigned char>(text[at]) < 0x80U
               && dockerfile::isNameCharacter(static_cast<unsigned char>(text[at]));
    };
    for (std::size_t at = text.find(argument); at != std::string::npos; at = text.find(argument, at + 1)) {
        if ((at == 0 || !isPart(at - 1)) && !isPart(at + argument.size()))
            return true;
    }
    return false;
}

std::string environmentOf(const std::vector<std::string> &arguments)
{
    std::string declared;
    std::string kept;
    for (const std::string &name : arguments) {
        declared += "ARG " + name + "\n";
        kept += (kept.empty() ? "ENV " : " \\\n    ") + name + "=${" + name + "}";
    }
    return arguments.empty() ? std::string() : "\n" + declared + "\n" + kept + "\n";
}

std::string placeholders(const std::vector<std::string> &arguments)
{
    std::string text;
    for (const std::string &name : arguments)
        text += "ARG " + name + "\n";
    return text.empty() ? text
                        : "\n# Not used. Declared all the same, so that --call=outline tells what it is for.\n" + text;
}

std::string runStep(bool common, const std::vector<std::string> &commands)
{
    std::string text = common ? "RUN --mount=type=bind,from=common,target=/common <<EOF\n" : "RUN <<EOF\n";
    for (const std::string &command : commands)
        text += "    " + command + "\n";
    return text + "EOF\n";
}

// The base image comes first, or last where its name refers to the others: a default sees only what stands above it.
std::vector<NewArgument> argumentsOf(const ServiceInBackend &part)
{
    const ServiceAnswer &service = part.service;
    std::vector<NewArgument> arguments;
    arguments.push_back(
        {versionArgument(service.id), Need::Required, service.versions.front(), true,
         "Version of " + part.shownName + "."
             + (service.installation == Installation::Contained ? " The build fails if the image holds another one."
                                                                : "")});
    for (const ArgumentAnswer &argument : part.arguments)
        arguments.push_back({argument.name, argument.need, argument.defaultText, true, asSentence(argument.comment)});
    if (!usesBase(part))
        return arguments;
    const bool refers = std::any_of(arguments.begin(), arguments.end(),
                                    [&](const NewArgument &each) { return mentions(service.baseImage, each.name); });
    arguments.insert(refers ? arguments.end() : arguments.begin(),
                     {baseArgument(part), Need::Required, service.baseImage, true,
                      "Image that " + part.shownName + " is "
                          + (service.installation == Installation::Contained ? "taken from" : "put on")
                          + (part.ownBase ? "." : ": the runtime image of this backend.")});
    return arguments;
}

std::string stepOf(const ServiceInBackend &part)
{
    const std::string &id = part.service.id;
    const std::string base = part.ownBase ? "an image of its own" : "the runtime image";
    switch (part.service.installation) {
    case Installation::Contained:
        return "Stage " + id + ": take " + base + "; check that " + part.shownName
               + " in it has the version asked for. Nothing is installed.";
    case Installation::Packages:
        return "Stage " + id + ": take " + base + "; install " + part.shownName + " from the Python package index.";
    case Installation::OwnStages:
        break;
    }
    std::string names;
    for (const dockerfile::Stage &stage : dockerfile::readDockerfile(part.service.stages, {}).stages) {
        if (stage.name != id)
            names += (names.empty() ? "" : ", ") + stage.name;
    }
    return names.empty() ? "Stage " + id + ": make " + part.shownName + "."
                         : "Stages " + names + " and " + id + ": make " + part.shownName + ".";
}

std::string stagesOf(const ServiceInBackend &part)
{
    return part.service.installation == Installation::OwnStages ? ownStages(part) : madeStage(part);
}

} // namespace runner::onboard
