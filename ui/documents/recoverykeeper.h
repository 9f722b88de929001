// Keeps unsaved work outside the files it belongs to, from the first second on, and finds what a crash left.
#pragma once

#include "text/recovery.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <filesystem>
#include <set>
#include <vector>

namespace runner::ui {

class DocumentSet;
class TextDocument;

class RecoveryKeeper final : public QObject
{
    Q_OBJECT

public:
    /// The documents must outlive the keeper. Files go below \a folder.
    RecoveryKeeper(DocumentSet &documents, std::filesystem::path folder, QObject *parent = nullptr);
    ~RecoveryKeeper() override;

    /// What an earlier run left for files of the pack centre at \a root, newest first.
    std::vector<text::RecoveredText> found(const std::filesystem::path &root) const;
    /// The work of an earlier run is in its document again: from now on it is kept and forgotten like any other.
    void takeOver(const text::RecoveredText &work);
    /// The work of an earlier run is not wanted any more.
    void forget(const text::RecoveredText &work);
    /// Waits until everything is on the disk; for tests and the end.
    void flush();

Q_SIGNALS:
    /// The work cannot be kept, where it could before; it is tried again until it can.
    void failed(const runner::Problem &problem);

private:
    void onChanged();
    void keep();
    void onKept(const Result<void> &result);
    std::vector<text::RecoveredText> takenOver(const std::filesystem::path &file) const;

    DocumentSet &m_documents;
    text::RecoveryStore m_store;
    std::set<std::filesystem::path> m_kept;       ///< By this run.
    std::vector<text::RecoveredText> m_takenOver; ///< Without texts; until their files are saved.
    QThreadPool m_writer; ///< One thread: writes stay in order, and the event loop waits for no disk.
    QTimer m_delay;
    bool m_failing = false;
};

} // namespace runner::ui
