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
constexpr int checkMilliseconds = 30; // After a load: what is on the screen comes first.

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
    start(std::move(load), Source::Disk);
}

void WorkspaceLoader::reload()
{
    if (m_folder.isEmpty())
        return;
    m_again = m_loading;
    if (!m_loading)
        open(m_folder);
}

void WorkspaceLoader::setTexts(workspace::Texts texts, const matrix::Document &document)
{
    m_texts = std::move(texts);
    m_document = document;
    m_refresh = m_loading;
    if (!m_loading)
        refresh();
}

workspace::Texts WorkspaceLoader::unsavedTexts() const
{
    workspace::Texts unsaved;
    for (const auto &[file, text] : m_texts) {
        const auto saved = m_saved->workspace->texts.find(file);
        if (saved == m_saved->workspace->texts.end() || *saved->second != *text)
            unsaved.emplace(file, text);
    }
    return unsaved;
}

void WorkspaceLoader::refresh()
{
    m_refresh = false;
    if (!m_saved)
        return;
    workspace::Texts unsaved = unsavedTexts();
    if (unsaved.empty()) {
        if (m_current != m_saved || m_error != m_saved->unreadable)
            takeResult(unlessWorse(m_saved, m_current));
        return;
    }
    const bool related = m_current && (m_current == m_saved || m_current->saved == m_saved);
    const auto load = [saved = m_saved, unsaved = std::move(unsaved), document = m_document,
                       like = related ? m_current : nullptr, table = m_tableShown] {
        LoadResult result = loadUnsaved(saved, unsaved, document, like);
        if (result && table) {
            (*result)->index();
            (*result)->runtimePlan();
        }
        return result;
    };
    start(std::async(std::launch::deferred, load).share(), Source::Texts);
}

void WorkspaceLoader::start(std::shared_future<LoadResult> load, Source source)
{
    m_loading = true;
    if (source == Source::Disk)
        sign();
    const quint64 number = ++m_number;
    Q_EMIT loadStarted();
    if (load.wait_for(std::chrono::seconds(0)) == std::future_status::ready) {
        finish(number, load.get(), source);
        return;
    }
    QPointer<WorkspaceLoader> self(this);
    QThreadPool::globalInstance()->start([self, number, source, load = std::move(load)] {
        load.wait();
        QMetaObject::invokeMethod(
            qApp,
            [self, number, source, load] {
                if (self)
                    self->finish(number, load.get(), source);
            },
            Qt::QueuedConnection);
    });
}

void WorkspaceLoader::takeResult(const LoadResult &result)
{
    if (result) {
        m_error = (*result)->unreadable;
        m_current = *result;
        Q_EMIT loaded();
    } else {
        m_error = result.error();
        Q_EMIT loadFailed();
    }
}

/// A matrix that cannot be read takes nothing away of a state in which it could be.
LoadResult WorkspaceLoader::unlessWorse(const LoadResult &result, const LoadedPointer &than)
{
    if (!result || !than || !(*result)->workspace->matrixProblem || than->workspace->matrixProblem
        || than->workspace->root != (*result)->workspace->root)
        return result;
    return tl::unexpected<Problem>(*(*result)->workspace->matrixProblem);
}

/// What is not saved stands above it: that is worked out first, and then shown.
void WorkspaceLoader::takeSaved(const LoadedPointer &saved)
{
    const bool other = m_saved && m_saved->workspace->root != saved->workspace->root;
    m_saved = saved;
    m_folder = QString::fromStdString(saved->workspace->root.string());
    if (other)
        m_texts.clear();
    if (pathsToWatch() != m_signedPaths)
        sign();
    m_refresh = !unsavedTexts().empty();
    if (!m_refresh)
        takeResult(unlessWorse(saved, m_current));
    if (!saved->checked)
        QTimer::singleShot(checkMilliseconds, this, &WorkspaceLoader::check);
}

void WorkspaceLoader::check()
{
    if (m_loading || !m_saved || m_saved->checked)
        return; // What is being read is checked with it.
    const auto work = [read = m_saved]() -> LoadResult { return checked(read); };
    start(std::async(std::launch::deferred, work).share(), Source::Checks);
}

void WorkspaceLoader::finish(quint64 number, const LoadResult &loaded, Source source)
{
    if (number != m_number)
        return;
    m_loading = false;
    const LoadResult result = unlessWorse(loaded, m_saved);
    if (source != Source::Texts && result) {
        takeSaved(*result);
    } else {
        takeResult(result);
        if (!result && m_saved) // Another folder that cannot be opened takes nothing away.
            m_folder = QString::fromStdString(m_saved->workspace->root.string());
    }
    if (source == Source::Disk)
        QTimer::singleShot(0, this, &WorkspaceLoader::watch);
    if (m_loading)
        return; // A slot has begun another one.
    if (std::exchange(m_again, false))
        reload();
    else if (m_refresh)
        refresh();
}

QStringList WorkspaceLoader::pathsToWatch() const
{
    const QDir root(m_folder);
    QStringList paths{root.absolutePath()};
    for (const char *known : {"matrix.yml", "pack", "pack/matrix.yaml"})
        paths << root.absoluteFilePath(QLatin1String(known));
    if (m_saved) {
        for (const std::string &file : m_saved->workspace->readFiles)
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
        result += QStringLiteral("%1:%2:%3\n")
                      .arg(info.exists())
                      .arg(info.size())
                      .arg(info.exists() ? info.lastModified().toMSecsSinceEpoch() : 0);
    }
    return result;
}

} // namespace runner::ui
