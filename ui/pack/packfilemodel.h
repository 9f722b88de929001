// The files below pack/: a folder for each backend and the common one.
#pragma once

#include "workspace/loadedworkspace.h"

#include <QStandardItemModel>

class QDir;

namespace runner::ui {

class PackFileModel final : public QStandardItemModel
{
    Q_OBJECT

public:
    enum Role {
        PathRole = Qt::UserRole + 1, ///< Relative to the root; empty for folders.
        NameRole,                    ///< Without the mark of what is not saved.
        DeletedRole,                 ///< The window alone has the file: it is not on the disk any more.
    };

    using QStandardItemModel::QStandardItemModel;

    /// Lists the folders below pack/ of the workspace: Dockerfiles first, then what lies beside them. The rows stay
    /// where the files are the same as before. Those of \a unsaved (relative to the root) are marked, and those of them
    /// that the disk does not hold any more are listed, too. Whether the rows are others than before.
    bool setWorkspace(const LoadedWorkspace &loaded, const QStringList &unsaved = {});
    QModelIndex indexOf(const QString &path) const;
    /// The first file, or an invalid index.
    QModelIndex firstFile() const;

private:
    struct Folder
    {
        QString name;
        QStringList files;
        QStringList deleted; ///< Of the files.

        bool operator==(const Folder &) const = default;
    };

    static QList<Folder> foldersBelow(const QDir &pack, const QStringList &unsaved);
    void addFolder(const Folder &folder, const LoadedWorkspace &loaded);
    void mark(const Problems &problems, const QStringList &unsaved);

    QList<Folder> m_folders;
};

} // namespace runner::ui
