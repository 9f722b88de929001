// Shows a document in an editor: what is typed becomes steps of the document, its other changes go to the editor.
// Several editors may show one document.
#pragma once

#include "documents/textdocument.h"

#include <QObject>
#include <QPointer>

namespace runner::ui {

class CodeEditor;

class EditorBinding final : public QObject
{
    Q_OBJECT

public:
    /// The editor must outlive the binding.
    explicit EditorBinding(CodeEditor &editor);

    /// Shows the document from now on; null empties the editor. A text that an editor cannot hold as it is can be read
    /// only, with a mark in place of the characters.
    void setDocument(TextDocument *document);
    TextDocument *document() const { return m_document; }
    /// The editor shows the text but does not take changes, whoever wants it so.
    void setReadOnly(bool readOnly);
    /// The text has characters that the editor cannot hold.
    bool isForeign() const { return m_foreign; }
    /// While the editor takes over what others have changed, its lines are of no state of the text.
    bool isApplying() const { return m_applying; }
    /// The editor shows the document's text: after a change, what hears of it before the binding may find that it does
    /// not yet.
    bool isCurrent() const;

Q_SIGNALS:
    /// To what undo or redo have changed. What is read out of the text is not so yet.
    void cursorMoved();

private:
    void showAll();
    void onEdited(int position, const QString &removed, const QString &inserted);
    void onChanged(const text::Patches &patches, TextDocument::Cause cause);
    void applyToEditor(const text::Patches &patches);
    void goBehind(const text::Patch &patch);

    CodeEditor &m_editor;
    QPointer<TextDocument> m_document;
    std::string m_text; ///< What the editor shows, as the document has it.
    bool m_typing = false;
    bool m_applying = false;
    bool m_foreign = false;
    bool m_readOnly = false;
};

} // namespace runner::ui
