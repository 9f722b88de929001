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

// The second reader refuses numbers that no double holds; they are JSON all the same.
bool mayHoldLargeNumbers(const std::string &text)
{
    std::size_t digits = 0;
    for (const char c : text) {
        if (digits > 0 && (c == 'e' || c == 'E'))
            return true;
        digits = c >= '0' && c <= '9' ? digits + 1 : 0;
        if (digits > 300)
            return true;
    }
    return false;
}

void requireJson(const std::string &text)
{
    require(mayHoldLargeNumbers(text) || nlohmann::json::accept(text));
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
        requireJson(catalog::toJson(records, grouping));
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
    requireJson(catalog::render(matrix, sections, TableFormat::Json));
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
    requireJson(text);
    checkJson(*records);
    checkTable(*records);
    catalog::sortRecords(*records);
    catalog::Records sorted = *records;
    catalog::sortRecords(sorted);
    require(sorted == *records);
    return 0;
}
