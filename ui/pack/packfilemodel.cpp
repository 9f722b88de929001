#include "pack/packfilemodel.h"

#include "theme/icons.h"

#include <QDir>
#include <QDirIterator>
#include <QFont>
#include <QMap>

#include <algorithm>
#include <utility>

namespace runner::ui {

namespace {

constexpr int mostFiles = 500; ///< Of one folder.

QString relativePath(const QString &folder, const QString &name)
{
    return QStringLiteral("pack/%1/%2").arg(folder, name);
}

/// Dockerfiles first, then what lies beside them, then what lies in folders below.
QStringList inOrder(QStringList files)
{
    const auto rank = [](const QString &name) {
        return name.startsWith(QLatin1String("Dockerfile")) ? 0 : name.contains(u'/') ? 2 : 1;
    };
    std::sort(files.begin(), files.end(), [&](const QString &a, const QString &b) {
        return std::make_pair(rank(a), a) < std::make_pair(rank(b), b);
    });
    return files;
}

QStringList filesOf(const QDir &folder)
{
    QStringList files;
    QDirIterator found(folder.path(), QDir::Files | QDir::Readable, QDirIterator::Subdirectories);
    while (found.hasNext() && files.size() < mostFiles)
        files << folder.relativeFilePath(found.next());
    return files;
}

/// The worst of a file's findings; nothing where there is none.
std::optional<Severity> worstOf(const Problems &problems, const std::string &file)
{
    std::optional<Severity> worst;
    for (const Problem &problem : problems) {
        if (problem.where.file == file)
            worst = worst ? std::min(*worst, problem.severity) : problem.severity;
    }
    return worst;
}

QIcon iconOf(std::optional<Severity> severity)
{
    if (!severity)
        return {};
    return drawnIcon(*severity == Severity::Error     ? QStringLiteral("dialog-error")
                     : *severity == Severity::Warning ? QStringLiteral("dialog-warning")
                                                      : QStringLiteral("dialog-information"));
}

} // namespace

QList<PackFileModel::Folder> PackFileModel::foldersBelow(const QDir &pack, const QStringList &unsaved)
{
    QMap<QString, QStringList> ours; // By folder.
    for (const QString &path : unsaved) {
        if (path.startsWith(QLatin1String("pack/")) && path.count(QLatin1Char('/')) >= 2)
            ours[path.section(QLatin1Char('/'), 1, 1)] << path.section(QLatin1Char('/'), 2);
    }
    QStringList names = pack.entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::Readable, QDir::Name) + ours.keys();
    names.removeDuplicates();
    names.sort();
    QList<Folder> folders;
    for (const QString &name : std::as_const(names)) {
        Folder folder{name, filesOf(QDir(pack.filePath(name))), {}};
        for (const QString &file : ours.value(name)) {
            if (!folder.files.contains(file) && !pack.exists(name + QLatin1Char('/') + file))
                folder.deleted << file;
        }
        folder.files = inOrder(folder.files + folder.deleted);
        if (!folder.files.isEmpty())
            folders.append(folder);
    }
    return folders;
}

bool PackFileModel::setWorkspace(const LoadedWorkspace &loaded, const QStringList &unsaved)
{
    const QList<Folder> folders =
        foldersBelow(QDir(QString::fromStdString((loaded.workspace->root / "pack").string())), unsaved);
    const bool changed = folders != m_folders;
    if (changed) {
        clear();
        m_folders = folders;
        for (const Folder &folder : std::as_const(m_folders))
            addFolder(folder, loaded);
    }
    mark(loaded.problems, unsaved);
    return changed;
}

void PackFileModel::addFolder(const Folder &folder, const LoadedWorkspace &loaded)
{
    const matrix::Backend *backend = loaded.workspace->matrix.findBackend(folder.name.toStdString());
    auto *parent = new QStandardItem(folder.name);
    parent->setEditable(false);
    parent->setToolTip(backend ? QString::fromStdString(backend->name) : tr("Files of pack/%1").arg(folder.name));
    for (const QString &file : folder.files) {
        const bool deleted = folder.deleted.contains(file);
        const QString name = deleted ? tr("%1 (deleted)").arg(file) : file;
        auto *item = new QStandardItem(name);
        item->setData(name, NameRole);
        item->setEditable(false);
        item->setData(relativePath(folder.name, file), PathRole);
        item->setData(deleted, DeletedRole);
        if (deleted) {
            QFont struck;
            struck.setStrikeOut(true);
            item->setFont(struck);
        }
        parent->appendRow(item);
    }
    appendRow(parent);
}

/// Shows at each file the worst of its findings, and whether it is saved.
void PackFileModel::mark(const Problems &problems, const QStringList &unsaved)
{
    for (int row = 0; row < rowCount(); ++row) {
        const QStandardItem *folder = item(row);
        for (int i = 0; i < folder->rowCount(); ++i) {
            QStandardItem *file = folder->child(i);
            const QString path = file->data(PathRole).toString();
            const auto worst = worstOf(problems, path.toStdString());
            const QString said = file->data(DeletedRole).toBool()
                                     ? tr("%1 is not on the disk any more; saving writes it again").arg(path)
                                 : worst ? tr("%1 has findings").arg(path)
                                         : path;
            if (worst || !file->icon().isNull())
                file->setIcon(iconOf(worst));
            const bool modified = unsaved.contains(path);
            const QString name = file->data(NameRole).toString();
            file->setText(modified ? name + QStringLiteral(" •") : name);
            file->setData(modified ? tr("%1, not saved").arg(name) : name, Qt::AccessibleTextRole);
            file->setToolTip(modified ? tr("%1; not saved").arg(said) : said);
        }
    }
}

QModelIndex PackFileModel::indexOf(const QString &path) const
{
    const QModelIndexList found =
        match(index(0, 0), PathRole, path, 1, Qt::MatchExactly | Qt::MatchRecursive | Qt::MatchWrap);
    return found.isEmpty() ? QModelIndex() : found.first();
}

QModelIndex PackFileModel::firstFile() const
{
    return rowCount() > 0 ? index(0, 0, index(0, 0)) : QModelIndex();
}

} // namespace runner::ui
