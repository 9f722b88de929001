#include "support/entrywords.h"

#include <QCoreApplication>
#include <QSet>

#include <map>

namespace runner::ui {

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("EntryWords", text);
}

using Selection = std::map<QModelIndex, QSet<int>>; ///< Service columns by row; empty: all.

Selection selectionOf(const SupportModel &model, const QModelIndexList &cells)
{
    Selection selection;
    for (const QModelIndex &cell : cells) {
        if (!cell.data(IsSectionRole).toBool()) {
            QSet<int> &columns = selection[cell.siblingAtColumn(0)];
            if (cell.column() >= FirstServiceColumn)
                columns << cell.column();
            continue;
        }
        const QModelIndex section = cell.siblingAtColumn(0);
        for (int row = 0; row < model.rowCount(section); ++row)
            selection[model.index(row, 0, section)];
    }
    return selection;
}

catalog::TableRow rowOf(const LoadedWorkspace &loaded, const QModelIndex &row, const QSet<int> &columns)
{
    catalog::TableRow result;
    result.version = row.data(Qt::DisplayRole).toString().toStdString();
    result.variant = row.siblingAtColumn(VariantColumn).data(Qt::DisplayRole).toString().toStdString();
    for (int column = FirstServiceColumn; column < row.model()->columnCount(); ++column) {
        const auto service = static_cast<std::size_t>(column - FirstServiceColumn);
        matrix::RunnerCell cell{loaded.workspace->matrix.services[service].id, {}};
        const auto entries = row.siblingAtColumn(column).data(EntriesRole).value<QList<int>>();
        for (const int number : entries) {
            const SupportEntry &entry = loaded.index().entries[static_cast<std::size_t>(number)];
            result.source = loaded.index().rows[entry.row].row;
            if (columns.isEmpty() || columns.contains(column))
                cell.entries.push_back(*entry.entry);
        }
        result.cells.push_back(std::move(cell));
    }
    return result;
}

bool hasEntries(const catalog::TableSection &section, std::size_t column)
{
    for (const catalog::TableRow &row : section.rows) {
        if (!row.cells[column].entries.empty())
            return true;
    }
    return false;
}

void dropEmptyColumns(catalog::TableSection &section, const matrix::Matrix &matrix)
{
    for (std::size_t column = matrix.services.size(); column-- > 0;) {
        if (hasEntries(section, column)) {
            section.services.insert(section.services.begin(), matrix.services[column].id);
            continue;
        }
        for (catalog::TableRow &row : section.rows)
            row.cells.erase(row.cells.begin() + static_cast<std::ptrdiff_t>(column));
    }
}

} // namespace

QString entryTitle(const LoadedWorkspace &loaded, std::size_t number)
{
    const SupportEntry &entry = loaded.index().entries[number];
    const matrix::Matrix &matrix = loaded.workspace->matrix;
    const SupportRow &row = loaded.index().rows[entry.row];
    const matrix::Backend &backend = matrix.backends[row.section];
    QString title = QStringLiteral("%1 %2 for %3 %4")
                        .arg(QString::fromStdString(matrix.services[entry.service].name),
                             QString::fromStdString(entry.entry->version), QString::fromStdString(backend.name),
                             QString::fromStdString(row.row->version));
    if (!row.row->variant.empty())
        title += QStringLiteral(" (%1)").arg(QString::fromStdString(backend.variantLabel(row.row->variant)));
    return title;
}

QStringList entryStates(const LoadedWorkspace &loaded, std::size_t number)
{
    const SupportEntry &item = loaded.index().entries[number];
    const matrix::RunnerEntry &entry = *item.entry;
    QStringList states;
    if (entry.releaseCandidate)
        states << words("It is a release candidate.");
    if (entry.polished)
        states << words("It is polished: improved after its first release.");
    if (entry.deprecated())
        states << words("It is deprecated.");
    else if (!entry.deprecatedPlatforms.empty())
        states << words("It is deprecated on some of its platforms.");
    if (!entry.listed || !loaded.index().rows[item.row].row->listed)
        states << words("The published support table does not list it.");
    if (!entry.released)
        states << words("No image of it is known.");
    if (item.jobs < 0)
        states << words("No current rule builds it.");
    return states;
}

QString describeEntry(const LoadedWorkspace &loaded, std::size_t number)
{
    QStringList sentences{entryTitle(loaded, number) + QLatin1Char('.')};
    sentences << entryStates(loaded, number);
    const std::size_t problems = loaded.index().problemsOf(loaded.index().entries[number]).size();
    if (problems == 1)
        sentences << words("One problem concerns it.");
    else if (problems > 1)
        sentences << words("%1 problems concern it.").arg(problems);
    return sentences.join(QLatin1Char(' '));
}

std::vector<catalog::TableSection> tableOf(const SupportModel &model, const QModelIndexList &cells)
{
    const LoadedWorkspace &loaded = *model.loaded();
    const Selection selection = selectionOf(model, cells);
    std::vector<catalog::TableSection> result;
    for (int i = 0; i < model.rowCount(); ++i) {
        const QModelIndex parent = model.index(i, 0);
        catalog::TableSection section;
        for (int j = 0; j < model.rowCount(parent); ++j) {
            const QModelIndex row = model.index(j, 0, parent);
            const auto chosen = selection.find(row);
            if (cells.isEmpty() || chosen != selection.end())
                section.rows.push_back(rowOf(loaded, row, cells.isEmpty() ? QSet<int>() : chosen->second));
        }
        if (section.rows.empty())
            continue;
        section.backend = loaded.workspace->matrix.findBackend(section.rows.front().source->backend);
        dropEmptyColumns(section, loaded.workspace->matrix);
        result.push_back(std::move(section));
    }
    return result;
}

} // namespace runner::ui
