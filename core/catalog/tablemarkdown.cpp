#include "catalog/tablerender.h"

#include <algorithm>

namespace runner::catalog {

namespace {

// A backslash in front of everything Markdown or inline HTML may take for its own; a dash begins a list.
std::string escaped(const std::string &text)
{
    std::string result;
    for (const char c : onOneLine(text)) {
        if (result.empty() && (c == '-' || c == '+'))
            result += '\\';
        if (std::string("\\`*_[]<>|~#&!").find(c) != std::string::npos)
            result += '\\';
        result += c;
    }
    return result;
}

// A fence longer than any run of backticks inside. Inside of a table only the bar needs an escape.
std::string code(const std::string &text, bool inTable)
{
    std::string content;
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char c : onOneLine(text)) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
        content += inTable && c == '|' ? "\\|" : std::string(1, c);
    }
    const std::string fence(longest + 1, '`');
    const std::string blank = longest > 0 ? " " : "";
    return content.empty() ? content : fence + blank + content + blank + fence;
}

std::string entryText(const matrix::RunnerEntry &entry)
{
    std::string text = code(entry.version, true);
    if (entry.polished)
        text = "**" + text + "**";
    if (entry.deprecated())
        text = "~~" + text + "~~";
    if (entry.releaseCandidate)
        text += "(rc)";
    return entry.listed ? text : text + "(unlisted)";
}

std::string cellText(const matrix::RunnerCell &cell)
{
    std::string text;
    for (const matrix::RunnerEntry &entry : cell.entries)
        text += (text.empty() ? "" : ", ") + entryText(entry);
    return text;
}

std::string noteText(const std::string &text)
{
    std::string result;
    const auto pieces = notePieces(text);
    for (std::size_t i = 0; i < pieces.size(); ++i)
        result += i % 2 == 1 ? code(pieces[i], false) : escaped(pieces[i]);
    return result;
}

// Neighbouring notes of a kind share a block quote, so the file's order stays.
std::string notes(const matrix::Backend &backend)
{
    std::string text;
    const matrix::Note *previous = nullptr;
    for (const matrix::Note &note : backend.notes) {
        if (!previous || previous->kind != note.kind) {
            text += previous ? "\n" : "";
            text += note.kind == matrix::NoteKind::Warning ? "> [!WARNING]\n" : "> [!NOTE]\n";
        }
        text += "> - " + noteText(note.text) + '\n';
        previous = &note;
    }
    return text.empty() ? text : text + '\n';
}

std::string table(const matrix::Matrix &matrix, const TableSection &section)
{
    std::string head = "| " + escaped(section.backend->title) + " Version <br/> (Variant) |";
    std::string rule = "|---|";
    for (const std::string &service : section.services) {
        head += ' ' + escaped(matrix.serviceName(service)) + " |";
        rule += "---|";
    }
    std::string text = head + '\n' + rule + '\n';
    for (const TableRow &row : section.rows) {
        text += "| " + escaped(rowTitle(row)) + " |";
        for (const matrix::RunnerCell &cell : row.cells)
            text += cell.entries.empty() ? " |" : ' ' + cellText(cell) + " |";
        text += '\n';
    }
    return text;
}

} // namespace

std::string renderMarkdown(const matrix::Matrix &matrix, const Sections &sections)
{
    std::string text;
    for (const TableSection &section : sections) {
        text += text.empty() ? "### " : "\n### ";
        text += escaped(section.backend->name) + "\n\n" + notes(*section.backend) + table(matrix, section);
    }
    return text;
}

} // namespace runner::catalog
