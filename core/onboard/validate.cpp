#include "onboard/validate.h"

#include "dockerfile/characters.h"
#include "expand/plan.h"
#include "expand/tags.h"
#include "onboard/dockerfiles.h"
#include "onboard/identifiers.h"
#include "onboard/parts.h"
#include "onboard/rehearsal.h"
#include "onboard/stagechecks.h"
#include "onboard/stages.h"
#include "onboard/tagclash.h"
#include "onboard/takennames.h"
#include "onboard/terms.h"
#include "text/ascii.h"
#include "workspace/paths.h"

#include <algorithm>
#include <map>

namespace runner::onboard {

namespace {

namespace fs = std::filesystem;
using workspace::Workspace;

constexpr std::size_t maxNote = 1000;
constexpr int firstPython = 8; // 3.X; for those before, what images are built with is made no more.
constexpr int lastPython = 20; // One comes each year.

// Those of a service that stands above others.
void addStages(std::set<std::string> &names, const ServiceAnswer &service)
{
    names.insert(service.id);
    if (service.installation != Installation::OwnStages)
        return;
    for (const dockerfile::Stage &stage : dockerfile::readDockerfile(service.stages, {}).stages)
        names.insert(stage.name);
}

class BackendCheck
{
public:
    BackendCheck(const Workspace &centre, const BackendAnswers &answers)
        : m_centre(centre)
        , m_answers(answers)
        , m_stages(stageNames(centre))
    {
    }

    FieldProblems run()
    {
        m_goodId = checkId();
        checkNames();
        checkFolder(m_check, "home", m_answers.home);
        checkVersions(m_check, "versions", m_answers.versions, 2);
        checkVersionsApart();
        checkPython();
        checkVariants();
        checkBaseImage(m_check, "base_image", m_answers.baseImage, values(), m_stages);
        checkPlatforms(m_check, "platforms", m_answers.platforms);
        checkServices();
        checkNamesFree(m_check, m_centre.matrix, m_answers);
        checkFurther();
        checkNotes();
        if (!m_goodId)
            m_check.dropWhatFollows();
        if (m_goodId && !onboard::hasErrors(m_check.problems))
            checkTags(m_check, m_centre, tags());
        return std::move(m_check.problems);
    }

private:
    bool checkId();
    bool checkPlace(const std::string &id);
    void checkNames();
    void checkVersionsApart();
    void checkPython();
    void checkVariants();
    void checkServices();
    bool checkServiceId(const std::string &field, const ServiceAnswer &service);
    void checkFurther();
    void checkNotes();
    Values values() const;
    std::set<std::string> argumentNames() const;
    std::vector<NewTag> tags() const;

