#include "catalog/tablerender.h"

namespace runner::catalog {

namespace {

constexpr const char *pageHead = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Support table</title>
<style>
:root { color-scheme: light dark; --text: #1f2328; --page: #ffffff; --line: #d0d7de; --head: #f6f8fa; --dim: #59636e;
  --note: #0969da; --warning: #9a6700; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6edf3; --page: #0d1117; --line: #3d444d; --head: #161b22; --dim: #9198a1; --note: #4493f8;
    --warning: #d29922; }
}
body { margin: 2rem auto; max-width: 72rem; padding: 0 1rem; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, sans-serif; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid var(--line); padding: 0.4rem 0.75rem; text-align: left; vertical-align: top; }
thead th { background: var(--head); }
tbody th { font-weight: normal; white-space: nowrap; }
code { font: 0.9em ui-monospace, monospace; }
td .entry { white-space: nowrap; }
del { color: var(--dim); }
.mark { color: var(--dim); font-size: 0.85em; }
aside { border-left: 4px solid var(--note); margin: 1rem 0; padding: 0.1rem 1rem; }
aside.warning { border-color: var(--warning); }
</style>
</head>
<body>
<h1>Support table</h1>
<p><del>Struck</del> versions are deprecated, <strong>bold</strong> ones polished since their release, and rc means release candidate.</p>
)";

std::string escapedHtml(const std::string &text)
{
    std::string result;
    for (const char c : onOneLine(text)) {
        switch (c) {
        case '&':
            result += "&amp;";
            break;
        case '<':
            result += "&lt;";
            break;
        case '>':
            result += "&gt;";
            break;
        case '"':
            result += "&quot;";
            break;
        case '\'':
            result += "&#39;";
            break;
        default:
            result += c;
        }
    }
    return result;
}

std::string code(const std::string &text)
{
    return text.empty() ? text : "<code>" + escapedHtml(text) + "</code>";
}

// What the style says stands in words too.
std::string marks(const matrix::RunnerEntry &entry)
{
    std::string words;
    const auto add = [&](bool holds, const char *word) {
        words += holds ? (words.empty() ? "" : ", ") + std::string(word) : "";
    };
    add(entry.releaseCandidate, "rc");
    add(entry.deprecated(), "deprecated");
    add(entry.polished, "polished");
    add(!entry.listed, "unlisted");
    return words.empty() ? words : " <span class=\"mark\">(" + words + ")</span>";
}

std::string htmlEntry(const matrix::RunnerEntry &entry)
{
    std::string text = code(entry.version);
    if (entry.polished)
        text = "<strong>" + text + "</strong>";
    if (entry.deprecated())
        text = "<del>" + text + "</del>";
    return "<span class=\"entry\">" + text + marks(entry) + "</span>";
}

std::string htmlNotes(const matrix::Backend &backend)
{
    std::string text;
    for (const matrix::Note &note : backend.notes) {
        const bool warning = note.kind == matrix::NoteKind::Warning;
        text +=
            warning ? "<aside class=\"warning\"><p><strong>Warning:</strong> " : "<aside><p><strong>Note:</strong> ";
        const auto pieces = notePieces(note.text);
        for (std::size_t i = 0; i < pieces.size(); ++i)
            text += i % 2 == 1 ? code(pieces[i]) : escapedHtml(pieces[i]);
        text += "</p></aside>\n";
    }
    return text;
}

std::string tableRow(const TableRow &row)
{
    std::string text = "<tr><th scope=\"row\">" + escapedHtml(rowTitle(row)) + "</th>";
    for (const matrix::RunnerCell &cell : row.cells) {
        text += "<td>";
        for (std::size_t i = 0; i < cell.entries.size(); ++i)
            text += (i > 0 ? ", " : "") + htmlEntry(cell.entries[i]);
        text += "</td>";
    }
    return text + "</tr>\n";
}

std::string sectionText(const matrix::Matrix &matrix, const TableSection &section)
{
    std::string text = "<section>\n<h2>" + escapedHtml(section.backend->name) + "</h2>\n" + htmlNotes(*section.backend);
    text += "<table>\n<thead><tr><th scope=\"col\">" + escapedHtml(section.backend->title) + " Version (Variant)</th>";
    for (const std::string &service : section.services)
        text += "<th scope=\"col\">" + escapedHtml(matrix.serviceName(service)) + "</th>";
    text += "</tr></thead>\n<tbody>\n";
    for (const TableRow &row : section.rows)
        text += tableRow(row);
    return text + "</tbody>\n</table>\n</section>\n";
}

} // namespace

std::string renderHtml(const matrix::Matrix &matrix, const Sections &sections)
{
    std::string text = pageHead;
    for (const TableSection &section : sections)
        text += sectionText(matrix, section);
    return text + "</body>\n</html>\n";
}

} // namespace runner::catalog
