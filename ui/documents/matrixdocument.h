// The matrix file as a document: its text, the matrix that the text says, and edits of the latter as steps of the
// former.
#pragma once

#include "documents/textdocument.h"
#include "matrix/document.h"
#include "matrix/edit/edit.h"

#include <QObject>
#include <QPointer>

#include <optional>
#include <vector>

namespace runner::ui {

class MatrixDocument final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Null: no pack centre is open. What \a known has in common with the text is not read again.
    void setDocument(TextDocument *document, const matrix::Document &known = {});
    TextDocument *document() const { return m_document; }

    /// What the text says; while the YAML is broken, what it said last.
    const matrix::Document &parsed() const { return m_parsed; }
    const matrix::Matrix &matrix() const { return m_parsed.matrix(); }
    /// Whether parsed() is what some text has said.
    bool wasReadable() const { return m_wasReadable; }
    /// Why the text cannot be read; empty while parsed() is what the text says.
    const std::optional<Problem> &error() const { return m_error; }
    bool canEdit() const { return m_document && !m_error; }

    /// Runs the edits as one step of the document. A refused edit changes nothing: refused() says why, and the answer
    /// is false. An edit without an effect is no step, and true.
    bool apply(const std::vector<matrix::edit::Edit> &edits, const QString &name = {});
    bool apply(const matrix::edit::Edit &edit) { return apply(std::vector<matrix::edit::Edit>{edit}); }

Q_SIGNALS:
    void changed(); ///< parsed() or error() is new.
    void refused(const runner::Problem &problem);

private:
    void read();

    QPointer<TextDocument> m_document;
    matrix::Document m_parsed;
    std::optional<matrix::Document> m_next; ///< What has been read already.
    std::optional<Problem> m_error;
    bool m_wasReadable = false;
};

} // namespace runner::ui
