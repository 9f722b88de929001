// runnerctl table: the support table.
#include "catalog/supporttable.h"
#include "command.h"
#include "known.h"
#include "printable.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace runner::ctl {

namespace {

struct TableArguments
{
    std::string format = "text";
    std::vector<std::string> backends;
    bool noDeprecated = false;
    bool all = false;
};

const std::vector<std::string> formats = {"text", "markdown", "html", "csv", "json"};

catalog::TableFormat formatOf(const std::string &name)
{
    constexpr std::array values = {catalog::TableFormat::Text, catalog::TableFormat::Markdown,
                                   catalog::TableFormat::Html, catalog::TableFormat::Csv, catalog::TableFormat::Json};
    const auto index = std::find(formats.begin(), formats.end(), name) - formats.begin();
    return values.at(static_cast<std::size_t>(index));
}

bool wantsStyles()
{
    const char *noColor = std::getenv("NO_COLOR");
    return isTerminal() && (!noColor || *noColor == '\0');
}

int runTable(Context &context, const TableArguments &arguments)
{
    const workspace::Workspace *workspace = context.workspace();
    if (!workspace)
        return Unreadable;
    const std::vector<std::string> known = knownBackends(*workspace);
    for (const std::string &backend : arguments.backends) {
        if (!requireKnown(context, "backend", backend, known))
            return Usage;
    }
    const catalog::TableFormat format = formatOf(arguments.format);
    const matrix::Matrix matrix =
        format == catalog::TableFormat::Text ? printable(workspace->matrix) : workspace->matrix;
    const auto sections = catalog::supportTable(matrix, {arguments.backends, !arguments.noDeprecated, arguments.all});
    context.print(catalog::render(matrix, sections, format, {outputWidth(), wantsStyles()}));
    if (sections.empty())
        context.message("nothing is listed");
    return context.reportReadingErrors({workspace->matrixFile, workspace->catalogFile}) ? Failed : Done;
}

} // namespace

void addTableCommand(CLI::App &app, Context &context)
{
    auto arguments = std::make_shared<TableArguments>();
    CLI::App *command = app.add_subcommand("table", "Print the support table");
    addChoice(command, context, "--format", arguments->format, formats, "How to print it (text)");
    context.setCompleter(addRepeatable(command, "--backend", arguments->backends, "Only this backend (repeatable)")
                             ->option_text("BACKEND"),
                         completer(knownBackends));
    command->add_flag("--no-deprecated", arguments->noDeprecated, "Leave deprecated versions out");
    command->add_flag("--all", arguments->all, "Also what the table does not list");
    onRun(command, context, [&context, arguments] { return runTable(context, *arguments); });
}

} // namespace runner::ctl
