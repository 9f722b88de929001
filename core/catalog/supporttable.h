// The support table: what is released for whom, as release staff read it; and its exports.
#pragma once

#include "matrix/matrix.h"

#include <optional>
#include <string>
#include <vector>

namespace runner::catalog {

struct TableOptions
{
    std::vector<std::string> backends; ///< Identifiers; empty: all.
    bool withDeprecated = true;
    bool withUnlisted = false; ///< Also rows and entries that are not listed.
};

struct TableRow
{
    const matrix::RunnerRow *source = nullptr;
    std::string version;                   ///< As shown.
    std::string variant;                   ///< As shown; empty where there is none.
    std::vector<matrix::RunnerCell> cells; ///< One per column of the section, maybe without entries.
};

struct TableSection
{
    const matrix::Backend *backend = nullptr;
    std::vector<std::string> services; ///< Columns: services with an entry, in the matrix's order.
    std::vector<TableRow> rows;
};

/// Sections in the matrix's order, without rows and sections that have no entry left. Points into the matrix. Entries
/// of an unlisted row count as unlisted. Rows of a backend that the matrix does not have are left out.
std::vector<TableSection> supportTable(const matrix::Matrix &matrix, const TableOptions &options);

enum class TableFormat { Text, Markdown, Html, Csv, Json };

struct RenderOptions
{
    int width = 100;     ///< Columns of the terminal, for Text.
    bool styled = false; ///< Text: use the terminal's bold, dim and strike-through.
};

/// The table in a format, ending in a newline; Text and Markdown are empty where there is no section. Text wraps cells
/// so that no line is wider than the terminal (down to 40 columns) and marks deprecated (~), polished (*) and rc
/// entries in words too. Markdown is the README's form: "### NAME", notes as block quotes,
/// "| CANN Version <br/> (Variant) | vLLM | … |", ~~struck~~, **bold**, (rc). docs/catalog.md describes each format.
std::string render(const matrix::Matrix &matrix, const std::vector<TableSection> &sections, TableFormat format,
                   const RenderOptions &options = {});

} // namespace runner::catalog
