#include "onboard/dockerfiles.h"

#include "dockerfile/characters.h"
#include "expand/plan.h"
#include "onboard/terms.h"
#include "workspace/contexts.h"

#include <algorithm>
#include <array>

namespace runner::onboard {

namespace {

using dockerfile::Need;
using workspace::Workspace;

constexpr std::array<std::string_view, 10> scripts{"apt-install.sh", "c-kit.sh",   "check-engine.sh", "clean.sh",
                                                   "compilers.sh",   "install.sh", "link-home.sh",    "python-kit.sh",
                                                   "python.sh",      "system.sh"};

// Locale, tools and Python for a pack centre whose backends share no scripts.
const char *const ownRuntimeSteps = R"steps(
# Locale, compilers and tools.
RUN <<EOF
    export LC_ALL=C
    apt-get update
    apt-get install -y --no-install-recommends \
        build-essential ca-certificates curl git git-lfs gnupg jq locales ninja-build pkg-config \
        software-properties-common tini tzdata unzip xz-utils
    locale-gen en_US.UTF-8
    rm -rf /var/lib/apt/lists/*
EOF

# Python: the image's own where it has the right version, else from the deadsnakes archive.
RUN <<EOF
    export LC_ALL=C
    found="$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])' || true)"
    if [[ "${found}" != "${PYTHON_VERSION}" ]]; then
        add-apt-repository -y ppa:deadsnakes/ppa
        apt-get install -y --no-install-recommends \
            "python${PYTHON_VERSION}" "python${PYTHON_VERSION}-dev" "python${PYTHON_VERSION}-venv"
        update-alternatives --install /usr/bin/python3 python3 "/usr/bin/python${PYTHON_VERSION}" 1
        update-alternatives --set python3 "/usr/bin/python${PYTHON_VERSION}"
        rm -rf /var/lib/apt/lists/*
    fi
    rm -f "$(python3 -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')/EXTERNALLY-MANAGED"
    python3 -m pip --version || python3 -m ensurepip --upgrade
    python3 -m pip install --no-cache-dir "cmake<4" "packaging<25" "setuptools>=77.0.3,<80" "uv<=0.9.11" wheel
EOF
)steps";

std::string commonRuntimeSteps()
{
    return "\n# Locale, time zone, tools and compilers.\n"
           + runStep(true, {"bash /common/system.sh", "bash /common/compilers.sh"})
           + "\n# What C and C++ code is built with and against.\n" + runStep(true, {"bash /common/c-kit.sh"})
           + "\nENV PIP_NO_CACHE_DIR=1 \\\n    UV_NO_CACHE=1 \\\n    UV_HTTP_TIMEOUT=500 \\\n    "
             "UV_INDEX_STRATEGY=unsafe-best-match\n"
           + "\n# Python, and what its packages are built and installed with.\n"
           + runStep(true, {"bash /common/python.sh \"${PYTHON_VERSION}\"", "bash /common/python-kit.sh"});
}

class BackendFile
{
public:
    BackendFile(const Workspace &centre, const BackendAnswers &answers)
        : m_centre(centre)
        , m_answers(answers)
        , m_common(hasCommonScripts(centre))
    {
        for (const ServiceAnswer &service : answers.services)
            m_parts.push_back(part(service));
    }

    std::string text() const
    {
        const auto arguments = allArguments();
        const HeaderColumns columns = columnsFor(arguments);
        std::string text = "# Images for " + m_answers.name + ".\n#\n# Steps:\n" + steps() + "#\n# Build arguments:\n";
        for (const NewArgument &argument : arguments)
            text += headerEntry(argument, columns);
        text += "\n";
        for (const NewArgument &argument : arguments)
            text += argumentLines(argument);
        text += "\n" + runtime();
        for (const ServiceInBackend &each : m_parts)
            text += "\n" + stagesOf(each);
        return text;
    }

private:
    ServiceInBackend part(const ServiceAnswer &service) const;
    std::vector<ArgumentAnswer> argumentsNamedAfter(const std::string &id) const;
    bool hasArgument(const std::string &name) const;
    bool stagesMention(const std::string &name) const;
    bool isVariant(const std::string &argument) const { return argument == m_answers.variantArgument; }
    std::vector<NewArgument> allArguments() const;
    std::vector<NewArgument> backendArguments() const;
    std::string steps() const;
    void sortArguments(std::vector<std::string> &kept, std::vector<std::string> &unused) const;
    std::string runtime() const;

    const Workspace &m_centre;
    const BackendAnswers &m_answers;
    bool m_common;
    std::vector<ServiceInBackend> m_parts;
};

std::vector<ArgumentAnswer> BackendFile::argumentsNamedAfter(const std::string &id) const
{
    std::vector<ArgumentAnswer> found;
    std::copy_if(m_answers.arguments.begin(), m_answers.arguments.end(), std::back_inserter(found),
                 [&](const ArgumentAnswer &each) { return each.name.starts_with(expand::argumentName(id, "")); });
    return found;
}

bool BackendFile::hasArgument(const std::string &name) const
{
    return std::any_of(m_answers.arguments.begin(), m_answers.arguments.end(),
                       [&](const ArgumentAnswer &each) { return each.name == name; });
}

bool BackendFile::stagesMention(const std::string &name) const
{
    return std::any_of(m_answers.services.begin(), m_answers.services.end(),
                       [&](const ServiceAnswer &each) { return mentions(each.stages, name); });
}

ServiceInBackend BackendFile::part(const ServiceAnswer &service) const
{
    ServiceInBackend part;
    part.backend = m_answers.id;
    part.home = m_answers.home;
    part.service = service;
    part.ownBase = !service.baseImage.empty();
    part.common = m_common;
    part.shownName = shownNameOf(m_centre, service);
    part.arguments = argumentsNamedAfter(service.id);
    if (!part.ownBase)
        part.service.baseImage = runtimeImage(
            m_centre.matrix.image, {m_answers.id, hasArgument(expand::argumentName(m_answers.id, "VERSION_EXTRA")),
                                    m_answers.variants.empty() ? std::string() : m_answers.variantArgument});
    return part;
}

std::vector<NewArgument> BackendFile::backendArguments() const
{
    const std::string &id = m_answers.id;
    const bool jobs = stagesMention("CMAKE_MAX_JOBS");
    std::vector<NewArgument> arguments{
        {"PYTHON_VERSION", Need::Required, m_answers.python, true, "Python of the runtime, as X.Y."},
        {"CMAKE_MAX_JOBS", jobs ? Need::Optional : Need::Placeholder, "", true,
         jobs ? "Compilers at a time. Empty: half of the processors."
              : "Compilers at a time. Nothing is compiled here."},
        {versionArgument(id), Need::Required, m_answers.versions.front(), true,
         "Version of " + m_answers.shownTitle() + "."}};
    if (!m_answers.variants.empty())
        arguments.push_back({m_answers.variantArgument, Need::Required, m_answers.variants.front().id, true,
                             "Product line that the images are for, as in their tags."});
    if (const std::string archs = archsArgument(id); !isVariant(archs) && !hasArgument(archs)) {
        const bool used = stagesMention(archs);
        arguments.push_back(
            {archs, used ? Need::Optional : Need::Placeholder, "", true,
             used ? "Devices to compile for." : "Devices to compile for. Nothing is compiled for a device here."});
    }
    for (const ArgumentAnswer &each : argumentsNamedAfter(id))
        arguments.push_back({each.name, each.need, each.defaultText, true, asSentence(each.comment)});
    return arguments;
}

std::vector<NewArgument> BackendFile::allArguments() const
{
    std::vector<NewArgument> arguments = backendArguments();
    for (const ServiceInBackend &each : m_parts) {
        const auto own = argumentsOf(each);
        arguments.insert(arguments.end(), own.begin(), own.end());
    }
    return arguments;
}

std::string BackendFile::steps() const
{
    int number = 0;
    const auto step = [&](const std::string &text) {
        return wrapped("#   " + std::to_string(++number) + ". ", "#      ", text);
    };
    std::string text =
        step("Stage runtime: take the base image; set the locale; install tools, compilers, Python and its "
             "packaging tools.");
    for (const ServiceInBackend &each : m_parts)
        text += step(stepOf(each));
    return text;
}

// What the runtime keeps in its environment, and what it only declares. What a base image's name or a service's own
// stages use has its use there.
void BackendFile::sortArguments(std::vector<std::string> &kept, std::vector<std::string> &unused) const
{
    for (const NewArgument &argument : backendArguments()) {
        if (argument.name == "PYTHON_VERSION" || argument.name == versionArgument(m_answers.id)
            || stagesMention(argument.name))
            continue;
        if (argument.need == Need::Placeholder)
            unused.push_back(argument.name);
        else if (!mentions(m_answers.baseImage, argument.name) || isVariant(argument.name))
            kept.push_back(argument.name);
    }
}

std::string BackendFile::runtime() const
{
    std::vector<std::string> kept;
    std::vector<std::string> unused;
    sortArguments(kept, unused);
    const std::string version = versionArgument(m_answers.id);
    std::string text = "# Stage runtime: what every service of this backend stands on.\nFROM " + m_answers.baseImage
                       + " AS runtime\nSHELL [\"/bin/bash\", \"-eo\", \"pipefail\", \"-c\"]\n"
                         "\nARG TARGETPLATFORM\nARG TARGETOS\nARG TARGETARCH\nARG PYTHON_VERSION\n"
                         "\nENV DEBIAN_FRONTEND=noninteractive \\\n    LANG=en_US.UTF-8 \\\n    LANGUAGE=en_US:en \\\n "
                         "   LC_ALL=en_US.UTF-8\n";
    text += m_common ? commonRuntimeSteps() : ownRuntimeSteps;
    text += "\nARG " + version + "\n";
    for (const std::string &name : kept)
        text += "ARG " + name + "\n";
    text +=
        "\nENV " + homeArgument(m_answers.id) + "=" + m_answers.home + " \\\n    " + version + "=${" + version + "}";
    for (const std::string &name : kept)
        text += " \\\n    " + name + "=${" + name + "}";
    return text + "\n" + placeholders(unused) + "\nWORKDIR /\nENTRYPOINT [ \"tini\", \"--\" ]\n";
}

} // namespace

bool hasCommonScripts(const Workspace &centre)
{
    if (!centre.contexts)
        return false;
    const auto found = std::find_if(centre.contexts->begin(), centre.contexts->end(),
                                    [](const auto &each) { return each.name == workspace::commonContext; });
    return found != centre.contexts->end() && std::all_of(scripts.begin(), scripts.end(), [&](std::string_view script) {
               return std::any_of(found->files.begin(), found->files.end(),
                                  [&](const dockerfile::ContextFile &file) { return file.path == script; });
           });
}

std::string runtimeImage(const matrix::ImageNaming &naming, const RuntimeName &name)
{
    const auto reference = [](const std::string &argument) { return "${" + argument + "}"; };
    return naming.nameSpace + "/" + naming.repository + ":" + name.backend + reference(versionArgument(name.backend))
           + (name.extra ? reference(expand::argumentName(name.backend, "VERSION_EXTRA")) : std::string())
           + (name.variantArgument.empty() ? std::string() : "-" + reference(name.variantArgument)) + "-python"
           + reference("PYTHON_VERSION");
}

std::string backendDockerfile(const Workspace &centre, const BackendAnswers &answers)
{
    return BackendFile(centre, answers).text();
}

} // namespace runner::onboard
