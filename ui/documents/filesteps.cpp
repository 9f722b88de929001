#include "documents/filesteps.h"

#include "documents/documentset.h"

#include <QCoreApplication>
#include <QPointer>
#include <QScopedValueRollback>
#include <QThreadPool>

#include <utility>

namespace runner::ui {

namespace {

/// The step that undo or redo in that file is at.
FileStepPointer stepAt(const TextDocument &document, bool undoing)
{
    return undoing ? document.stepToUndo() : document.stepToRedo();
}

FileStepPointer whole(FileStepPointer step)
{
    return step && !step->apart ? std::move(step) : nullptr;
}

} // namespace

FileSteps::FileSteps(DocumentSet &documents)
    : QObject(&documents)
    , m_documents(documents)
{
}

void FileSteps::begin()
{
    m_writing = true;
}

void FileSteps::abandon()
{
    m_writing = false;
    m_documents.checkDisk();
}

void FileSteps::add(const QString &name, workspace::ChangeSet changes)
{
    const auto step = std::make_shared<FileStep>(FileStep{name, std::move(changes)});
    {
        const QScopedValueRollback following(m_following, true);
        for (const workspace::FileChange &change : step->changes) {
            if (TextDocument *document = m_documents.find(change.file))
                document->join(step);
        }
    }
    m_newest = step;
    abandon();
    Q_EMIT changed();
}

void FileSteps::onChanged()
{
    if (!m_following && std::exchange(m_newest, nullptr))
        Q_EMIT changed();
}

void FileSteps::clear()
{
    if (std::exchange(m_newest, nullptr))
        Q_EMIT changed();
}

FileStepPointer FileSteps::undoable(const TextDocument *document) const
{
    if (m_newest && m_newest->made)
        return m_newest;
    return document ? whole(document->stepToUndo()) : nullptr;
}

FileStepPointer FileSteps::redoable(const TextDocument *document) const
{
    if (m_newest && !m_newest->made)
        return m_newest;
    return document ? whole(document->stepToRedo()) : nullptr;
}

std::optional<Problem> FileSteps::obstacle(const FileStep &step, bool undoing) const
{
    const auto problem = [&](const char *id, const std::string &file, const char *what, const char *advice) {
        return Problem{id,
                       Severity::Warning,
                       {file},
                       "The file " + std::string(what) + " \"" + step.name.toStdString() + '"',
                       advice};
    };
    for (const workspace::FileChange &change : step.changes) {
        const TextDocument *document = m_documents.find(change.file);
        if (!document)
            continue;
        if (document->hasStep(step) && stepAt(*document, undoing).get() != &step)
            return problem("step-covered", change.file, "has other steps after", "Undo those first");
        if (document->isModified())
            return problem("step-unsaved", change.file, "has changes that are not saved, so it keeps", "Save it first");
    }
    return std::nullopt;
}

void FileSteps::run(const FileStepPointer &step, bool undoing)
{
    if (m_writing)
        return;
    if (const auto problem = obstacle(*step, undoing)) {
        Q_EMIT refused(*problem, undoing);
        return;
    }
    begin();
    QThreadPool::globalInstance()->start([self = QPointer<FileSteps>(this), root = m_documents.root(), step, undoing] {
        const auto written = workspace::writeChanges(root, undoing ? workspace::inverse(step->changes) : step->changes);
        const auto deliver = [self, root, step, undoing, written] {
            if (self && self->m_documents.root() == root)
                self->finish(step, undoing, written);
            else if (self)
                self->abandon();
        };
        QMetaObject::invokeMethod(qApp, deliver, Qt::QueuedConnection);
    });
}

void FileSteps::finish(const FileStepPointer &step, bool undoing, const Result<void> &written)
{
    if (!written) {
        abandon();
        Q_EMIT refused(written.error(), undoing);
        return;
    }
    step->made = !undoing;
    follow(step, undoing);
    m_newest = step;
    abandon();
    Q_EMIT changed();
    Q_EMIT finished(step->name, undoing);
}

/// A file in which somebody has typed meanwhile is not at the step any more: abandon() merges it with the disk.
void FileSteps::follow(const FileStepPointer &step, bool undoing)
{
    const QScopedValueRollback following(m_following, true);
    for (const workspace::FileChange &change : step->changes) {
        TextDocument *document = m_documents.find(change.file);
        if (!document || document->isModified())
            continue;
        if (!(undoing ? change.before : change.bytes))
            m_documents.close(document);
        else if (stepAt(*document, undoing) == step)
            document->follow(undoing);
    }
}

void FileSteps::runApart(TextDocument &document, bool undoing)
{
    const FileStepPointer step = stepAt(document, undoing);
    if (!step)
        return;
    step->apart = true;
    clear();
    undoing ? document.undoStack()->undo() : document.undoStack()->redo();
}

} // namespace runner::ui
