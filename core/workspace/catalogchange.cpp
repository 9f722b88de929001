#include "workspace/catalogchange.h"

#include "catalog/catalog.h"
#include "catalog/criteria.h"
#include "catalog/jsonedit.h"
#include "image/imagename.h"
#include "image/platform.h"
#include "matrix/edit/runneredits.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <tuple>

namespace runner::workspace {

namespace {

using catalog::Criteria;
using catalog::Record;
using catalog::Records;
using matrix::edit::Edit;
using matrix::edit::EntryRef;
using matrix::edit::EntryRefs;

EntryRefs matching(const matrix::Matrix &matrix, const Criteria &criteria)
{
    EntryRefs refs;
    for (std::size_t i = 0; i < matrix.runners.size(); ++i) {
        const matrix::RunnerRow &row = matrix.runners[i];
        for (const matrix::RunnerCell &cell : row.cells) {
            for (std::size_t k = 0; k < cell.entries.size(); ++k) {
                if (criteria.matches(row.backend, row.version, row.variant, cell.service, cell.entries[k].version))
                    refs.push_back({i, cell.service, k});
            }
        }
    }
    return refs;
}

Edit editFor(CatalogAction action, EntryRefs refs)
{
    switch (action) {
    case CatalogAction::Deprecate:
    case CatalogAction::Undeprecate:
        return matrix::edit::setDeprecated(std::move(refs), action == CatalogAction::Deprecate);
    case CatalogAction::Polish:
    case CatalogAction::Unpolish:
        return matrix::edit::setPolished(std::move(refs), action == CatalogAction::Polish);
    case CatalogAction::Prune:
        break;
    }
    return matrix::edit::removeEntries(std::move(refs));
}

Result<CatalogChange> changeMatrix(const Workspace &workspace, CatalogAction action, const Criteria &criteria)
{
    EntryRefs refs = matching(workspace.document.matrix(), criteria);
    if (refs.empty())
        return failure("criteria-no-match", {workspace.matrixFile},
                       "No released image matches " + catalog::describe(criteria), "Look with: runnerctl runners");
    auto edited = matrix::edit::applyEdit(workspace.document, editFor(action, std::move(refs)));
    if (!edited)
        return tl::unexpected(edited.error());
    return CatalogChange{workspace.matrixFile, std::move(edited->patches), edited->document.text(), {}};
}

Result<std::string> catalogText(const Workspace &workspace)
{
    const auto text = workspace.texts.find(workspace.catalogFile);
    if (text == workspace.texts.end())
        return failure("catalog-missing", {workspace.catalogFile}, "There is no catalogue of released images",
                       "Add the file with an empty list: []");
    return *text->second;
}

CatalogChange changeOf(const Workspace &workspace, catalog::JsonEdited edited)
{
    return {workspace.catalogFile, std::move(edited.patches), std::move(edited.text), std::move(edited.notes)};
}

Result<CatalogChange> changeJson(const Workspace &workspace, CatalogAction action, const Criteria &criteria)
{
    if (action == CatalogAction::Polish || action == CatalogAction::Unpolish)
        return failure("catalog-no-polish", {workspace.catalogFile},
                       "The older layout's catalogue does not know polished images: only its README marks them",
                       "Mark it in the README's table");
    const auto text = catalogText(workspace);
    if (!text)
        return tl::unexpected(text.error());
    auto edited = action == CatalogAction::Prune ? catalog::pruneJson(*text, workspace.catalogFile, criteria)
                                                 : catalog::setDeprecatedInJson(*text, workspace.catalogFile, criteria,
                                                                                action == CatalogAction::Deprecate);
    if (!edited)
        return tl::unexpected(edited.error());
    return changeOf(workspace, std::move(*edited));
}

// Released images that differ in their platform only.
struct ReleasedImage
{
    Record first;
    std::vector<std::string> platforms;
};

std::vector<ReleasedImage> imagesOf(const Records &released)
{
    std::vector<ReleasedImage> images;
    std::map<std::tuple<std::string, std::string, std::string, std::string, std::string>, std::size_t> known;
    for (const Record &record : released) {
        const auto key = std::tuple(record.backend, record.backendVersion, record.backendVariant, record.service,
                                    record.serviceVersion);
        const auto [at, isNew] = known.emplace(key, images.size());
        if (isNew)
            images.push_back({record, {}});
        std::vector<std::string> &platforms = images[at->second].platforms;
        if (std::find(platforms.begin(), platforms.end(), record.platform) == platforms.end())
            platforms.push_back(record.platform);
    }
    for (ReleasedImage &image : images)
        std::sort(image.platforms.begin(), image.platforms.end());
    return images;
}

std::vector<std::string> without(std::vector<std::string> all, const std::vector<std::string> &some)
{
    std::erase_if(all,
                  [&](const std::string &each) { return std::find(some.begin(), some.end(), each) != some.end(); });
    return all;
}

const matrix::RunnerEntry *entryOf(const matrix::RunnerRow &row, const Record &image, std::size_t &index)
{
    for (const matrix::RunnerCell &cell : row.cells) {
        for (std::size_t i = 0; cell.service == image.service && i < cell.entries.size(); ++i) {
            index = i;
            if (cell.entries[i].version == image.serviceVersion)
                return &cell.entries[i];
        }
    }
    return nullptr;
}

matrix::edit::NewEntry newEntry(const ReleasedImage &image)
{
    matrix::edit::NewEntry entry;
    entry.version = image.first.serviceVersion;
    if (image.platforms != matrix::defaultPlatforms())
        entry.platforms = image.platforms;
    return entry;
}

Edit newRow(const ReleasedImage &image)
{
    matrix::edit::NewRow row;
    row.backend = image.first.backend;
    row.version = image.first.backendVersion;
    row.originalVersion = image.first.originalBackendVersion;
    row.variant = image.first.backendVariant;
    row.service = image.first.service;
    row.entry = newEntry(image);
    return matrix::edit::addRow(std::move(row));
}

// The edit that makes the matrix say the image is released; nothing where it says so already.
std::optional<Edit> editFor(const matrix::Matrix &matrix, const ReleasedImage &image)
{
    const auto row = std::find_if(matrix.runners.begin(), matrix.runners.end(), [&](const matrix::RunnerRow &each) {
        return each.backend == image.first.backend && each.version == image.first.backendVersion
               && each.variant == image.first.backendVariant;
    });
    if (row == matrix.runners.end())
        return newRow(image);
    const auto rowIndex = static_cast<std::size_t>(row - matrix.runners.begin());
    std::size_t index = 0;
    const matrix::RunnerEntry *entry = entryOf(*row, image.first, index);
    if (!entry) {
        matrix::edit::NewEntry fresh = newEntry(image);
        fresh.platforms = image.platforms; // the row may have platforms of its own
        if (image.first.originalBackendVersion != row->originalVersion)
            fresh.originalVersion = image.first.originalBackendVersion;
        return matrix::edit::addEntry(rowIndex, image.first.service, std::move(fresh));
    }
    matrix::edit::EntryChange change;
    const auto more = without(image.platforms, entry->platforms);
    if (!more.empty()) {
        change.platforms = entry->platforms;
        change.platforms->insert(change.platforms->end(), more.begin(), more.end());
    }
    change.deprecatedPlatforms = without(entry->deprecatedPlatforms, image.platforms);
    change.originalVersion = image.first.originalBackendVersion;
    change.released = true;
    const bool same = more.empty() && *change.deprecatedPlatforms == entry->deprecatedPlatforms && entry->released
                      && *change.originalVersion == entry->originalVersion;
    if (same)
        return std::nullopt;
    return matrix::edit::changeEntry({rowIndex, image.first.service, index}, std::move(change));
}

// What may be another than meant about an image that has been merged.
void noteMerged(const matrix::Matrix &matrix, const ReleasedImage &image, Problems &notes)
{
    for (const matrix::RunnerRow &row : matrix.runners) {
        std::size_t index = 0;
        const bool ours = row.backend == image.first.backend && row.version == image.first.backendVersion
                          && row.variant == image.first.backendVariant;
        const matrix::RunnerEntry *entry = ours ? entryOf(row, image.first, index) : nullptr;
        if (entry && !(entry->listed && row.listed))
            notes.push_back({"catalog-not-listed", Severity::Warning, entry->listed ? row.where : entry->where,
                             image.first.dockerImage + " is released, but the support table does not show it: its "
                                 + (entry->listed ? "row" : "entry") + " is not listed",
                             "Remove 'listed: false' there to show it"});
        for (std::size_t i = 0; entry && i < entry->deprecatedPlatforms.size(); ++i)
            notes.push_back({"catalog-still-deprecated", Severity::Warning, entry->where,
                             image.first.dockerImage + " stays deprecated on " + entry->deprecatedPlatforms[i],
                             "Release it there too, or take the mark away with: "
                                 + catalog::shellCommand("undeprecate", catalog::criteriaOf(image.first))});
    }
}

// The table and the names of images know only what the matrix lists.
Result<void> checkListed(const matrix::Matrix &matrix, const std::string &file, const Record &image)
{
    const auto unknown = [&](const char *id, const std::string &what, const std::string &name, const char *key) {
        return failure(id, {file},
                       "The matrix lists no " + what + " '" + name + "': " + image.dockerImage + " is not written",
                       "Add it to '" + std::string(key) + "' of the matrix first, or correct the job");
    };
    if (!matrix.backends.empty() && !matrix.findBackend(image.backend))
        return unknown("unknown-backend", "backend", image.backend, "backends");
    if (!matrix.services.empty() && !matrix.findService(image.service))
        return unknown("unknown-service", "service", image.service, "services");
    return {};
}

Result<CatalogChange> mergeIntoMatrix(const Workspace &workspace, const Records &released)
{
    matrix::edit::Edited all{workspace.document, {}};
    const std::vector<ReleasedImage> images = imagesOf(released);
    for (const ReleasedImage &image : images) {
        if (const auto listed = checkListed(workspace.document.matrix(), workspace.matrixFile, image.first); !listed)
            return tl::unexpected(listed.error());
        const auto edit = editFor(all.document.matrix(), image);
        if (!edit)
            continue;
        auto next = matrix::edit::applyEdit(all.document, *edit);
        if (!next)
            return tl::unexpected(next.error());
        all.patches = text::compose(all.patches, next->patches);
        all.document = std::move(next->document);
    }
    CatalogChange change{workspace.matrixFile, std::move(all.patches), all.document.text(), {}};
    for (const ReleasedImage &image : images)
        noteMerged(all.document.matrix(), image, change.notes);
    return change;
}

tl::unexpected<Problem> badJob(const std::string &fileName, std::size_t index, const std::string &what)
{
    return failure("catalog-bad-job", {fileName}, "Job " + std::to_string(index + 1) + " " + what,
                   "Give the jobs that `runnerctl expand --for-release` prints");
}

} // namespace

Result<CatalogChange> changeCatalog(const Workspace &workspace, CatalogAction action, const Criteria &criteria)
{
    if (const auto good = catalog::checkCriteria(criteria); !good)
        return tl::unexpected(good.error());
    return workspace.catalogFile.empty() ? changeMatrix(workspace, action, criteria)
                                         : changeJson(workspace, action, criteria);
}

Result<CatalogChange> mergeReleased(const Workspace &workspace, const Records &released)
{
    if (released.empty())
        return failure("catalog-no-jobs", {}, "There is no job to merge",
                       "Give the jobs of a build that has ended well");
    if (workspace.catalogFile.empty())
        return mergeIntoMatrix(workspace, released);
    const auto text = catalogText(workspace);
    if (!text)
        return tl::unexpected(text.error());
    auto edited = catalog::mergeIntoJson(*text, workspace.catalogFile, released);
    if (!edited)
        return tl::unexpected(edited.error());
    return changeOf(workspace, std::move(*edited));
}

Result<Records> recordsOfJobs(const std::string &json, const std::string &fileName, const matrix::Matrix &matrix)
{
    using Json = nlohmann::json;
    const Json parsed = Json::parse(json, nullptr, false);
    if (parsed.is_discarded())
        return failure("json-invalid", {fileName}, "The jobs are not valid JSON",
                       "Give what `runnerctl expand` prints");
    const Json jobs = parsed.is_object() ? parsed.value("build_jobs", Json()) : parsed;
    if (!jobs.is_array())
        return failure("catalog-bad-job", {fileName}, "There is no list of build jobs",
                       "Give what `runnerctl expand` prints");
    Records records;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        const Json &job = jobs[i];
        std::string missing;
        const auto text = [&](const char *name, bool mayBeEmpty = false) {
            const auto found = job.is_object() ? job.find(name) : job.end();
            const bool good = job.is_object() && found != job.end() && found->is_string();
            std::string value = good ? found->get<std::string>() : std::string();
            if (!good || (value.empty() && !mayBeEmpty))
                missing = name;
            return value;
        };
        Record record;
        record.backend = text("backend");
        record.backendVersion = text("backend_version");
        record.originalBackendVersion = text("original_backend_version");
        record.backendVariant = text("backend_variant", true);
        record.service = text("service");
        record.serviceVersion = text("service_version", record.service == "runtime");
        record.platform = text("platform");
        const std::string tag = text("tag");
        if (!missing.empty())
            return badJob(fileName, i, "has no text '" + missing + "'");
        if (record.service == "runtime")
            return badJob(fileName, i, "is a runtime image, which is no released service");
        if (tag.ends_with("-dev"))
            return badJob(fileName, i, "was not built for release: its tag is " + tag);
        if (!image::isKnownPlatform(record.platform))
            return badJob(fileName, i, "is for '" + record.platform + "', which is no platform such as linux/amd64");
        const std::string meant = image::makeTag(record.backend, record.backendVersion, record.backendVariant,
                                                 record.service, record.serviceVersion);
        if (tag != meant)
            return badJob(fileName, i, "has the tag " + tag + ", but its other fields say " + meant);
        record.dockerImage = matrix.image.nameSpace + "/" + matrix.image.repository + ":" + tag;
        records.push_back(std::move(record));
    }
    return records;
}

} // namespace runner::workspace
