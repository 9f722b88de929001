// The files below pack/: a folder for each backend and the common one.
#pragma once

#include "workspace/loadedworkspace.h"

#include <QStandardItemModel>

namespace runner::ui {

class PackFileModel final : public QStandardItemModel
{
    Q_OBJECT

public:
    enum Role { PathRole = Qt::UserRole + 1 }; ///< Relative to the root; empty for folders.

    using QStandardItemModel::QStandardItemModel;

    /// Lists the folders below pack/ of the workspace: Dockerfiles first, then what lies beside them.
    void setWorkspace(const LoadedWorkspace &loaded);
    QModelIndex indexOf(const QString &path) const;
    /// The first file, or an invalid index.
    QModelIndex firstFile() const;

private:
    void addFolder(const LoadedWorkspace &loaded, const QString &name);
};

} // namespace runner::ui
