// Rows of a support table from the records of an older catalogue.
#include "catalog/catalog.h"
#include "catalog/grouping.h"

#include <algorithm>

namespace runner::catalog {

namespace {

// A platform that occurs twice (in two repositories) is one platform of the entry; it is deprecated if all are.
matrix::RunnerEntry entryOf(const RecordGroup &group)
{
    matrix::RunnerEntry entry;
    entry.version = group.name;
    entry.originalVersion = newestOriginal(group.records);
    entry.where = group.records.front()->where;
    for (const RecordGroup &platform : groupBy(group.records, &Record::platform, GroupOrder::Ascending)) {
        entry.platforms.emplace_back(platform.name);
        if (allDeprecated(platform.records))
            entry.deprecatedPlatforms.emplace_back(platform.name);
    }
    const auto withMembers = std::find_if(group.records.begin(), group.records.end(),
                                          [](const Record *record) { return !record->members.empty(); });
    if (withMembers != group.records.end())
        entry.members = (*withMembers)->members;
    return entry;
}

matrix::RunnerRow rowOf(const RecordRefs &records)
{
    matrix::RunnerRow row;
    row.backend = records.front()->backend;
    row.version = records.front()->backendVersion;
    row.shownVersion = row.version;
    row.originalVersion = newestOriginal(records);
    row.variant = records.front()->backendVariant;
    row.where = records.front()->where;
    for (const RecordGroup &service : groupBy(records, &Record::service, GroupOrder::Ascending)) {
        matrix::RunnerCell cell{std::string(service.name), {}};
        for (const RecordGroup &version : groupBy(service.records, &Record::serviceVersion, GroupOrder::NewestFirst))
            cell.entries.push_back(entryOf(version));
        row.cells.push_back(std::move(cell));
    }
    return row;
}

} // namespace

std::vector<matrix::RunnerRow> rowsOf(const Records &records)
{
    std::vector<matrix::RunnerRow> rows;
    for (const RecordGroup &backend : groupBy(refsTo(records), &Record::backend, GroupOrder::Ascending)) {
        for (const RecordGroup &version : groupBy(backend.records, &Record::backendVersion, GroupOrder::NewestFirst)) {
            for (const RecordGroup &variant : groupBy(version.records, &Record::backendVariant, GroupOrder::Descending))
                rows.push_back(rowOf(variant.records));
        }
    }
    return rows;
}

} // namespace runner::catalog
