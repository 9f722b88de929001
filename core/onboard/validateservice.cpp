// What is wrong with the answers about a service.
#include "dockerfile/evaluation.h"
#include "onboard/identifiers.h"
#include "onboard/parts.h"
#include "onboard/stagechecks.h"
#include "onboard/stages.h"
#include "onboard/tagclash.h"
#include "onboard/terms.h"
#include "onboard/validate.h"
#include "workspace/contexts.h"

#include <algorithm>
#include <optional>

namespace runner::onboard {

namespace {

using workspace::Workspace;

struct Unfit
{
    std::string message; ///< Behind the file's name.
    std::string advice;
};

class ServiceCheck
{
public:
    ServiceCheck(const Workspace &centre, const ServiceAnswers &answers)
        : m_centre(centre)
        , m_answers(answers)
        , m_stages(stageNames(centre))
    {
    }

    FieldProblems run()
    {
        m_goodId = checkId();
        checkService(m_check, "service", m_answers.service, anyValues(), m_centre.matrix, m_stages);
        if (m_answers.backends.empty())
            m_check.error("backends", "onboard-empty", "No backend gets the service yet", "Choose at least one");
        for (std::size_t i = 0; i < m_answers.backends.size(); ++i)
            checkTarget(indexed("backends", i), m_answers.backends[i], i);
        checkFurther();
        if (!m_goodId)
            m_check.dropWhatFollows();
        if (!onboard::hasErrors(m_check.problems))
            checkTags(m_check, m_centre, tags());
        return std::move(m_check.problems);
    }

private:
    bool checkId();
    void checkTarget(const std::string &field, const ServiceTarget &target, std::size_t index);
    void checkBackend(const std::string &field, const ServiceTarget &target);
    bool checkFile(const std::string &field, const dockerfile::Dockerfile &file);
    void checkOwnArguments(const std::string &field, const dockerfile::Dockerfile &file);
    bool isNew(const std::vector<std::string> &list, std::size_t index, const std::string &field);
    void checkTargetLists(const std::string &field, const ServiceTarget &target);
    void checkPacked(const std::string &field, const std::string &backend, const std::string &version);
    void checkTargetStages(const std::string &field, const ServiceTarget &target, const dockerfile::Dockerfile &file);
    void checkFurther();
    Values valuesOf(const ServiceTarget &target) const;
    std::set<std::string> argumentNames(const ServiceTarget &target) const;
    Values anyValues() const;
    std::vector<NewTag> tags() const;

