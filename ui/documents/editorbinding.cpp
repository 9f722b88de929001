#include "documents/editorbinding.h"

#include "documents/editortext.h"
#include "editor/codeeditor.h"

#include <QScopedValueRollback>

#include <algorithm>

namespace runner::ui {

namespace {

/// The text with a mark for every character that an editor would take for the end of a line.
QString holdable(QString text)
{
    for (const char16_t each : {u'\u2028', u'\u2029', u'\ufdd0', u'\ufdd1'})
        text.replace(each, u'\ufffd');
    return text;
}

bool canHold(const text::Patches &patches)
{
    return std::all_of(patches.begin(), patches.end(),
                       [](const text::Patch &patch) { return CodeEditor::canHold(toEditorText(patch.replacement)); });
}

} // namespace

EditorBinding::EditorBinding(CodeEditor &editor)
    : QObject(&editor)
    , m_editor(editor)
{
    connect(&editor, &CodeEditor::edited, this, &EditorBinding::onEdited);
    connect(&editor, &CodeEditor::undoRequested, this, [this] {
        if (m_document)
            m_document->undo();
    });
    connect(&editor, &CodeEditor::redoRequested, this, [this] {
        if (m_document)
            m_document->redo();
    });
}

void EditorBinding::setDocument(TextDocument *document)
{
    if (m_document == document)
        return;
    if (m_document)
        disconnect(m_document, nullptr, this, nullptr);
    m_document = document;
    if (document)
        connect(document, &TextDocument::changed, this, &EditorBinding::onChanged);
    showAll();
}

void EditorBinding::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    m_editor.setReadOnly(readOnly || m_foreign || !m_document);
}

void EditorBinding::showAll()
{
    m_text = m_document ? m_document->text() : std::string();
    const QString text = toEditorText(m_text);
    m_foreign = !CodeEditor::canHold(text);
    m_editor.setText(m_foreign ? holdable(text) : text);
    setReadOnly(m_readOnly);
}

void EditorBinding::onEdited(int position, const QString &removed, const QString &inserted)
{
    if (!m_document)
        return;
    const text::Patch patch = toPatch(m_text, position, removed, inserted);
    m_text = text::patched(m_text, {patch});
    const QScopedValueRollback typing(m_typing, true);
    m_document->type(patch);
}

void EditorBinding::onChanged(const text::Patches &patches, TextDocument::Cause cause)
{
    if (m_typing)
        return;
    if (m_foreign || !canHold(patches)) {
        showAll();
        return;
    }
    const bool leads = !patches.empty() && (cause == TextDocument::Cause::Undo || cause == TextDocument::Cause::Redo);
    {
        const QScopedValueRollback applying(m_applying, true);
        applyToEditor(patches);
        if (leads)
            goBehind(patches.front());
    }
    if (leads)
        Q_EMIT cursorMoved();
}

void EditorBinding::goBehind(const text::Patch &patch)
{
    QTextCursor cursor = m_editor.textCursor();
    cursor.setPosition(toEditorPosition(m_text, text::adjust(patch.range.end, {patch})));
    m_editor.setTextCursor(cursor);
}

bool EditorBinding::isCurrent() const
{
    return m_document && !m_applying && m_text == m_document->text();
}

void EditorBinding::applyToEditor(const text::Patches &patches)
{
    for (auto patch = patches.rbegin(); patch != patches.rend(); ++patch) { // From the end: the others stay in place.
        const int position = toEditorPosition(m_text, patch->range.begin);
        const int end =
            position + toEditorPosition(std::string_view(m_text).substr(patch->range.begin), patch->range.size());
        m_text = text::patched(m_text, {*patch});
        const QString inserted = toEditorText(patch->replacement);
        m_editor.applyPatch(position, end - position, inserted);
    }
    if (m_text.find('\r') != std::string::npos && toEditorText(m_text) != m_editor.text()) // "\r\n" was cut in two.
        m_editor.setText(toEditorText(m_text));
}

} // namespace runner::ui
