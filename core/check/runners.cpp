// What is released: names, platforms, and images that two entries claim.
#include "check/families.h"
#include "check/platforms.h"
#include "text/ascii.h"

#include <functional>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace runner::check {

namespace {

void checkRowNames(const Subject &subject, const matrix::RunnerRow &row, Problems &problems)
{
    const matrix::Backend *backend = subject.matrix.findBackend(row.backend);
    if (!backend && !row.backend.empty())
        problems.push_back({"unknown-backend", Severity::Error, row.where,
                            "The backend '" + row.backend + "' is not in 'backends'",
                            "Correct the name, or describe the backend in 'backends'"});
    if (backend && !row.variant.empty() && !backend->hasVariant(row.variant))
        problems.push_back({"unknown-variant", Severity::Error, row.where,
                            "The backend " + backend->id + " lists no variant '" + row.variant + "'",
                            "Correct it, or add it to the backend's 'variants'"});
    for (const matrix::RunnerCell &cell : row.cells) {
        if (!subject.matrix.findService(cell.service))
            problems.push_back({"unknown-service", Severity::Error,
                                cell.entries.empty() ? row.where : cell.entries.front().where,
                                "The service '" + cell.service + "' is not in 'services'",
                                "Correct the name, or describe the service in 'services'"});
    }
}

void checkEntry(const matrix::RunnerRow &row, const matrix::RunnerEntry &entry, Problems &problems)
{
    for (const std::string &platform : entry.platforms)
        checkPlatform(platform, entry.where, problems);
    if (!entry.released && !(entry.listed && row.listed))
        problems.push_back({"runner-without-meaning", Severity::Warning, entry.where,
                            "This entry is neither in the table nor in the catalogue",
                            "Remove it, or one of 'listed: false' and 'released: false'"});
}

// An image for one platform.
using ImageKey = std::pair<std::string_view, std::string_view>;

struct ImageHash
{
    std::size_t operator()(const ImageKey &key) const
    {
        const std::hash<std::string_view> hash;
        return hash(key.first) * 31 + hash(key.second);
    }
};

void checkDuplicates(const Subject &subject, Problems &problems)
{
    std::unordered_map<ImageKey, const catalog::Record *, ImageHash> known;
    known.reserve(subject.workspace.records.size());
    for (const catalog::Record &record : subject.workspace.records) {
        const auto [first, isNew] = known.try_emplace({record.dockerImage, record.platform}, &record);
        if (isNew)
            continue;
        Location earlier = first->second->where;
        Location later = record.where;
        if (later.line < earlier.line || (later.line == earlier.line && later.column < earlier.column))
            std::swap(earlier, later);
        problems.push_back({"runner-duplicate-image", Severity::Error, later,
                            record.dockerImage + " for " + record.platform + " is listed twice, first in "
                                + diagnostics::describe({earlier.file, earlier.line, 0}),
                            "Remove one of the two entries"});
    }
}

// An older catalogue repeats in each record what the image's name says.
void checkImageNames(const Subject &subject, Problems &problems)
{
    for (const catalog::Record &record : subject.workspace.records) {
        const auto name = subject.grammar.parse(record.dockerImage);
        if (!name || !name->os.empty())
            continue;
        const auto differs = [](const std::string &a, const std::string &b) {
            return text::lowered(a) != text::lowered(b);
        };
        if (differs(name->backend, record.backend) || differs(name->backendVersion, record.backendVersion)
            || differs(name->backendVariant, record.backendVariant) || differs(name->service, record.service)
            || differs(name->serviceVersion, record.serviceVersion))
            problems.push_back({"catalog-image-mismatch", Severity::Warning, record.where,
                                "The record's fields do not fit its image " + record.dockerImage,
                                "Correct the record"});
    }
}

} // namespace

void checkRunners(const Subject &subject, Problems &problems)
{
    for (const matrix::RunnerRow &row : subject.matrix.runners) {
        if (subject.listsNames)
            checkRowNames(subject, row, problems);
        for (const matrix::RunnerCell &cell : row.cells) {
            for (const matrix::RunnerEntry &entry : cell.entries)
                checkEntry(row, entry, problems);
        }
    }
    checkDuplicates(subject, problems);
    checkImageNames(subject, problems);
}

} // namespace runner::check
