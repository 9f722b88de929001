#include "documents/matrixdocument.h"

#include <utility>

namespace runner::ui {

void MatrixDocument::setDocument(TextDocument *document, const matrix::Document &known)
{
    if (m_document == document && document)
        return;
    if (m_document)
        disconnect(m_document, nullptr, this, nullptr);
    m_document = document;
    m_parsed = {};
    m_wasReadable = false;
    m_error.reset();
    if (document) {
        connect(document, &TextDocument::textChanged, this, &MatrixDocument::read);
        if (known.fileName() == document->file())
            m_next = known;
        read();
    } else {
        Q_EMIT changed();
    }
}

void MatrixDocument::read()
{
    std::optional<matrix::Document> next = std::exchange(m_next, {});
    if (next && next->text() == m_document->text()) {
        m_parsed = std::move(*next);
        m_error.reset();
    } else if (auto parsed = matrix::Document::parse(m_document->text(), m_document->file(), next ? *next : m_parsed)) {
        m_parsed = std::move(*parsed);
        m_error.reset();
    } else {
        m_error = parsed.error();
    }
    m_wasReadable = m_wasReadable || !m_error;
    Q_EMIT changed();
}

bool MatrixDocument::apply(const std::vector<matrix::edit::Edit> &edits, const QString &name)
{
    if (!m_document || edits.empty())
        return false;
    if (m_error) {
        Q_EMIT refused(*m_error);
        return false;
    }
    if (m_parsed.text() != m_document->text()) { // Amid a change: what is known is of the text before it.
        Q_EMIT refused({"edit-outdated",
                        Severity::Error,
                        {m_document->file()},
                        "The matrix is just being changed by something else",
                        "Try again"});
        return false;
    }
    auto edited = matrix::edit::applyEdits(m_parsed, edits);
    if (!edited) {
        if (edited.error().id == "edit-no-effect")
            return true;
        Q_EMIT refused(edited.error());
        return false;
    }
    m_next = std::move(edited->document);
    m_document->edit(edited->patches, name.isEmpty() ? QString::fromStdString(edits.front().name) : name);
    m_next.reset();
    return true;
}

} // namespace runner::ui
