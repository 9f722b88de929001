// Base images: versions in their names, and runner images that nobody has released or makes.
#include "check/families.h"
#include "check/knownimages.h"

#include "dockerfile/expansion.h"
#include "expand/tags.h"
#include "text/ascii.h"

#include <optional>
#include <set>
#include <string_view>

namespace runner::check {

namespace {

constexpr std::string_view baseSuffix = "_BASE_IMAGE";
constexpr std::string_view buildSuffix = "_BUILD";

// "0.20.1" of "v0.20.1-cu129"; empty where the text does not begin with a version of two parts or more.
std::string leadingVersion(std::string_view text)
{
    if (text.starts_with("v"))
        text.remove_prefix(1);
    if (text.empty() || !text::isDigit(text.front()))
        return {};
    const std::string version(text.substr(0, text.find_first_of("-+_")));
    return version.find('.') == std::string::npos ? std::string() : version;
}

// Whether one is the other, or says the same with more parts: 12.9 and 12.9.1.
bool agree(std::string a, std::string b)
{
    if (a.size() > b.size())
        std::swap(a, b);
    return b.starts_with(a) && (a.size() == b.size() || b[a.size()] == '.');
}

struct Contradiction
{
    std::string found;    ///< The version in the name.
    std::string argument; ///< The argument that says otherwise.
    std::string expected; ///< Its value.
};

// What one *_BASE_IMAGE argument of a target says.
class BaseImage
{
public:
    BaseImage(const Subject &subject, const Target &target, const std::string &name)
        : m_subject(subject)
        , m_target(target)
        , m_value(target.value(name))
        , m_owner(ownerOf(name))
    {
    }

    std::optional<Contradiction> contradiction() const
    {
        if (const auto parsed = m_subject.grammar.parse(m_value))
            return ofRunnerImage(*parsed);
        const auto colon = m_value.rfind(':');
        if (colon == std::string::npos || m_value.find('/', colon) != std::string::npos)
            return std::nullopt;
        const std::string tag = m_value.substr(colon + 1);
        const std::string &backend = m_target.rule->backend.text;
        if (tag.starts_with(backend))
            return backendContradiction(leadingVersion(std::string_view(tag).substr(backend.size())));
        return ofForeignImage(m_value.substr(0, colon), tag);
    }

private:
    // "VLLM" of VLLM_BASE_IMAGE and VLLM_BUILD_BASE_IMAGE.
    static std::string ownerOf(std::string_view name)
    {
        name.remove_suffix(baseSuffix.size());
        if (name.ends_with(buildSuffix))
            name.remove_suffix(buildSuffix.size());
        return std::string(name);
    }

    std::optional<Contradiction> compare(const std::string &found, const std::string &argument) const
    {
        const std::string expected = m_target.value(argument);
        if (found.empty() || expected.empty() || agree(text::lowered(found), text::lowered(expected)))
            return std::nullopt;
        return Contradiction{found, argument, expected};
    }

    // Arguments such as VLLM_TORCH_CUDA_VERSION choose another backend version for a part of the build.
    std::optional<Contradiction> backendContradiction(const std::string &found) const
    {
        const std::string argument = expand::argumentName(m_target.rule->backend.text, "VERSION");
        for (const dockerfile::EvaluatedArgument &each : m_target.evaluation.arguments) {
            const bool similar = each.name.ends_with("_" + argument) && m_target.uses.contains(each.name);
            if (similar && !compare(found, each.name))
                return std::nullopt;
        }
        return compare(found, argument);
    }

    // The version of a service counts only where the target's stages use it: SGLang may sit on an older vLLM image.
    std::optional<Contradiction> ofRunnerImage(const image::ImageName &name) const
    {
        if (name.backend != m_target.rule->backend.text)
            return Contradiction{name.backend + name.backendVersion, "the rule's backend", m_target.rule->backend.text};
        if (auto found = backendContradiction(name.backendVersion))
            return found;
        const matrix::Backend *backend = m_subject.matrix.findBackend(name.backend);
        if (backend && !backend->variantArgument.empty() && !name.backendVariant.empty()) {
            const std::string variant = m_target.value(backend->variantArgument);
            if (!variant.empty() && text::lowered(variant) != name.backendVariant)
                return Contradiction{name.backendVariant, backend->variantArgument, variant};
        }
        const std::string argument = expand::argumentName(name.service, "VERSION");
        if (name.service == m_target.service || m_target.uses.contains(argument))
            return compare(name.serviceVersion, argument);
        return std::nullopt;
    }

    // Whose version a foreign tag carries shows in the repository's name; "v1.2.3" is the owner's where it does not.
    std::optional<Contradiction> ofForeignImage(const std::string &repository, const std::string &tag) const
    {
        const std::string version = leadingVersion(tag);
        const std::string lastPart = text::lowered(repository.substr(repository.rfind('/') + 1));
        if (lastPart.find(text::lowered(m_owner)) != std::string::npos)
            return compare(version, m_owner + "_VERSION");
        if (text::lowered(repository).find(m_target.rule->backend.text) != std::string::npos)
            return backendContradiction(version);
        return tag.starts_with("v") ? compare(version, m_owner + "_VERSION") : std::nullopt;
    }

