#include "documents/documentset.h"

#include "workspace/changeset.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

namespace runner::ui {

DocumentSet::DocumentSet(QObject *parent)
    : QObject(parent)
    , m_steps(new FileSteps(*this))
{
    for (const auto signal : {&QUndoGroup::canUndoChanged, &QUndoGroup::canRedoChanged})
        connect(&m_undo, signal, this, &DocumentSet::historyChanged);
    for (const auto signal : {&QUndoGroup::undoTextChanged, &QUndoGroup::redoTextChanged})
        connect(&m_undo, signal, this, &DocumentSet::historyChanged);
    connect(&m_undo, &QUndoGroup::indexChanged, this, &DocumentSet::historyChanged);
    connect(m_steps, &FileSteps::changed, this, &DocumentSet::historyChanged);
}

DocumentSet::~DocumentSet()
{
    blockSignals(true); // Who listens is going, too.
    closeAll();
}

void DocumentSet::setRoot(const std::filesystem::path &root)
{
    if (m_root == root)
        return;
    closeAll();
    m_root = root;
    const auto resumed = workspace::resumeChanges(root);
    if (!resumed)
        Q_EMIT problemFound(resumed.error());
    else if (*resumed == workspace::Resumed::Completed)
        Q_EMIT message(tr("A change of several files that was interrupted has been completed."));
    else if (*resumed == workspace::Resumed::TakenBack)
        Q_EMIT message(tr("A change of several files that was interrupted has been taken back."));
}

void DocumentSet::closeAll()
{
    setActive(nullptr);
    m_steps->clear();
    const bool wasModified = isModified();
    for (TextDocument *document : std::exchange(m_documents, {})) {
        m_undo.removeStack(document->undoStack());
        delete document;
    }
    if (wasModified)
        Q_EMIT modifiedChanged();
}

Result<TextDocument *> DocumentSet::open(const std::string &file)
{
    if (TextDocument *known = find(file))
        return known;
    auto document = std::make_unique<TextDocument>(m_root, file, this);
    if (const auto opened = document->open(); !opened)
        return tl::unexpected(opened.error());
    m_documents.push_back(document.get());
    m_undo.addStack(document->undoStack());
    connectDocument(document.get());
    return document.release();
}

void DocumentSet::connectDocument(TextDocument *document)
{
    connect(document, &TextDocument::changed, m_steps, &FileSteps::onChanged);
    connect(document, &TextDocument::textChanged, this, &DocumentSet::changed);
    connect(document, &TextDocument::modifiedChanged, this, &DocumentSet::modifiedChanged);
    connect(document, &TextDocument::savedTextChanged, this, &DocumentSet::modifiedChanged);
    connect(document, &TextDocument::message, this, &DocumentSet::message);
    connect(document, &TextDocument::conflictFound, this, &DocumentSet::conflictFound);
    connect(document, &TextDocument::problemChanged, this, [this, document] {
        if (document->problem())
            Q_EMIT problemFound(*document->problem());
    });
}

TextDocument *DocumentSet::find(const std::string &file) const
{
    for (TextDocument *document : m_documents) {
        if (document->file() == file)
            return document;
    }
    return nullptr;
}

std::vector<TextDocument *> DocumentSet::modified() const
{
    std::vector<TextDocument *> result;
    std::copy_if(m_documents.begin(), m_documents.end(), std::back_inserter(result),
                 [](const TextDocument *document) { return document->isModified(); });
    return result;
}

TextDocument *DocumentSet::inConflict() const
{
    const auto found = std::find_if(m_documents.begin(), m_documents.end(),
                                    [](const TextDocument *document) { return document->conflict().has_value(); });
    return found == m_documents.end() ? nullptr : *found;
}

workspace::Texts DocumentSet::texts() const
{
    workspace::Texts result;
    for (const TextDocument *document : m_documents)
        result[document->file()] = std::make_shared<const std::string>(document->text());
    return result;
}

Result<void> DocumentSet::saveAll()
{
    if (m_steps->isWriting())
        return failure("documents-busy", {}, "Files are being written just now", "Save again in a moment");
    std::vector<TextDocument *> changed = modified();
    if (changed.size() == 1)
        return changed.front()->save();
    Result<void> all;
    for (TextDocument *document : changed) { // Each: what is to be decided is asked at once.
        const auto prepared = document->prepareSaving();
        all = all ? prepared : all;
    }
    if (!all)
        return all;
    changed = modified(); // Somebody else may have made the same change.
    return changed.empty() ? Result<void>() : saveTogether(changed);
}

Result<void> DocumentSet::saveTogether(const std::vector<TextDocument *> &documents)
{
    workspace::ChangeSet changes;
    for (const TextDocument *document : documents)
        changes.push_back({document->file(), document->bytes(), document->savedBytes()});
    if (const auto written = workspace::writeChanges(m_root, changes); !written)
        return written;
    for (TextDocument *document : documents)
        document->setSaved();
    return {};
}

void DocumentSet::checkDisk()
{
    if (m_steps->isWriting())
        return;
    for (TextDocument *document : m_documents)
        document->checkDisk();
}

void DocumentSet::discard()
{
    closeAll();
    m_root.clear();
}

void DocumentSet::close(TextDocument *document)
{
    if (document == m_active)
        setActive(nullptr);
    m_undo.removeStack(document->undoStack());
    std::erase(m_documents, document);
    delete document;
    Q_EMIT modifiedChanged();
}

void DocumentSet::undoIn(TextDocument *document)
{
    if (const FileStepPointer step = m_steps->undoable(document))
        m_steps->undo(step);
    else if (document)
        document->undoStack()->undo();
}

void DocumentSet::redoIn(TextDocument *document)
{
    if (const FileStepPointer step = m_steps->redoable(document))
        m_steps->redo(step);
    else if (document)
        document->undoStack()->redo();
}

bool DocumentSet::canUndo() const
{
    return m_steps->undoable(m_active) || m_undo.canUndo();
}

bool DocumentSet::canRedo() const
{
    return m_steps->redoable(m_active) || m_undo.canRedo();
}

QString DocumentSet::undoText() const
{
    const FileStepPointer step = m_steps->undoable(m_active);
    return step ? step->name : m_undo.undoText();
}

QString DocumentSet::redoText() const
{
    const FileStepPointer step = m_steps->redoable(m_active);
    return step ? step->name : m_undo.redoText();
}

void DocumentSet::setActive(TextDocument *document)
{
    m_active = document;
    m_undo.setActiveStack(document ? document->undoStack() : nullptr);
}

} // namespace runner::ui
