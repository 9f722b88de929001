// The open files of the pack centre: what of them is not saved yet, saving, and whose undo the window's is.
#pragma once

#include "documents/filesteps.h"
#include "documents/textdocument.h"
#include "workspace/filesource.h"

#include <QObject>
#include <QUndoGroup>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace runner::ui {

class DocumentSet final : public QObject
{
    Q_OBJECT

public:
    explicit DocumentSet(QObject *parent = nullptr);
    ~DocumentSet() override;

    /// The pack centre whose files these are. Another one than before closes all documents, unsaved ones too: ask
    /// first. Ends what a crash has left of a change set.
    void setRoot(const std::filesystem::path &root);
    const std::filesystem::path &root() const { return m_root; }

    /// The document of that file (relative to the root), read on first use. Errors: those of TextDocument::open.
    Result<TextDocument *> open(const std::string &file);
    /// Null where the file is not open.
    TextDocument *find(const std::string &file) const;
    const std::vector<TextDocument *> &documents() const { return m_documents; }
    std::vector<TextDocument *> modified() const;
    bool isModified() const { return !modified().empty(); }
    /// A document whose conflict with the disk waits for a choice, or null.
    TextDocument *inConflict() const;

    /// The texts of all documents, saved or not, by file.
    workspace::Texts texts() const;

    /// Saves every document that has changes; several of them as one change set: all, or none. Errors: those of
    /// TextDocument::save and workspace::writeChanges; of several conflicts all are found.
    Result<void> saveAll();
    /// Looks at the disk for every open document.
    void checkDisk();
    /// Closes everything without saving, the pack centre too: the user has said so.
    void discard();
    /// Closes one without saving.
    void close(TextDocument *document);

    /// The document that the window's undo and redo speak of; null for none.
    void setActive(TextDocument *document);
    TextDocument *active() const { return m_active; }

    /// Steps of several files.
    FileSteps *steps() const { return m_steps; }
    /// Undo and redo where that file is looked at; without one, where the active one is. A step of several files that
    /// nothing else has followed comes first.
    void undoIn(TextDocument *document);
    void redoIn(TextDocument *document);
    void undo() { undoIn(m_active); }
    void redo() { redoIn(m_active); }
    bool canUndo() const;
    bool canRedo() const;
    /// What would be undone and redone; empty where nothing is.
    QString undoText() const;
    QString redoText() const;

Q_SIGNALS:
    void changed();         ///< The text of some document.
    void modifiedChanged(); ///< What is unsaved, or what it is compared with.
    void historyChanged();  ///< What undo and redo would do.
    void conflictFound();   ///< See inConflict().
    void problemFound(const runner::Problem &problem);
    void message(const QString &text);

private:
    void closeAll();
    Result<void> saveTogether(const std::vector<TextDocument *> &documents);
    void connectDocument(TextDocument *document);

    std::filesystem::path m_root;
    std::vector<TextDocument *> m_documents; ///< Children, in the order of opening.
    TextDocument *m_active = nullptr;
    QUndoGroup m_undo;
    FileSteps *m_steps;
};

} // namespace runner::ui
