// One open file: its text, which is the truth, the history of its changes, and how it stands to the file on disk.
//
// The text is the file's bytes without the byte-order mark, line ends as they are. Every change is a step of patches on
// the undo stack; undo gives the bytes back. Views take the text with setText() of an editor (EditorBinding does) and
// follow changed().
#pragma once

#include "diagnostics/problem.h"
#include "documents/filesteps.h"
#include "text/merge.h"
#include "text/patch.h"
#include "text/savefile.h"

#include <QObject>
#include <QTimer>
#include <QUndoStack>

#include <filesystem>
#include <optional>
#include <string>

namespace runner::ui {

class DocumentCommand;

class TextDocument final : public QObject
{
    Q_OBJECT

public:
    enum class Cause { Edit, Undo, Redo, Disk };
    Q_ENUM(Cause)

    /// Which text counts where both sides changed the same lines.
    enum class Side { Ours, Theirs };

    /// \a file is relative to \a root. Nothing is read yet.
    TextDocument(std::filesystem::path root, std::string file, QObject *parent = nullptr);

    /// Reads the file. Errors: those of workspace::readInside.
    Result<void> open();
    /// Instead of that, for a text that is on no disk yet: it begins as this one, which savedText() stands for.
    void openAs(const std::string &text) { m_text = m_savedText = text; }

    const std::string &file() const { return m_file; }
    std::filesystem::path path() const { return m_root / m_file; }
    const std::string &text() const { return m_text; }
    /// The text on disk as it was last seen: what isModified() compares with.
    const std::string &savedText() const { return m_savedText; }
    /// The bytes that saving writes, byte-order mark included.
    std::string bytes() const;
    /// The bytes that were on the disk when it was last looked at; nothing where the file was gone.
    std::optional<std::string> savedBytes() const;
    bool hasByteOrderMark() const { return m_byteOrderMark; }
    QUndoStack *undoStack() { return &m_stack; }
    /// Saving would change the file.
    bool isModified() const { return m_modified; }
    /// What keeps the file from being read or written; empty while all is well.
    const std::optional<Problem> &problem() const { return m_problem; }

    /// One step; \a patches must fit the text. Patches that change nothing are no step.
    void edit(const text::Patches &patches, const QString &name);
    /// The same for what is typed: joins the step before where that was typed just now at the same place.
    void type(const text::Patch &patch);
    /// What is typed from now on is a step of its own.
    void endBurst();

    /// What the user means by undo and redo in this file: a step of several files goes with all of them.
    void undo();
    void redo();
    /// A step of several files has changed this one on disk: it is one of this file's, too. Unsaved changes are merged
    /// with it, and then it is not.
    void join(const FileStepPointer &step);
    /// The step of several files that undo or redo would be at here; null where that is one of this file alone.
    FileStepPointer stepToUndo() const { return stepAt(m_stack.index() - 1); }
    FileStepPointer stepToRedo() const { return stepAt(m_stack.index()); }
    bool hasStep(const FileStep &step) const;
    /// The disk has gone back or on over such a step: so does the text.
    void follow(bool undoing);

    /// Writes the file whole or not at all: a temporary file beside it, then renamed; mode and symlink are kept. Asks
    /// the disk first: where somebody else has changed the file meanwhile, that is merged or conflictFound() is given,
    /// and in that case nothing is written. Does nothing where nothing changed.
    Result<void> save();
    /// The first half of it: looks at the disk. Error: document-conflict, or what keeps the file from being read.
    Result<void> prepareSaving();
    /// Tells the document that bytes() is on disk now.
    void setSaved();

    /// Looks whether somebody else changed the file. An unchanged text takes the new one over as a step that can be
    /// undone; a changed one is merged where the changes do not touch; else conflictFound(). False where a conflict
    /// waits for resolve().
    bool checkDisk();
    /// What waits for resolve(); nothing else.
    const std::optional<text::Merge> &conflict() const { return m_conflict; }
    /// Ends a conflict: the merged text with that side's version of all lines that both changed.
    void resolve(Side side);
    /// The same with a side for each place that both changed, as \a seen has them in order. Where they are others by
    /// now, nothing is chosen and conflictFound() is given once more.
    void resolve(const text::Merge &seen, const std::vector<Side> &sides);

    /// Takes over unsaved work of an earlier run: a step from the text it began as. What the disk holds now is merged
    /// as with checkDisk(). Work of two windows that began as one text is merged where it does not touch; else the
    /// later one is shown, the other one is a step before it, and message() says so.
    void restore(const std::string &base, const std::string &text);

Q_SIGNALS:
    /// The text has changed; \a patches are about the one before.
    void changed(const runner::text::Patches &patches, runner::ui::TextDocument::Cause cause);
    void textChanged(); ///< After changed(): editors that show the document have followed.
    void modifiedChanged(bool modified);
    void savedTextChanged(); ///< savedText() is another: what somebody else has written.
    void problemChanged();
    void conflictFound();
    void message(const QString &text); ///< What was done about a change on disk, in a sentence.

private:
    friend class DocumentCommand;

    void apply(const text::Patches &patches, Cause cause);
    void updateModified();
    void setProblem(std::optional<Problem> problem);
    void takeOver(const std::string &theirs);
    bool mergeWith(std::string theirs);
    void takeMerged(const std::string &merged);
    void push(const text::Patches &patches, const QString &name, Cause cause, const FileStepPointer &step = {});
    FileStepPointer stepAt(int index) const;
    Result<std::string> readDisk();
    Result<void> write();

    std::filesystem::path m_root;
    std::string m_file;
    std::string m_text;
    std::string m_savedText;
    bool m_byteOrderMark = false;
    text::FileStamp m_stamp; ///< Of the file when it was last read.
    bool m_missing = false;  ///< The file was there and is not any more.
    QUndoStack m_stack;
    bool m_modified = false;
    std::optional<Cause> m_cause; ///< Of the step that is being pushed, where it is no edit.
    std::optional<Problem> m_problem;
    std::optional<text::Merge> m_conflict;
    std::string m_theirs; ///< The disk's side of the conflict.
    bool m_burstEnded = true;
};

} // namespace runner::ui
