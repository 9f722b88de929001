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

    /// Lists the folders below pack/ of the workspace: Dockerfiles first, then what lies beside them. The rows stay
    /// where the files are the same as before.
    void setWorkspace(const LoadedWorkspace &loaded);
    QModelIndex indexOf(const QString &path) const;
    /// The first file, or an invalid index.
    QModelIndex firstFile() const;

private:
    struct Folder
    {
        QString name;
        QStringList files;

        bool operator==(const Folder &) const = default;
    };

    void addFolder(const Folder &folder, const LoadedWorkspace &loaded);
    void mark(const Problems &problems);

    QList<Folder> m_folders;
};

} // namespace runner::ui