    const Workspace &m_centre;
    const ServiceAnswers &m_answers;
    FieldCheck m_check;
    std::set<std::string> m_stages;
    bool m_goodId = false;
};

bool ServiceCheck::checkId()
{
    const std::string &id = m_answers.service.id;
    if (m_centre.matrix.findService(id))
        return true; // a known one may go to further backends
    if (!checkIdentifier(m_check, "service.id", id))
        return false;
    const bool taken = m_centre.matrix.findBackend(id) != nullptr;
    if (taken)
        m_check.error("service.id", "onboard-id-taken", id + " is a backend of this pack centre",
                      "Choose another identifier");
    return !taken;
}

void ServiceCheck::checkTarget(const std::string &field, const ServiceTarget &target, std::size_t index)
{
    const auto &all = m_answers.backends;
    if (std::any_of(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(index),
                    [&](const ServiceTarget &each) { return each.backend == target.backend; })) {
        m_check.error(field + ".backend", "onboard-twice", inQuotes(target.backend) + " stands here twice",
                      "Remove one of them");
        return;
    }
    checkBackend(field, target);
}

void ServiceCheck::checkBackend(const std::string &field, const ServiceTarget &target)
{
    const dockerfile::Dockerfile *file = commonDockerfile(m_centre, target.backend);
    if (target.backend.empty()) {
        m_check.error(field + ".backend", "onboard-empty", "No backend is named here", "Write its identifier");
    } else if (!m_centre.matrix.findBackend(target.backend)) {
        m_check.error(field + ".backend", "onboard-no-such-backend",
                      inQuotes(target.backend) + " is no backend of this pack centre",
                      "Onboard the backend first, or correct the name");
    } else if (!file) {
        m_check.error(field + ".backend", "onboard-no-dockerfile",
                      "There is no pack/" + target.backend + "/Dockerfile to put the stages into",
                      "Make one that serves all services, or write one for this service alone by hand");
    } else if (m_centre.dockerfileFor(target.backend, m_answers.service.id) != file
               || file->findStage(m_answers.service.id) >= 0) {
        m_check.error(field + ".backend", "onboard-service-there",
                      target.backend + " makes " + m_answers.service.id + " already",
                      "Leave this backend out, or add a rule in the matrix");
    } else if (checkFile(field, *file)) {
        checkOwnArguments(field, *file);
        checkTargetLists(field, target);
        checkTargetStages(field, target, *file);
    }
}

// What keeps stages from being put at the end of the file: what is open there would swallow them.
std::optional<Unfit> unfit(const dockerfile::Dockerfile &file)
{
    const std::string first = "Put it right first: stages are put at its end";
    const auto bad = std::find_if(file.problems.begin(), file.problems.end(),
                                  [](const Problem &each) { return each.severity == Severity::Error; });
    if (bad != file.problems.end())
        return Unfit{":" + std::to_string(bad->where.line) + ": " + bad->message, first};
    if (const auto open = openLine(file))
        return Unfit{":" + std::to_string(*open) + ": The file ends in a line that goes on", first};
    if (file.escape != '\\')
        return Unfit{": The escape character is " + std::string(1, file.escape) + ", and the stages go on with \\",
                     "Write the stages by hand, or take the directive out"};
    return std::nullopt;
}

bool ServiceCheck::checkFile(const std::string &field, const dockerfile::Dockerfile &file)
{
    const auto found = unfit(file);
    if (found)
        m_check.error(field + ".backend", "onboard-unexpected-file", file.fileName + found->message, found->advice);
    return !found;
}

void ServiceCheck::checkOwnArguments(const std::string &field, const dockerfile::Dockerfile &file)
{
    for (const std::string &name : ownArguments(m_answers.service.id)) {
        if (m_goodId && file.findGlobal(name))
            m_check.error(field + ".backend", "onboard-argument-there",
                          file.fileName + " has an argument " + name + " already, and it would be the service's",
                          "Choose another identifier for the service, or take the argument out there");
    }
}

// What stands in the list for the first time; else it is told.
bool ServiceCheck::isNew(const std::vector<std::string> &list, std::size_t index, const std::string &field)
{
    const auto end = list.begin() + static_cast<std::ptrdiff_t>(index);
    const bool fresh = std::find(list.begin(), end, list[index]) == end;
    if (!fresh)
        m_check.error(indexed(field, index), "onboard-twice", inQuotes(list[index]) + " stands here twice",
                      "Remove one of them");
    return fresh;
}

void ServiceCheck::checkTargetLists(const std::string &field, const ServiceTarget &target)
{
    const matrix::Backend &backend = *m_centre.matrix.findBackend(target.backend);
    const auto versions = versionsOf(m_centre, target);
    if (versions.empty())
        m_check.error(field + ".versions", "onboard-empty",
                      "The Dockerfile of " + target.backend + " gives no version of it",
                      "Say for which versions the service is packed");
    for (std::size_t i = 0; i < target.versions.size(); ++i) {
        if (isNew(target.versions, i, field + ".versions")
            && checkVersion(m_check, indexed(field + ".versions", i), target.versions[i], 2))
            checkPacked(indexed(field + ".versions", i), target.backend, target.versions[i]);
    }
    const auto known = knownVariants(m_centre, backend);
    for (std::size_t i = 0; i < target.variants.size(); ++i) {
        if (isNew(target.variants, i, field + ".variants")
            && std::find(known.begin(), known.end(), target.variants[i]) == known.end())
            m_check.error(indexed(field + ".variants", i), "onboard-no-such-variant",
                          inQuotes(target.variants[i]) + " is no variant of " + target.backend,
                          "Choose one that the matrix lists");
    }
    checkPlatforms(m_check, field + ".platforms", platformsOf(m_centre, target));
    if (!target.baseImage.empty())
        checkBaseImage(m_check, field + ".base_image", target.baseImage, valuesOf(target), m_stages);
}

// A new version of the backend is no mistake, but seldom what is meant.
void ServiceCheck::checkPacked(const std::string &field, const std::string &backend, const std::string &version)
{
    const auto packed = packedVersions(m_centre, backend);
    if (packed.empty() || std::find(packed.begin(), packed.end(), version) != packed.end())
        return;
    std::string listed;
    for (const std::string &each : packed)
        listed += (listed.empty() ? "" : ", ") + each;
    m_check.warning(field, "onboard-new-backend-version",
                    "No rule packs " + backend + " " + version + " yet, so this would be a new version of the backend",
                    "Keep it where its base image is there, or take one that is packed: " + listed);
}

void ServiceCheck::checkTargetStages(const std::string &field, const ServiceTarget &target,
                                     const dockerfile::Dockerfile &file)
{
    if (m_answers.service.installation != Installation::OwnStages) {
        if (!target.stages.empty())
            m_check.error(field + ".stages", "onboard-unused-stages",
                          "There are stages, but the service is not made by own stages",
                          "Choose own-stages, or take them out");
        return;
    }
    const std::string &baseImage = target.baseImage.empty() ? m_answers.service.baseImage : target.baseImage;
    StagePlace place{m_goodId ? m_answers.service.id : std::string(),
                     {},
                     file.findContext(workspace::commonContext) != nullptr,
                     argumentNames(target),
                     mentions(baseImage, versionArgument(m_answers.service.id))};
    for (const dockerfile::Stage &stage : file.stages)
        place.above.insert(stage.name);
    if (target.stages.empty() && !m_answers.service.stages.empty())
        checkStages(m_check, "service.stages", m_answers.service.stages, place);
    else
        checkStages(m_check, field + ".stages", target.stages, place);
}

void ServiceCheck::checkFurther()
{
    const auto own = ownArguments(m_answers.service.id);
    std::set<std::string> taken(own.begin(), own.end());
    for (const ServiceTarget &target : m_answers.backends) {
        if (const dockerfile::Dockerfile *file = commonDockerfile(m_centre, target.backend)) {
            for (const dockerfile::ArgumentLine &line : file->globalArguments)
                taken.insert(line.name);
        }
    }
    const std::vector<std::string> owners(m_goodId ? 1 : 0, m_answers.service.id);
    checkArguments(m_check, m_answers.arguments, owners, taken);
}

// What a reference in the image for this backend can mean.
Values ServiceCheck::valuesOf(const ServiceTarget &target) const
{
    Values values;
    if (const dockerfile::Dockerfile *file = commonDockerfile(m_centre, target.backend)) {
        for (const auto &argument : dockerfile::evaluateArguments(*file, {}, "linux/amd64").arguments)
            values[argument.name] = argument.value.value_or(std::string());
    }
    addPlatformValues(values);
    values[versionArgument(m_answers.service.id)] =
        m_answers.service.versions.empty() ? "1.0" : m_answers.service.versions.front();
    for (const ArgumentAnswer &argument : m_answers.arguments)
        values[argument.name] = argument.defaultText;
    return values;
}

std::set<std::string> ServiceCheck::argumentNames(const ServiceTarget &target) const
{
    std::set<std::string> names;
    if (!m_goodId)
        return names;
    for (const auto &[name, value] : valuesOf(target))
        names.insert(name);
    for (const std::string &name : ownArguments(m_answers.service.id))
        names.insert(name);
    return names;
}

// What every backend of the answers knows: the service's own image is for all of them.
Values ServiceCheck::anyValues() const
{
    if (m_answers.backends.empty())
        return valuesOf({});
    Values common = valuesOf(m_answers.backends.front());
    for (const ServiceTarget &target : m_answers.backends) {
        const Values others = valuesOf(target);
        std::erase_if(common, [&](const auto &each) { return !others.contains(each.first); });
    }
    return common;
}

std::vector<NewTag> ServiceCheck::tags() const
{
    std::vector<NewTag> tags;
    for (std::size_t i = 0; i < m_answers.backends.size(); ++i) {
        const ServiceTarget &target = m_answers.backends[i];
        for (const std::string &version : versionsOf(m_centre, target)) {
            for (const std::string &variant : variantsOf(m_centre, target)) {
                for (const std::string &serviceVersion : m_answers.service.versions)
                    tags.push_back({indexed("backends", i) + ".backend", target.backend, version, variant,
                                    m_answers.service.id, serviceVersion});
            }
        }
    }
    return tags;
}

} // namespace

FieldProblems validate(const Workspace &centre, const ServiceAnswers &answers)
{
    return ServiceCheck(centre, answers).run();
}

} // namespace runner::onboard
