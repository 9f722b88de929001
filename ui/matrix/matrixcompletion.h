// What can be written at a place of the matrix's YAML: backends, services, platforms, names of arguments.
#pragma once

#include "workspace/loadedworkspace.h"

#include <QStandardItemModel>

namespace runner::ui {

class MatrixCompletion final : public QStandardItemModel
{
    Q_OBJECT

public:
    using QStandardItemModel::QStandardItemModel;

    void setWorkspace(const LoadedPointer &loaded) { m_loaded = loaded; }
    /// Fills the rows for the place (in UTF-16 units) of the text: by the key that the place belongs to, and for names
    /// of arguments by the rule around it. No rows where nothing is known.
    void fill(const QString &text, int position);

private:
    void addRow(const QString &text, const QString &detail, const QString &hint = {}, const QString &next = {});
    void addBackends();
    void addServices(const QStringList &but);
    void addPlatforms();
    void addArguments(const std::string &backend, const std::vector<std::string> &services);

    LoadedPointer m_loaded;
};

} // namespace runner::ui
