#include "onboard/reviewedits.h"

#include "text/merge.h"

#include <QKeySequence>

#include <utility>

namespace runner::ui {

QStringList ReviewEdits::putInto(onboard::Proposal &proposal)
{
    QStringList told;
    std::map<std::string, Document> before = std::exchange(m_documents, {});
    for (onboard::ProposedFile &file : proposal.files) {
        Document known;
        if (auto node = before.extract(file.file))
            known = std::move(node.mapped());
        m_documents[file.file] = known ? carried(std::move(known), file, told) : make(file.file, file.after);
        file.after = m_documents[file.file]->text();
        if (file.before)
            m_new.erase(file.file);
        else
            m_new.insert(file.file);
    }
    for (auto &[file, document] : before) {
        if (!document->isModified())
            continue;
        told << (m_new.contains(file) ? tr("%1 is not made any more, so your edits of it are put aside.")
                                      : tr("%1 stays as it is on the disk now, so your edits of it are put aside."))
                    .arg(QString::fromStdString(file));
        m_documents[file] = std::move(document);
    }
    return told;
}

ReviewEdits::Document ReviewEdits::make(const std::string &file, const std::string &text)
{
    auto document = std::make_unique<TextDocument>(std::filesystem::path(), file);
    document->openAs(text);
    connect(document.get(), &TextDocument::textChanged, this, &ReviewEdits::edited);
    return document;
}

ReviewEdits::Document ReviewEdits::carried(Document before, const onboard::ProposedFile &file, QStringList &told)
{
    if (before->savedText() == file.after)
        return before;
    Document fresh = make(file.file, file.after);
    if (!before->isModified())
        return fresh;
    const text::Merge merge = text::merge(before->savedText(), before->text(), file.after);
    const QString name = QString::fromStdString(file.file);
    const QSignalBlocker blocker(this);
    fresh->edit(text::difference(file.after, merge.textWith(text::MergePart::Kind::Ours)), tr("Your edits"));
    if (!merge.hasConflicts()) {
        told << tr("%1 has become another text; your edits are in it.").arg(name);
        return fresh;
    }
    fresh->undoStack()->undo();
    told << tr("The lines of %1 that you edited have become others, so your edits are not in it; %2 in its text brings "
               "them.")
                .arg(name, QKeySequence(QKeySequence::Redo).toString(QKeySequence::NativeText));
    return fresh;
}

TextDocument *ReviewEdits::document(const std::string &file) const
{
    const auto found = m_documents.find(file);
    return found == m_documents.end() ? nullptr : found->second.get();
}

bool ReviewEdits::isEdited(const std::string &file) const
{
    const TextDocument *found = document(file);
    return found && found->isModified();
}

} // namespace runner::ui
