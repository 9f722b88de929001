#include "catalog/tablerender.h"

namespace runner::catalog {

namespace {

constexpr const char *header = "backend,backend_name,version,variant,service,service_version,"
                               "deprecated,polished,rc,listed,released,platforms\r\n";

// RFC 4180. A spreadsheet takes text that begins like a formula for one; an apostrophe in front keeps it a text.
std::string field(const std::string &text)
{
    constexpr const char *formulaStarts = "=+-@\t\r\n";
    const bool isFormula = !text.empty() && std::string(formulaStarts).find(text.front()) != std::string::npos;
    if (!isFormula && text.find_first_of(",\"\r\n\t '") == std::string::npos)
        return text;
    std::string quoted = isFormula ? "\"'" : "\"";
    for (const char c : text) {
        quoted += c;
        if (c == '"')
            quoted += c;
    }
    return quoted + '"';
}

const char *yes(bool value)
{
    return value ? "true" : "false";
}

std::string joined(const std::vector<std::string> &texts)
{
    std::string all;
    for (const std::string &text : texts)
        all += (all.empty() ? "" : " ") + text;
    return all;
}

std::string line(const TableSection &section, const TableRow &row, const std::string &service,
                 const matrix::RunnerEntry &entry)
{
    std::string text;
    const std::string variant = row.source ? row.source->variant : row.variant;
    for (const std::string &value :
         {section.backend->id, section.backend->name, row.version, variant, service, entry.version})
        text += field(value) + ',';
    for (const bool mark : {entry.deprecated(), entry.polished, entry.releaseCandidate, entry.listed, entry.released})
        text += std::string(yes(mark)) + ',';
    return text + field(joined(entry.platforms)) + "\r\n";
}

} // namespace

std::string renderCsv(const Sections &sections)
{
    std::string text = header;
    for (const TableSection &section : sections) {
        for (const TableRow &row : section.rows) {
            for (const matrix::RunnerCell &cell : row.cells) {
                for (const matrix::RunnerEntry &entry : cell.entries)
                    text += line(section, row, cell.service, entry);
            }
        }
    }
    return text;
}

} // namespace runner::catalog
