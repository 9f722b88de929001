// The formats of the support table, one file each. Private to this folder.
#pragma once

#include "catalog/supporttable.h"

#include <string>

namespace runner::catalog {

using Sections = std::vector<TableSection>;

std::string renderText(const matrix::Matrix &matrix, const Sections &sections, const RenderOptions &options);
std::string renderMarkdown(const matrix::Matrix &matrix, const Sections &sections);
std::string renderHtml(const matrix::Matrix &matrix, const Sections &sections);
std::string renderCsv(const Sections &sections);
std::string renderJson(const matrix::Matrix &matrix, const Sections &sections);

/// "8.5 (A3/910C)"
inline std::string rowTitle(const TableRow &row)
{
    return row.variant.empty() ? row.version : row.version + " (" + row.variant + ")";
}

/// The text without line breaks and other control characters: each becomes one blank.
std::string onOneLine(const std::string &text);

/// A note's text in pieces; every second one (the first is not) stands between backticks. Backticks without a
/// partner belong to the text.
std::vector<std::string> notePieces(const std::string &text);

} // namespace runner::catalog
