// Reads any bytes as an older catalogue; what comes out can be written and read again.
#include "catalog/catalog.h"
#include "catalog/query.h"
#include "catalog/supporttable.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace runner;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

catalog::Records readAgain(const std::string &text)
{
    Problems problems;
    const auto records = catalog::readJson(text, "again.json", problems);
    require(records && problems.empty());
    return *records;
}

// Reading normalises what it keeps, so only what was written by us comes back the same.
void checkJson(const catalog::Records &records)
{
    const catalog::Records again = readAgain(catalog::toJson(records, catalog::Grouping::Runner));
    require(again == records);
    for (const auto grouping : {catalog::Grouping::Backend, catalog::Grouping::Service})
        require(nlohmann::json::accept(catalog::toJson(records, grouping)));
    for (const catalog::Record &record : records)
        require(readAgain('[' + catalog::toJsonLine(record) + ']').at(0) == record);
}

void checkTable(const catalog::Records &records)
{
    matrix::Matrix matrix;
    matrix.runners = catalog::rowsOf(records);
    for (const matrix::RunnerRow &row : matrix.runners) {
        if (!matrix.findBackend(row.backend))
            matrix.backends.push_back({row.backend, row.backend, row.backend, {}, {}, {}, {}});
    }
    const auto sections = catalog::supportTable(matrix, {});
    using catalog::TableFormat;
    for (const auto format : {TableFormat::Text, TableFormat::Markdown, TableFormat::Html, TableFormat::Csv})
        catalog::render(matrix, sections, format, {40, true});
    require(nlohmann::json::accept(catalog::render(matrix, sections, TableFormat::Json)));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string text(data, data + size);
    Problems problems;
    auto records = catalog::readJson(text, "runner.json", problems);
    if (!records) {
        require(records.error().where.line > 0);
        return 0;
    }
    require(nlohmann::json::accept(text));
    checkJson(*records);
    checkTable(*records);
    catalog::sortRecords(*records);
    catalog::Records sorted = *records;
    catalog::sortRecords(sorted);
    require(sorted == *records);
    return 0;
}
