#include "workspace/readme.h"

#include "text/ascii.h"

#include <sstream>
#include <string_view>
#include <vector>

namespace runner::workspace {

namespace {

std::string trimmed(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos)
        return {};
    return std::string(text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1));
}

// The cells of a table's line "| A | B |".
std::vector<std::string> cellsOf(const std::string &line)
{
    std::vector<std::string> cells;
    std::istringstream stream(line.substr(line.find('|') + 1));
    for (std::string cell; std::getline(stream, cell, '|');)
        cells.push_back(trimmed(cell));
    return cells;
}

// "CANN" of "CANN Version <br/> (Variant)"; empty for any other text.
std::string titleOf(const std::string &cell)
{
    const auto version = cell.find(" Version");
    return version == std::string::npos ? std::string() : trimmed(std::string_view(cell).substr(0, version));
}

} // namespace

ReadmeNames readNames(const std::string &readme)
{
    ReadmeNames names;
    std::string heading;
    std::istringstream stream(readme);
    for (std::string line; std::getline(stream, line);) {
        if (line.starts_with("#"))
            heading = line.starts_with("### ") ? trimmed(std::string_view(line).substr(4)) : std::string();
        if (heading.empty() || !line.starts_with("|"))
            continue;
        const std::vector<std::string> cells = cellsOf(line);
        const std::string title = cells.empty() ? std::string() : titleOf(cells.front());
        if (title.empty())
            continue;
        names.backends.try_emplace(text::lowered(title), ReadmeNames::Section{heading, title});
        for (std::size_t i = 1; i < cells.size(); ++i)
            names.services.try_emplace(text::lowered(cells[i]), cells[i]);
        heading.clear();
    }
    return names;
}

} // namespace runner::workspace