    const Workspace &m_centre;
    const BackendAnswers &m_answers;
    FieldCheck m_check;
    std::set<std::string> m_stages;
    bool m_goodId = false;
    bool m_goodServices = true;
};

bool BackendCheck::checkId()
{
    const std::string &id = m_answers.id;
    if (!checkIdentifier(m_check, "id", id))
        return false;
    if (m_centre.matrix.findBackend(id) || m_centre.matrix.findService(id)) {
        m_check.error("id", "onboard-id-taken",
                      id + " is " + (m_centre.matrix.findBackend(id) ? "a backend" : "a service")
                          + " of this pack centre already",
                      "Choose another identifier");
        return false;
    }
    return checkPlace(id);
}

// The name of a folder or file of pack/ that is the identifier in other capitals; empty where there is none.
std::string inOtherCapitals(const fs::path &pack, const std::string &id)
{
    std::error_code error;
    for (fs::directory_iterator at(pack, error), end; !error && at != end; at.increment(error)) {
        const std::string name = at->path().filename().string();
        if (name != id && text::lowered(name) == id)
            return name;
    }
    return {};
}

// What an earlier backend of this name has left is not written over.
bool BackendCheck::checkPlace(const std::string &id)
{
    const fs::path folder = m_centre.root / "pack" / id;
    if (workspace::isPresent(folder)) {
        std::error_code error;
        const bool isFolder = fs::is_directory(folder, error);
        m_check.error("id", "onboard-folder-there",
                      (isFolder ? "The folder pack/" : "A file pack/") + id + " is there already"
                          + (isFolder && fs::is_empty(folder, error) ? ", though it is empty" : ""),
                      "Remove it, or choose another identifier");
        return false;
    }
    if (const std::string other = inOtherCapitals(folder.parent_path(), id); !other.empty()) {
        m_check.error("id", "onboard-folder-there",
                      "There is a pack/" + other + ", and some systems would take both for one",
                      "Remove it, or choose another identifier");
        return false;
    }
    if (const std::string file = descriptionOf(id); describes(m_centre) && workspace::isPresent(m_centre.root / file)) {
        m_check.error("id", "onboard-file-there",
                      "There is no backend " + id + ", but " + file + " describes how one is rehearsed",
                      "Remove that file, or choose another identifier");
        return false;
    }
    return true;
}

void BackendCheck::checkNames()
{
    checkShownName(m_check, "name", m_answers.name);
    if (!m_answers.title.empty())
        checkShownName(m_check, "title", m_answers.title);
}

// The tag carries two parts of the version: those that begin alike would give the same images.
void BackendCheck::checkVersionsApart()
{
    std::map<std::string, std::string> seen;
    for (std::size_t i = 0; i < m_answers.versions.size(); ++i) {
        const std::string &version = m_answers.versions[i];
        const auto [at, fresh] = seen.emplace(expand::firstParts(version, 2), version);
        if (!fresh && at->second != version)
            m_check.error(indexed("versions", i), "onboard-tag-taken",
                          inQuotes(version) + " would have the tags of " + inQuotes(at->second) + ", which begin with "
                              + inQuotes(m_answers.id + at->first),
                          "Keep one of them");
    }
}

void BackendCheck::checkPython()
{
    const std::string &python = m_answers.python;
    const std::string minor = python.starts_with("3.") ? python.substr(2) : std::string();
    const bool isNumber = !minor.empty() && minor.size() <= 2 && minor.front() != '0'
                          && std::all_of(minor.begin(), minor.end(), text::isDigit);
    const bool good = isNumber && std::stoi(minor) >= firstPython && std::stoi(minor) <= lastPython;
    if (!good)
        m_check.error("python", "onboard-bad-version", inQuotes(python) + " is no version of Python",
                      "Write it as X.Y, from 3." + std::to_string(firstPython) + " to 3." + std::to_string(lastPython));
}

void BackendCheck::checkVariants()
{
    const std::string &argument = m_answers.variantArgument;
    const auto &variants = m_answers.variants;
    const std::string prefix = expand::argumentName(m_answers.id, "");
    if (argument.empty() && !variants.empty())
        m_check.error("variant_arg", "onboard-empty", "Nothing says which argument names the variant",
                      m_goodId ? "Name it, as in " + prefix + "ARCHS"
                               : std::string("Name it when the backend has its identifier"));
    if (!variants.empty() && m_centre.layout == workspace::Layout::Older)
        m_check.error("variants", "onboard-no-variants", "The scripts of the older layout know variants of cann alone",
                      "Leave the variants out, or move the pack centre to matrix.yml first");
    if (!argument.empty() && variants.empty())
        m_check.error("variants", "onboard-empty", argument + " would name variants, and there are none",
                      "Add one, or leave the argument out");
    if (!argument.empty()
        && (!argument.starts_with(prefix) || argument == prefix || argument == versionArgument(m_answers.id)
            || argument == homeArgument(m_answers.id) || !std::all_of(argument.begin(), argument.end(), [](char c) {
                   return text::isUpper(c) || text::isDigit(c) || c == '_';
               })))
        m_check.error("variant_arg", "onboard-bad-argument",
                      inQuotes(argument) + " cannot be the argument of the variant",
                      "Write " + prefix + " and a word in capitals, as in " + prefix + "ARCHS");
    for (std::size_t i = 0; i < variants.size(); ++i) {
        const std::string field = indexed("variants", i);
        if (checkVariant(m_check, field + ".id", variants[i].id)
            && std::any_of(variants.begin(), variants.begin() + static_cast<std::ptrdiff_t>(i),
                           [&](const matrix::Variant &each) { return each.id == variants[i].id; }))
            m_check.error(field + ".id", "onboard-twice", inQuotes(variants[i].id) + " stands here twice",
                          "Remove one of them");
        if (!variants[i].label.empty())
            checkShownName(m_check, field + ".label", variants[i].label);
    }
}

void BackendCheck::checkServices()
{
    const auto &services = m_answers.services;
    StagePlace place{{}, {"runtime"}, hasCommonScripts(m_centre)};
    if (services.empty())
        m_check.error("services", "onboard-empty", "The backend has no service yet", "Add at least one");
    for (std::size_t i = 0; i < services.size(); ++i) {
        const std::string field = indexed("services", i);
        const bool good = checkServiceId(field, services[i]);
        m_goodServices = m_goodServices && good;
        if (!services[i].id.empty()
            && std::any_of(services.begin(), services.begin() + static_cast<std::ptrdiff_t>(i),
                           [&](const ServiceAnswer &each) { return each.id == services[i].id; }))
            m_check.error(field + ".id", "onboard-twice", inQuotes(services[i].id) + " stands here twice",
                          "Remove one of them");
        checkService(m_check, field, services[i], values(), m_centre.matrix, m_stages);
        place.arguments = argumentNames();
        place.service = good ? services[i].id : std::string();
        place.versionInBase = mentions(services[i].baseImage, versionArgument(services[i].id));
        if (services[i].installation == Installation::OwnStages)
            checkStages(m_check, field + ".stages", services[i].stages, place);
        addStages(place.above, services[i]);
    }
}

bool BackendCheck::checkServiceId(const std::string &field, const ServiceAnswer &service)
{
    if (m_centre.matrix.findService(service.id))
        return true;
    if (!checkIdentifier(m_check, field + ".id", service.id))
        return false;
    const bool taken = m_centre.matrix.findBackend(service.id) || service.id == m_answers.id;
    if (taken)
        m_check.error(
            field + ".id", "onboard-id-taken",
            service.id + (service.id == m_answers.id ? " is the backend itself" : " is a backend of this pack centre"),
            "Choose another identifier");
    return !taken;
}

void BackendCheck::checkFurther()
{
    std::vector<std::string> owners{m_answers.id};
    std::set<std::string> taken{"PYTHON_VERSION",
                                "CMAKE_MAX_JOBS",
                                versionArgument(m_answers.id),
                                archsArgument(m_answers.id),
                                homeArgument(m_answers.id),
                                m_answers.variantArgument};
    for (const ServiceAnswer &service : m_answers.services) {
        owners.push_back(service.id);
        const auto own = ownArguments(service.id);
        taken.insert(own.begin(), own.end());
    }
    if (!m_goodId || !m_goodServices)
        owners.clear();
    checkArguments(m_check, m_answers.arguments, owners, taken);
}

void BackendCheck::checkNotes()
{
    if (!m_answers.notes.empty() && m_centre.layout == workspace::Layout::Older)
        m_check.error("notes", "onboard-no-notes", "The older layout has no place for notes",
                      "Leave them out here, and write them into the README");
    for (std::size_t i = 0; i < m_answers.notes.size(); ++i)
        checkLine(m_check, indexed("notes", i) + ".text", m_answers.notes[i].text, maxNote);
}

Values BackendCheck::values() const
{
    Values values{{"PYTHON_VERSION", m_answers.python}, {"CMAKE_MAX_JOBS", ""}};
    addPlatformValues(values);
    values[versionArgument(m_answers.id)] = m_answers.versions.empty() ? "1.0" : m_answers.versions.front();
    values[archsArgument(m_answers.id)] = "";
    if (!m_answers.variants.empty())
        values[m_answers.variantArgument] = m_answers.variants.front().id;
    for (const ServiceAnswer &service : m_answers.services)
        values[versionArgument(service.id)] = service.versions.empty() ? "1.0" : service.versions.front();
    for (const ArgumentAnswer &argument : m_answers.arguments)
        values[argument.name] = argument.defaultText;
    return values;
}

// Of the whole file: every service's stages stand below them. What they are called nobody knows while an identifier is
// wrong.
std::set<std::string> BackendCheck::argumentNames() const
{
    std::set<std::string> names;
    if (!m_goodId || !m_goodServices)
        return names;
    for (const auto &[name, value] : values())
        names.insert(name);
    for (const ServiceAnswer &service : m_answers.services) {
        for (const std::string &name : ownArguments(service.id))
            names.insert(name);
    }
    return names;
}

std::vector<NewTag> BackendCheck::tags() const
{
    std::vector<NewTag> tags;
    for (const std::string &version : m_answers.versions) {
        for (const std::string &variant : variantsOrNone(m_answers.variants)) {
            for (const auto &service : m_answers.services) {
                for (const std::string &serviceVersion : service.versions)
                    tags.push_back({"id", m_answers.id, version, variant, service.id, serviceVersion});
            }
        }
    }
    return tags;
}

} // namespace

FieldProblems validate(const Workspace &centre, const BackendAnswers &answers)
{
    return BackendCheck(centre, answers).run();
}

} // namespace runner::onboard