    const Subject &m_subject;
    const Target &m_target;
    const std::string m_value;
    const std::string m_owner;
};

void checkVersions(const Subject &subject, const Target &target, Problems &problems)
{
    for (const dockerfile::EvaluatedArgument &argument : target.evaluation.arguments) {
        if (!argument.name.ends_with(baseSuffix) || !target.uses.contains(argument.name))
            continue;
        if (const auto found = BaseImage(subject, target, argument.name).contradiction())
            problems.push_back({"base-image-version", Severity::Warning, target.placeOf(argument.name),
                                argument.name + " is for " + found->found + ", but " + found->argument + " is "
                                    + found->expected + " in " + thisRule,
                                "Make the two agree"});
    }
}

// The base images of a rule's stages that carry one of this pack centre's own names.
class BaseFinder
{
public:
    BaseFinder(const Subject &subject, std::vector<OwnBase> &bases)
        : m_subject(subject)
        , m_bases(bases)
    {
    }

    void find(const Target &target)
    {
        const dockerfile::Dockerfile &file = *target.file;
        const dockerfile::Variables variables = target.evaluation.variables();
        const auto lookup = [&](std::string_view name) -> std::optional<std::string> {
            const auto found = variables.find(name);
            return found == variables.end() ? std::nullopt : std::optional(found->second);
        };
        for (const int index : dockerfile::stagesFor(file, target.service, target.evaluation)) {
            const dockerfile::Stage &stage = file.stages[static_cast<std::size_t>(index)];
            const auto base = dockerfile::expandWord(stage.base, file.escape, lookup);
            if (base)
                add(target, stage, *base);
        }
    }

private:
    // If it is one of this pack centre's own images.
    std::optional<OwnBase> ownImage(const std::string &name) const
    {
        auto parsed = m_subject.grammar.parse(name);
        if (!parsed)
            return std::nullopt;
        constexpr std::string_view hub = "docker.io/";
        if (parsed->prefix.starts_with(hub))
            parsed->prefix.erase(0, hub.size());
        if (parsed->prefix != m_subject.matrix.image.nameSpace)
            return std::nullopt;
        OwnBase own{{}, {}, parsed->arch.empty() ? std::string() : parsed->os + "/" + parsed->arch};
        parsed->os.clear();
        parsed->arch.clear();
        own.image = image::format(*parsed);
        return own;
    }

    void add(const Target &target, const dockerfile::Stage &stage, const dockerfile::Expanded &base)
    {
        if (auto own = ownImage(base.text)) {
            own->where = base.references.empty() ? stage.where : target.placeOf(base.references.front());
            m_bases.push_back(std::move(*own));
        }
    }

    const Subject &m_subject;
    std::vector<OwnBase> &m_bases;
};

} // namespace

void checkBaseImages(const RuleSubject &subject, std::vector<OwnBase> &bases, Problems &problems)
{
    BaseFinder finder(subject.centre, bases);
    for (const Target &target : subject.targets) {
        checkVersions(subject.centre, target, problems);
        finder.find(target);
    }
}

KnownImages::KnownImages(const Subject &subject, const expand::Expansion &expansion,
                         const std::set<std::string> &wanted)
{
    if (wanted.empty())
        return;
    for (const std::string &image : wanted)
        m_platforms[image];
    for (const catalog::Record &record : subject.workspace.records)
        add(record.dockerImage, record.platform);
    const matrix::ImageNaming &naming = subject.matrix.image;
    const std::string prefix = naming.nameSpace + "/" + naming.repository + ":";
    for (const expand::KeptJob &kept : expansion.kept) {
        const std::string image = prefix + kept.job->tag;
        add(image, kept.job->platform);
        add(image + "-dev", kept.job->platform);
    }
}

void KnownImages::add(const std::string &image, const std::string &platform)
{
    if (const auto found = m_platforms.find(image); found != m_platforms.end())
        found->second.insert(platform);
}

void KnownImages::check(const OwnBase &base, const matrix::Rule &rule, Problems &problems) const
{
    const std::set<std::string> &platforms = m_platforms.at(base.image);
    if (platforms.empty()) {
        problems.push_back({"base-image-unknown", Severity::Warning, base.where,
                            "The base image " + base.image + " is neither released nor made by a rule",
                            "Correct the name, or add the rule that makes it"});
        return;
    }
    for (const std::string &platform : rule.effectivePlatforms()) {
        if (!base.platform.empty() && base.platform != platform)
            problems.push_back({"base-image-platform", Severity::Warning, base.where,
                                "The base image " + base.image + " is named for " + base.platform + " alone, but "
                                    + thisRule + " builds " + platform,
                                "Write its name for all platforms"});
        else if (!platforms.contains(platform))
            problems.push_back(
                {"base-image-platform", Severity::Warning, base.where,
                 "The base image " + base.image + " is not there for " + platform + ", which " + thisRule + " builds",
                 "Remove the platform from the rule, or choose another base image"});
    }
}

} // namespace runner::check
