#include "pack/packfilemodel.h"

#include "theme/icons.h"

#include <QDir>

#include <algorithm>

namespace runner::ui {

namespace {

constexpr int mostFiles = 500; ///< Of one folder.

QString relativePath(const QString &folder, const QString &name)
{
    return QStringLiteral("pack/%1/%2").arg(folder, name);
}

QStringList filesOf(const QDir &folder)
{
    QStringList files = folder.entryList(QDir::Files | QDir::Readable, QDir::Name);
    std::stable_partition(files.begin(), files.end(),
                          [](const QString &name) { return name.startsWith(QLatin1String("Dockerfile")); });
    return files.mid(0, mostFiles);
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

void PackFileModel::setWorkspace(const LoadedWorkspace &loaded)
{
    clear();
    const QDir pack(QString::fromStdString(loaded.workspace->root.string()) + QStringLiteral("/pack"));
    for (const QString &name : pack.entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::Readable, QDir::Name))
        addFolder(loaded, name);
}

void PackFileModel::addFolder(const LoadedWorkspace &loaded, const QString &name)
{
    const QStringList files =
        filesOf(QDir(QString::fromStdString((loaded.workspace->root / "pack").string()) + u'/' + name));
    if (files.isEmpty())
        return;
    const matrix::Backend *backend = loaded.workspace->matrix.findBackend(name.toStdString());
    auto *folder = new QStandardItem(name);
    folder->setEditable(false);
    folder->setToolTip(backend ? QString::fromStdString(backend->name) : tr("Files of pack/%1").arg(name));
    for (const QString &file : files) {
        auto *item = new QStandardItem(file);
        const QString path = relativePath(name, file);
        item->setEditable(false);
        item->setData(path, PathRole);
        const auto worst = worstOf(loaded.problems, path.toStdString());
        item->setIcon(iconOf(worst));
        item->setToolTip(worst ? tr("%1 has findings").arg(path) : path);
        folder->appendRow(item);
    }
    appendRow(folder);
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
