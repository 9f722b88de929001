#include "catalog/tablelayout.h"
#include "catalog/tablerender.h"

#include <algorithm>

namespace runner::catalog {

namespace {

constexpr int minWidth = 40;
constexpr std::size_t gap = 2;
constexpr const char *bold = "\x1b[1m";
constexpr const char *dimStruck = "\x1b[2;9m";

struct Marks
{
    bool deprecated = false;
    bool polished = false;
    bool rc = false;
    bool unlisted = false;
};

// One section's cells as words: the first row is the head, the first column the version and variant.
using Grid = std::vector<std::vector<Words>>;

class TextTable
{
public:
    TextTable(const matrix::Matrix &matrix, const RenderOptions &options)
        : m_matrix(matrix)
        , m_width(std::max(options.width, minWidth))
        , m_styled(options.styled)
    {
    }

    std::string render(const Sections &sections)
    {
        for (const TableSection &section : sections)
            addSection(section);
        addLegend();
        return std::move(m_text);
    }

private:
    void addLine(const std::string &line)
    {
        m_text += line;
        m_text += '\n';
    }

    void addWrapped(const Words &words, const std::string &indent, const std::string &first)
    {
        const int width = m_width - displayWidth(indent);
        std::string lead = first;
        for (const Line &line : wrap(words, width)) {
            addLine(lead + line.text);
            lead = indent;
        }
    }

    Words styledWords(const std::string &text, const char *style) const
    {
        Words words = wordsOf(onOneLine(text));
        for (Word &word : words)
            word.styleOn = m_styled ? style : "";
        return words;
    }

    void addSection(const TableSection &section)
    {
        if (!m_text.empty())
            addLine("");
        addWrapped(styledWords(section.backend->name, bold), "", "");
        for (const matrix::Note &note : section.backend->notes)
            addNote(note);
        const Grid grid = gridOf(section);
        const std::vector<int> widths = columnWidths(grid);
        if (widths.empty())
            addStacked(grid);
        else
            addColumns(grid, widths);
    }

    void addNote(const matrix::Note &note)
    {
        const char *kind = note.kind == matrix::NoteKind::Warning ? "Warning: " : "Note: ";
        addWrapped(wordsOf(kind + onOneLine(note.text)), "    ", "  ! ");
    }

    // Every mark is in the text itself; styles only repeat it.
    Word entryWord(const matrix::RunnerEntry &entry)
    {
        m_marks.deprecated |= entry.deprecated();
        m_marks.polished |= entry.polished;
        m_marks.rc |= entry.releaseCandidate;
        m_marks.unlisted |= !entry.listed;
        std::string text = entry.deprecated() ? "~" : "";
        text += (entry.polished ? "*" : "") + onOneLine(entry.version) + (entry.releaseCandidate ? " rc" : "");
        if (!entry.listed)
            text = '[' + text + ']';
        const char *style = entry.deprecated() ? dimStruck : entry.polished ? bold : "";
        return {text, m_styled ? style : "", ", "};
    }

    Grid gridOf(const TableSection &section)
    {
        Grid grid(1);
        grid[0].push_back(styledWords(section.backend->title + " Version (Variant)", bold));
        for (const std::string &service : section.services)
            grid[0].push_back(styledWords(m_matrix.serviceName(service), bold));
        for (const TableRow &row : section.rows) {
            grid.emplace_back(1, wordsOf(onOneLine(rowTitle(row))));
            for (const matrix::RunnerCell &cell : row.cells) {
                Words words;
                for (const matrix::RunnerEntry &entry : cell.entries)
                    words.push_back(entryWord(entry));
                grid.back().push_back(std::move(words));
            }
        }
        return grid;
    }

    std::vector<int> columnWidths(const Grid &grid) const
    {
        std::vector<int> least(grid[0].size());
        std::vector<int> natural(grid[0].size());
        for (const auto &row : grid) {
            for (std::size_t column = 0; column < row.size(); ++column) {
                least[column] = std::max(least[column], leastWidth(row[column]));
                natural[column] = std::max(natural[column], naturalWidth(row[column]));
            }
        }
        const auto gaps = static_cast<int>(gap * (grid[0].size() - 1));
        return fitColumns(least, natural, m_width - gaps);
    }

    void addColumns(const Grid &grid, const std::vector<int> &widths)
    {
        for (std::size_t i = 0; i < grid.size(); ++i) {
            addRow(grid[i], widths);
            if (i > 0)
                continue;
            std::string rule;
            for (const int width : widths)
                rule += (rule.empty() ? "" : std::string(gap, ' ')) + std::string(static_cast<std::size_t>(width), '-');
            addLine(rule);
        }
    }

    void addRow(const std::vector<Words> &row, const std::vector<int> &widths)
    {
        std::vector<std::vector<Line>> cells;
        std::size_t height = 0;
        for (std::size_t column = 0; column < row.size(); ++column) {
            cells.push_back(wrap(row[column], widths[column]));
            height = std::max(height, cells.back().size());
        }
        for (std::size_t i = 0; i < height; ++i) {
            std::string line;
            std::size_t blanks = 0;
            for (std::size_t column = 0; column < cells.size(); ++column) {
                const Line part = i < cells[column].size() ? cells[column][i] : Line();
                line += part.width > 0 ? std::string(blanks, ' ') + part.text : "";
                blanks = part.width > 0 ? 0 : blanks;
                blanks += static_cast<std::size_t>(widths[column] - part.width) + gap;
            }
            addLine(line);
        }
    }

    // Where the columns do not fit beside each other: a line for every cell, below its row.
    void addStacked(const Grid &grid)
    {
        for (std::size_t i = 1; i < grid.size(); ++i) {
            addWrapped(grid[i][0], "", "");
            for (std::size_t column = 1; column < grid[i].size(); ++column) {
                if (grid[i][column].empty())
                    continue;
                Words words = grid[0][column];
                words.back().text += ':';
                words.insert(words.end(), grid[i][column].begin(), grid[i][column].end());
                addWrapped(words, "    ", "  - ");
            }
        }
    }

    void addLegend()
    {
        Words words;
        const auto add = [&](bool holds, const char *text) {
            if (holds)
                words.push_back({text, "", "   "});
        };
        add(m_marks.deprecated, "~ deprecated");
        add(m_marks.polished, "* polished");
        add(m_marks.rc, "rc release candidate");
        add(m_marks.unlisted, "[ ] not listed");
        if (words.empty())
            return;
        addLine("");
        addWrapped(words, "", "");
    }

    const matrix::Matrix &m_matrix;
    int m_width;
    bool m_styled;
    Marks m_marks;
    std::string m_text;
};

} // namespace

std::string renderText(const matrix::Matrix &matrix, const Sections &sections, const RenderOptions &options)
{
    return TextTable(matrix, options).render(sections);
}

} // namespace runner::catalog
