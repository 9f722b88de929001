// What the reader of a review has changed in the proposed texts: kept while the proposal is worked out anew, each file
// with a history of its own.
#pragma once

#include "documents/textdocument.h"
#include "onboard/proposal.h"

#include <QObject>
#include <QStringList>

#include <map>
#include <memory>
#include <set>
#include <string>

namespace runner::ui {

class ReviewEdits final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Puts the edits into the texts of \a proposal. Those of a file whose proposed text is another one than before are
    /// merged with it; where both touch the same lines, the new text counts, and Redo brings the edits. Says in a
    /// sentence each what became of edits that are not simply there.
    QStringList putInto(onboard::Proposal &proposal);

    /// The text of one of the proposal's files, as edited.
    TextDocument *document(const std::string &file) const;
    /// A text is another one than was proposed.
    bool isEdited(const std::string &file) const;

Q_SIGNALS:
    void edited(); ///< A text has changed: by keys, by undo or by redo.

private:
    using Document = std::unique_ptr<TextDocument>;

    Document make(const std::string &file, const std::string &text);
    Document carried(Document before, const onboard::ProposedFile &file, QStringList &told);

    std::map<std::string, Document> m_documents; ///< Also of files that are no part of the proposal just now.
    std::set<std::string> m_new;                 ///< Those of them that were to be made.
};

} // namespace runner::ui
