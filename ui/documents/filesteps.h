// Steps that change several files on the disk at once. Each is made, undone and redone as one, whichever of its files
// is looked at.
#pragma once

#include "diagnostics/problem.h"
#include "workspace/changeset.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace runner::ui {

class DocumentSet;
class TextDocument;

struct FileStep
{
    QString name;
    workspace::ChangeSet changes; ///< What making it writes.
    bool made = true;             ///< The disk holds it.
    bool apart = false;           ///< Undone in one file alone: it is no step of several files any more.
};

using FileStepPointer = std::shared_ptr<FileStep>;

class FileSteps final : public QObject
{
    Q_OBJECT

public:
    /// \a documents own it.
    explicit FileSteps(DocumentSet &documents);

    /// From now on somebody writes files; nobody looks at the disk before add() or abandon().
    void begin();
    /// They are written, as a step that is newer than all others. Every open file that it changes has it in its
    /// history.
    void add(const QString &name, workspace::ChangeSet changes);
    void abandon(); ///< Nothing was written.
    bool isWriting() const { return m_writing; }

    /// The newest one, until an open file changes in another way; made or undone. Null: there is none.
    const FileStepPointer &newest() const { return m_newest; }
    /// What undo and redo mean where \a document is looked at; null: a step of that file alone, or none.
    FileStepPointer undoable(const TextDocument *document) const;
    FileStepPointer redoable(const TextDocument *document) const;
    /// On the disk first, on a worker thread, then in the open files. Ends with finished() or refused().
    void undo(const FileStepPointer &step) { run(step, true); }
    void redo(const FileStepPointer &step) { run(step, false); }
    /// After refused(): the open file's part of it by itself.
    void undoApart(TextDocument &document) { runApart(document, true); }
    void redoApart(TextDocument &document) { runApart(document, false); }

    /// An open file has changed.
    void onChanged();
    /// The files are those of another pack centre.
    void clear();

Q_SIGNALS:
    void changed(); ///< newest() is another one, or was made or undone.
    void finished(const QString &name, bool undone);
    /// Nothing has changed. Ids: step-covered, step-unsaved, and those of workspace::writeChanges.
    void refused(const runner::Problem &problem, bool undoing);

private:
    void run(const FileStepPointer &step, bool undoing);
    void runApart(TextDocument &document, bool undoing);
    std::optional<Problem> obstacle(const FileStep &step, bool undoing) const;
    void finish(const FileStepPointer &step, bool undoing, const Result<void> &written);
    void follow(const FileStepPointer &step, bool undoing);

    DocumentSet &m_documents;
    FileStepPointer m_newest;
    bool m_writing = false;
    bool m_following = false; ///< The open files change because the disk has.
};

} // namespace runner::ui
