#include "catalog/supporttable.h"

#include "catalog/tablerender.h"

#include <algorithm>

namespace runner::catalog {

namespace {

bool isWanted(const matrix::RunnerEntry &entry, const TableOptions &options)
{
    return (options.withUnlisted || entry.listed) && (options.withDeprecated || !entry.deprecated());
}

matrix::RunnerCell &cellOf(std::vector<matrix::RunnerCell> &cells, const std::string &service)
{
    for (matrix::RunnerCell &cell : cells) {
        if (cell.service == service)
            return cell;
    }
    return cells.emplace_back(matrix::RunnerCell{service, {}});
}

// Cells with wanted entries only; an entry of an unlisted row is unlisted too.
std::vector<matrix::RunnerCell> wantedCells(const matrix::RunnerRow &row, const TableOptions &options)
{
    std::vector<matrix::RunnerCell> cells;
    for (const matrix::RunnerCell &cell : row.cells) {
        for (matrix::RunnerEntry entry : cell.entries) {
            entry.listed = entry.listed && row.listed;
            if (isWanted(entry, options))
                cellOf(cells, cell.service).entries.push_back(std::move(entry));
        }
    }
    return cells;
}

TableRow rowOf(const matrix::RunnerRow &source, const matrix::Backend &backend, const TableOptions &options)
{
    TableRow row;
    row.source = &source;
    row.version = source.shownVersion.empty() ? source.version : source.shownVersion;
    row.variant = backend.variantLabel(source.variant);
    row.cells = wantedCells(source, options);
    return row;
}

// The matrix's order; services it does not know follow in the order they occur, so that nothing is lost.
std::vector<std::string> columnsOf(const matrix::Matrix &matrix, const std::vector<TableRow> &rows)
{
    std::vector<std::string> used;
    for (const TableRow &row : rows) {
        for (const matrix::RunnerCell &cell : row.cells) {
            if (std::find(used.begin(), used.end(), cell.service) == used.end())
                used.push_back(cell.service);
        }
    }
    const auto rank = [&](const std::string &id) {
        const auto found = std::find_if(matrix.services.begin(), matrix.services.end(),
                                        [&](const matrix::Service &service) { return service.id == id; });
        return found - matrix.services.begin();
    };
    std::stable_sort(used.begin(), used.end(), [&](const auto &a, const auto &b) { return rank(a) < rank(b); });
    return used;
}

void arrangeCells(TableSection &section)
{
    for (TableRow &row : section.rows) {
        std::vector<matrix::RunnerCell> arranged;
        for (const std::string &service : section.services)
            arranged.push_back(std::move(cellOf(row.cells, service)));
        row.cells = std::move(arranged);
    }
}

} // namespace

std::vector<TableSection> supportTable(const matrix::Matrix &matrix, const TableOptions &options)
{
    std::vector<TableSection> sections;
    for (const matrix::Backend &backend : matrix.backends) {
        const auto &wanted = options.backends;
        if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), backend.id) == wanted.end())
            continue;
        TableSection section{&backend, {}, {}};
        for (const matrix::RunnerRow &source : matrix.runners) {
            if (source.backend != backend.id)
                continue;
            TableRow row = rowOf(source, backend, options);
            if (!row.cells.empty())
                section.rows.push_back(std::move(row));
        }
        section.services = columnsOf(matrix, section.rows);
        arrangeCells(section);
        if (!section.rows.empty())
            sections.push_back(std::move(section));
    }
    return sections;
}

std::string onOneLine(const std::string &text)
{
    std::string line;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool isC1 = byte == 0xC2U && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0U;
        i += isC1 ? 1 : 0;
        line += byte < 0x20U || byte == 0x7FU || isC1 ? ' ' : text[i];
    }
    return line;
}

std::vector<std::string> notePieces(const std::string &text)
{
    std::vector<std::string> pieces{{}};
    std::size_t at = 0;
    for (;;) {
        const std::size_t open = text.find('`', at);
        const std::size_t close = open == std::string::npos ? open : text.find('`', open + 1);
        if (close == std::string::npos)
            break;
        pieces.back() += text.substr(at, open - at);
        pieces.push_back(text.substr(open + 1, close - open - 1));
        pieces.emplace_back();
        at = close + 1;
    }
    pieces.back() += text.substr(at);
    return pieces;
}

std::string render(const matrix::Matrix &matrix, const std::vector<TableSection> &sections, TableFormat format,
                   const RenderOptions &options)
{
    switch (format) {
    case TableFormat::Markdown:
        return renderMarkdown(matrix, sections);
    case TableFormat::Html:
        return renderHtml(matrix, sections);
    case TableFormat::Csv:
        return renderCsv(sections);
    case TableFormat::Json:
        return renderJson(matrix, sections);
    case TableFormat::Text:
        break;
    }
    return renderText(matrix, sections, options);
}

} // namespace runner::catalog
