#include "argstable.h"

#include "printable.h"

#include <algorithm>
#include <array>

namespace runner::ctl {

namespace {

using expand::ExplainedArgument;
using expand::Step;

constexpr std::size_t columnCount = 5;
using Row = std::array<std::string, columnCount>;

std::string placeOf(const Step &step)
{
    if (step.origin == expand::Origin::AdHoc)
        return "--arg";
    Location where = step.where;
    where.column = 0;
    return diagnostics::describe(where);
}

/// The last word on the argument itself: later steps of a chain may be about others that its default refers to.
std::string sourceOf(const ExplainedArgument &argument)
{
    const auto last = std::find_if(argument.chain.rbegin(), argument.chain.rend(),
                                   [&](const Step &step) { return step.name == argument.name; });
    return last == argument.chain.rend() ? "nowhere" : placeOf(*last);
}

std::string valueOf(const ExplainedArgument &argument)
{
    if (!argument.value)
        return "(no value)";
    return argument.value->empty() ? "(blank)" : *argument.value;
}

std::string stagesOf(const ExplainedArgument &argument)
{
    if (!argument.declared)
        return "not declared by the Dockerfile";
    if (!argument.used())
        return "not used";
    std::string text;
    for (const std::string &stage : argument.stages)
        text += (text.empty() ? "" : ", ") + stage;
    return text;
}

Row rowOf(const ExplainedArgument &argument)
{
    const std::string need = dockerfile::needName(argument.need);
    return {printable(argument.name), printable(valueOf(argument)), printable(sourceOf(argument)),
            need.empty() ? "-" : need, printable(stagesOf(argument))};
}

std::string lineOf(const Row &row, const std::array<std::size_t, columnCount> &widths)
{
    std::string line;
    for (std::size_t i = 0; i < columnCount; ++i) {
        line += row[i];
        if (i + 1 < columnCount)
            line.append(widths[i] - columnsOf(row[i]) + 2, ' ');
    }
    return line + "\n";
}

std::string detailsOf(const ExplainedArgument &argument)
{
    std::string text;
    if (!argument.description.empty())
        text += "    " + printable(argument.description) + "\n";
    for (const Step &step : argument.chain) {
        text += "    " + std::string(expand::originName(step.origin)) + ": " + printable(step.name + "=" + step.text);
        if (!step.where.file.empty())
            text += "  (" + printable(placeOf(step)) + ")";
        text += "\n";
    }
    return text;
}

} // namespace

std::string argumentsTable(const std::vector<ExplainedArgument> &arguments, bool verbose)
{
    const Row header = {"ARGUMENT", "VALUE", "FROM", "NEED", "STAGES"};
    std::vector<Row> rows;
    std::array<std::size_t, columnCount> widths = {};
    for (std::size_t i = 0; i < columnCount; ++i)
        widths[i] = header[i].size();
    for (const ExplainedArgument &argument : arguments) {
        rows.push_back(rowOf(argument));
        for (std::size_t i = 0; i < columnCount; ++i)
            widths[i] = std::max(widths[i], columnsOf(rows.back()[i]));
    }
    std::string text = lineOf(header, widths);
    for (std::size_t i = 0; i < rows.size(); ++i)
        text += lineOf(rows[i], widths) + (verbose ? detailsOf(arguments[i]) : std::string());
    return text;
}

} // namespace runner::ctl
