#include "matrix/edit/difference.h"

#include <algorithm>
#include <optional>

namespace runner::matrix::edit {

namespace {

// The index of the first item that differs; a missing one does too.
template <typename Items>
std::optional<std::size_t> firstDifference(const Items &some, const Items &others)
{
    const std::size_t both = std::min(some.size(), others.size());
    for (std::size_t i = 0; i < both; ++i) {
        if (!(some[i] == others[i]))
            return i;
    }
    return some.size() == others.size() ? std::nullopt : std::optional(both);
}

// The item itself, of whichever list has it.
template <typename Items>
const auto &itemOf(const Items &meant, const Items &actual, std::size_t index)
{
    return index < meant.size() ? meant[index] : actual[index];
}

std::string nameOfEntry(const RunnerRow &actual, const RunnerRow &meant)
{
    const auto cell = firstDifference(actual.cells, meant.cells);
    if (!cell)
        return {};
    const std::string &service = itemOf(meant.cells, actual.cells, *cell).service;
    if (*cell >= actual.cells.size() || *cell >= meant.cells.size() || actual.cells[*cell].service != service)
        return service + " in ";
    const auto &entries = actual.cells[*cell].entries;
    const auto &meantEntries = meant.cells[*cell].entries;
    const auto entry = firstDifference(entries, meantEntries);
    return entry ? service + " " + itemOf(meantEntries, entries, *entry).version + " in " : service + " in ";
}

std::string nameOfRow(const std::vector<RunnerRow> &actual, const std::vector<RunnerRow> &meant, std::size_t index)
{
    const RunnerRow &row = itemOf(meant, actual, index);
    const bool both = index < actual.size() && index < meant.size() && actual.size() == meant.size();
    return (both ? nameOfEntry(actual[index], meant[index]) : std::string()) + "row " + std::to_string(index + 1)
           + " of runners (" + row.backend + " " + row.version + (row.variant.empty() ? "" : " " + row.variant) + ")";
}

} // namespace

std::string differenceOf(const Matrix &actual, const Matrix &meant)
{
    if (const auto rule = firstDifference(actual.rules, meant.rules))
        return "rule " + std::to_string(*rule + 1);
    if (const auto disabled = firstDifference(actual.disabledRules, meant.disabledRules))
        return "disabled rule " + std::to_string(*disabled + 1);
    if (const auto row = firstDifference(*actual.runners, *meant.runners))
        return nameOfRow(*actual.runners, *meant.runners, *row);
    if (const auto backend = firstDifference(actual.backends, meant.backends))
        return "the backend '" + itemOf(meant.backends, actual.backends, *backend).id + "'";
    if (const auto service = firstDifference(actual.services, meant.services))
        return "the service '" + itemOf(meant.services, actual.services, *service).id + "'";
    return "the file";
}

} // namespace runner::matrix::edit
