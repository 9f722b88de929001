// A released version in words, and what is shown of the table as a table to export.
#pragma once

#include "catalog/supporttable.h"
#include "support/supportmodel.h"

#include <QString>
#include <QStringList>

namespace runner::ui {

/// "vLLM 0.16.0 for Ascend CANN 8.5 (A3/910C)".
QString entryTitle(const LoadedWorkspace &loaded, std::size_t entry);
/// What is special about it, each a sentence; empty for a plain release.
QStringList entryStates(const LoadedWorkspace &loaded, std::size_t entry);
/// Title and states as one text.
QString describeEntry(const LoadedWorkspace &loaded, std::size_t entry);
/// The shown table, or the rows and services that \a cells touch.
std::vector<catalog::TableSection> tableOf(const SupportModel &model, const QModelIndexList &cells);

} // namespace runner::ui
