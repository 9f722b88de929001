#include "catalog/catalog.h"

#include "image/imagename.h"

#include <algorithm>

namespace runner::catalog {

namespace {

Record recordOf(const matrix::RunnerRow &row, const std::string &service, const matrix::RunnerEntry &entry)
{
    Record record;
    record.backend = row.backend;
    record.backendVersion = row.version;
    record.originalBackendVersion = entry.originalVersion.empty() ? row.originalVersion : entry.originalVersion;
    record.backendVariant = row.variant;
    record.service = service;
    record.serviceVersion = entry.version;
    record.members = entry.members;
    record.where = entry.where;
    return record;
}

std::string imageOf(const matrix::ImageNaming &naming, const Record &record)
{
    const std::string path = naming.nameSpace.empty() ? naming.repository : naming.nameSpace + '/' + naming.repository;
    return path + ':'
           + image::makeTag(record.backend, record.backendVersion, record.backendVariant, record.service,
                            record.serviceVersion);
}

void appendRecords(Records &records, Record record, const matrix::RunnerEntry &entry)
{
    for (const std::string &platform : entry.platforms) {
        const auto &deprecated = entry.deprecatedPlatforms;
        record.platform = platform;
        record.deprecated = std::find(deprecated.begin(), deprecated.end(), platform) != deprecated.end();
        records.push_back(record);
    }
}

Records recordsWhere(bool released, const matrix::Matrix &matrix)
{
    Records records;
    for (const matrix::RunnerRow &row : matrix.runners) {
        for (const matrix::RunnerCell &cell : row.cells) {
            for (const matrix::RunnerEntry &entry : cell.entries) {
                if (entry.released != released)
                    continue;
                Record record = recordOf(row, cell.service, entry);
                record.dockerImage = imageOf(matrix.image, record);
                appendRecords(records, std::move(record), entry);
            }
        }
    }
    sortRecords(records);
    return records;
}

} // namespace

Records recordsOf(const matrix::Matrix &matrix)
{
    return recordsWhere(true, matrix);
}

Records imagelessOf(const matrix::Matrix &matrix)
{
    return recordsWhere(false, matrix);
}

} // namespace runner::catalog
