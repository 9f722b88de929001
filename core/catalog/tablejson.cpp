#include "catalog/jsonwriter.h"
#include "catalog/tablerender.h"

namespace runner::catalog {

namespace {

// Marks are written only where they hold.
void writeEntry(JsonWriter &writer, const matrix::RunnerEntry &entry)
{
    writer.beginObject();
    writer.member("version", entry.version);
    if (entry.releaseCandidate)
        writer.member("rc", true);
    if (entry.deprecated())
        writer.member("deprecated", true);
    if (entry.polished)
        writer.member("polished", true);
    if (!entry.listed)
        writer.member("listed", false);
    writer.endObject();
}

void writeRow(JsonWriter &writer, const matrix::Matrix &matrix, const TableSection &section, const TableRow &row)
{
    writer.beginObject();
    writer.member("section", section.backend->name);
    writer.member("version", row.version);
    writer.member("variant", row.variant);
    writer.key("services");
    writer.beginObject();
    for (const matrix::RunnerCell &cell : row.cells) {
        if (cell.entries.empty())
            continue;
        writer.key(matrix.serviceName(cell.service));
        writer.beginArray();
        for (const matrix::RunnerEntry &entry : cell.entries)
            writeEntry(writer, entry);
        writer.endArray();
    }
    writer.endObject();
    writer.endObject();
}

} // namespace

std::string renderJson(const matrix::Matrix &matrix, const Sections &sections)
{
    JsonWriter writer(JsonWriter::Layout::Indented);
    writer.beginArray();
    for (const TableSection &section : sections) {
        for (const TableRow &row : section.rows)
            writeRow(writer, matrix, section, row);
    }
    writer.endArray();
    return writer.takeResult() + '\n';
}

} // namespace runner::catalog
