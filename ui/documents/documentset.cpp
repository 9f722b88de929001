#include "documents/documentset.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

namespace runner::ui {

DocumentSet::DocumentSet(QObject *parent)
    : QObject(parent)
{
}

DocumentSet::~DocumentSet()
{
    closeAll();
}

void DocumentSet::setRoot(const std::filesystem::path &root)
{
    if (m_root == root)
        return;
    closeAll();
    m_root = root;
}

void DocumentSet::closeAll()
{
    setActive(nullptr);
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
    connect(document, &TextDocument::textChanged, this, &DocumentSet::changed);
    connect(document, &TextDocument::modifiedChanged, this, &DocumentSet::modifiedChanged);
    connect(document, &TextDocument::message, this, &DocumentSet::message);
    connect(document, &TextDocument::conflictFound, this, [this, document] { Q_EMIT conflictFound(document); });
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

Result<void> DocumentSet::saveAll()
{
    Result<void> result;
    for (TextDocument *document : modified()) {
        const auto saved = document->save();
        if (!saved && result)
            result = saved;
    }
    return result;
}

void DocumentSet::checkDisk()
{
    for (TextDocument *document : m_documents)
        document->checkDisk();
}

void DocumentSet::discard()
{
    closeAll();
    m_root.clear();
}

void DocumentSet::setActive(TextDocument *document)
{
    m_active = document;
    m_undo.setActiveStack(document ? document->undoStack() : nullptr);
}

} // namespace runner::ui
