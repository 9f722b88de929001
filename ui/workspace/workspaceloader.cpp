#include "workspace/workspaceloader.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QPointer>
#include <QThreadPool>

#include <chrono>

namespace runner::ui {

namespace {

constexpr int debounceMilliseconds = 150;
constexpr int watchMilliseconds = 100; // After a load: what is on the screen comes first.

std::filesystem::path toPath(const QString &folder)
{
    return {folder.toStdString()};
}

} // namespace

WorkspaceLoader::WorkspaceLoader(QObject *parent)
    : QObject(parent)
{
    m_debounce.setSingleShot(true);
    m_debounce.setInterval(debounceMilliseconds);
    connect(&m_debounce, &QTimer::timeout, this, &WorkspaceLoader::reloadIfChanged);
}

WorkspaceLoader::~WorkspaceLoader()
{
    QThreadPool::globalInstance()->waitForDone(); // A load never outlives the program's objects.
}

void WorkspaceLoader::open(const QString &folder)
{
    adopt(folder, std::async(std::launch::deferred, [folder] { return loadWorkspace(toPath(folder)); }).share());
}

void WorkspaceLoader::adopt(const QString &folder, std::shared_future<LoadResult> load)
{
    m_folder = QDir(folder).absolutePath();
    start(std::move(load));
}

void WorkspaceLoader::reload()
{
    if (m_folder.isEmpty())
        return;
    m_again = m_loading;
    if (!m_loading)
        open(m_folder);
}

void WorkspaceLoader::start(std::shared_future<LoadResult> load)
{
    m_loading = true;
    sign();
    const quint64 number = ++m_number;
    Q_EMIT loadStarted();
    if (load.wait_for(std::chrono::seconds(0)) == std::future_status::ready) {
        finish(number, load.get());
        return;
    }
    QPointer<WorkspaceLoader> self(this);
    QThreadPool::globalInstance()->start([self, number, load = std::move(load)] {
        load.wait();
        QMetaObject::invokeMethod(
            qApp,
            [self, number, load] {
                if (self)
                    self->finish(number, load.get());
            },
            Qt::QueuedConnection);
    });
}

void WorkspaceLoader::finish(quint64 number, const LoadResult &result)
{
    if (number != m_number)
        return;
    m_loading = false;
    if (result) {
        m_error.reset();
        m_current = *result;
        m_folder = QString::fromStdString(m_current->workspace->root.string());
        if (pathsToWatch() != m_signedPaths)
            sign();
        Q_EMIT loaded();
    } else {
        m_error = result.error();
        if (m_current) // Another folder that cannot be opened takes nothing away.
            m_folder = QString::fromStdString(m_current->workspace->root.string());
        Q_EMIT loadFailed();
    }
    QTimer::singleShot(watchMilliseconds, this, &WorkspaceLoader::watch);
    if (std::exchange(m_again, false))
        reload();
}

QStringList WorkspaceLoader::pathsToWatch() const
{
    const QDir root(m_folder);
    QStringList paths{root.absolutePath()};
    for (const char *known : {"matrix.yml", "pack", "pack/matrix.yaml"})
        paths << root.absoluteFilePath(QLatin1String(known));
    if (m_current) {
        for (const std::string &file : m_current->workspace->readFiles)
            paths << root.absoluteFilePath(QString::fromStdString(file));
    }
    paths.removeDuplicates();
    return paths;
}

void WorkspaceLoader::watch()
{
    if (!m_watcher) {
        m_watcher = new QFileSystemWatcher(this);
        connect(m_watcher, &QFileSystemWatcher::fileChanged, &m_debounce, qOverload<>(&QTimer::start));
        connect(m_watcher, &QFileSystemWatcher::directoryChanged, &m_debounce, qOverload<>(&QTimer::start));
    }
    const QStringList wanted = pathsToWatch();
    const QStringList watched = m_watcher->files() + m_watcher->directories();
    QStringList gone, fresh;
    for (const QString &path : watched) {
        if (!wanted.contains(path))
            gone << path;
    }
    for (const QString &path : wanted) {
        if (!watched.contains(path) && QFileInfo::exists(path))
            fresh << path;
    }
    if (!gone.isEmpty())
        m_watcher->removePaths(gone);
    if (!fresh.isEmpty())
        m_watcher->addPaths(fresh);
    if (signature() != m_signature) // Changed between reading and watching.
        m_debounce.start();
}

void WorkspaceLoader::sign()
{
    m_signedPaths = pathsToWatch();
    m_signature = signature();
}

void WorkspaceLoader::reloadIfChanged()
{
    if (!m_loading && signature() == m_signature) {
        watch(); // A file replaced by rename has to be watched anew.
        return;
    }
    Q_EMIT filesChanged();
    reload();
}

QString WorkspaceLoader::signature() const
{
    QString result;
    const QStringList paths = pathsToWatch().mid(1); // The root changes with every build folder made in it.
    for (const QString &path : paths) {
        const QFileInfo info(path);
        result += QStringLiteral("%1:%2:%3\n").arg(info.exists()).arg(info.size()).arg(
            info.exists() ? info.lastModified().toMSecsSinceEpoch() : 0);
    }
    return result;
}

} // namespace runner::ui
