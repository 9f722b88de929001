// One step of a document's history: patches and what undoes them.
#pragma once

#include "documents/filesteps.h"
#include "text/patch.h"

#include <QElapsedTimer>
#include <QUndoCommand>

namespace runner::ui {

class TextDocument;

class DocumentCommand final : public QUndoCommand
{
public:
    /// FirstKey begins a burst: it never joins what was typed before.
    enum class Kind { Step, FirstKey, Typing };

    /// \a patches are about the document's text as it is now. \a step: of which they are this file's part.
    DocumentCommand(TextDocument &document, text::Patches patches, const QString &name, Kind kind,
                    FileStepPointer step = {});

    const FileStepPointer &fileStep() const { return m_step; }
    int id() const override { return 1; }
    void undo() override;
    void redo() override;
    /// Typing joins typing that came right before it at the same place.
    bool mergeWith(const QUndoCommand *command) override;

private:
    bool touches(const text::Patches &next) const;

    TextDocument &m_document;
    text::Patches m_forward;
    text::Patches m_back;
    Kind m_kind;
    FileStepPointer m_step;
    QElapsedTimer m_age; ///< Since the last key of a burst.
    bool m_first = true; ///< The stack's push() runs redo() the first time.
};

} // namespace runner::ui
