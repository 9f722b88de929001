// Reads the pack centre on a worker thread, keeps the last good state, and reads again when a file changes.
#pragma once

#include "workspace/loadedworkspace.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include <future>
#include <optional>

namespace runner::ui {

class WorkspaceLoader final : public QObject
{
    Q_OBJECT

public:
    explicit WorkspaceLoader(QObject *parent = nullptr);
    ~WorkspaceLoader() override;

    /// Starts reading the pack centre around \a folder; what is still being read is dropped when it arrives.
    void open(const QString &folder);
    /// Takes over a load that was started before this object; \a folder is what it reads. Where it is not checked yet,
    /// that follows.
    void adopt(const QString &folder, std::shared_future<LoadResult> load);
    void reload();
    /// The texts of open files: those that differ from the disk's stand in their place. Works the state out anew, off
    /// the event loop; while that is under way, only the last texts count. \a document has read the text of the matrix,
    /// perhaps.
    void setTexts(workspace::Texts texts, const matrix::Document &document = {});
    /// Whether somebody looks at what is made of all rules together, plan and table: then it is made along with the
    /// rest.
    void setTableShown(bool shown) { m_tableShown = shown; }

    /// The last good state; null before the first.
    const LoadedPointer &current() const { return m_current; }
    /// Why the last load failed, or what of it is an older state or missing (LoadedWorkspace::unreadable); empty while
    /// the shown state is the files'.
    const std::optional<Problem> &error() const { return m_error; }
    /// The folder asked for; the root once it is known.
    QString folder() const { return m_folder; }
    bool isLoading() const { return m_loading; }

Q_SIGNALS:
    void filesChanged(); ///< Files of the pack centre changed on disk; a reload follows.
    void loadStarted();
    void loaded();     ///< current() is new; perhaps not checked yet, then it comes again.
    void loadFailed(); ///< error() is set; current() and folder() are what they were with the last good state.

private:
    enum class Source { Disk, Checks, Texts };

    void start(std::shared_future<LoadResult> load, Source source);
    void finish(quint64 number, const LoadResult &result, Source source);
    void takeSaved(const LoadedPointer &saved);
    void takeResult(const LoadResult &result);
    static LoadResult unlessWorse(const LoadResult &result, const LoadedPointer &than);
    workspace::Texts unsavedTexts() const;
    void check();
    void refresh();
    void watch();
    QStringList pathsToWatch() const;
    void reloadIfChanged();
    void sign();
    QString signature() const;

    LoadedPointer m_current;
    LoadedPointer m_saved;       ///< What the disk holds.
    workspace::Texts m_texts;    ///< Of the open files.
    matrix::Document m_document; ///< The matrix file among them as it was read.
    bool m_tableShown = true;
    std::optional<Problem> m_error;
    QString m_folder;
    quint64 m_number = 0; ///< Of the load that counts.
    bool m_loading = false;
    bool m_again = false;                    ///< Asked for while one was under way.
    bool m_refresh = false;                  ///< New texts came while one was under way.
    QString m_signature;                     ///< Of the watched files when the last load began.
    QStringList m_signedPaths;               ///< What m_signature speaks of.
    QFileSystemWatcher *m_watcher = nullptr; ///< Made after the first load, off the start-up path.
    QTimer m_debounce;
};

} // namespace runner::ui
