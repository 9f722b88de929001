#include "support/supportedits.h"

#include "documents/documentset.h"
#include "documents/matrixdocument.h"
#include "matrix/edit/runneredits.h"
#include "text/patch.h"
#include "workspace/catalogchange.h"

#include <algorithm>

namespace runner::ui {

namespace edits = matrix::edit;

namespace {

bool isOlder(const LoadedPointer &loaded)
{
    return loaded && loaded->workspace->layout == workspace::Layout::Older;
}

edits::EntryRef referenceTo(const LoadedPointer &loaded, int index)
{
    const SupportEntry &entry = loaded->index().entries[static_cast<std::size_t>(index)];
    const matrix::Matrix &matrix = loaded->workspace->matrix;
    const matrix::RunnerRow *row = loaded->index().rows[entry.row].row;
    edits::EntryRef reference;
    reference.row = static_cast<std::size_t>(row - matrix.runners.data());
    reference.service = matrix.services[entry.service].id;
    for (const matrix::RunnerCell &cell : row->cells) {
        if (cell.service == reference.service)
            reference.entry = static_cast<std::size_t>(entry.entry - cell.entries.data());
    }
    return reference;
}

catalog::Criteria criteriaOf(const LoadedPointer &loaded, int index)
{
    const SupportEntry &entry = loaded->index().entries[static_cast<std::size_t>(index)];
    const matrix::RunnerRow &row = *loaded->index().rows[entry.row].row;
    return {row.backend, row.version, row.variant, loaded->workspace->matrix.services[entry.service].id,
            entry.entry->version};
}

} // namespace

SupportEdits::SupportEdits(QObject *parent)
    : QObject(parent)
{
    addMark(QStringLiteral("markDeprecated"), Mark::Deprecated);
    addMark(QStringLiteral("markPolished"), Mark::Polished);
    addMark(QStringLiteral("markReleaseCandidate"), Mark::ReleaseCandidate);
    addMark(QStringLiteral("markListed"), Mark::Listed);
    m_remove = new QAction(tr("Re&move from what is released"), this);
    m_remove->setObjectName(QStringLiteral("removeEntries"));
    connect(m_remove, &QAction::triggered, this, &SupportEdits::remove);
    m_actions << m_remove;
    updateActions();
}

QString SupportEdits::textOf(Mark mark)
{
    switch (mark) {
    case Mark::Deprecated:
        return tr("&Deprecated");
    case Mark::Polished:
        return tr("&Polished");
    case Mark::ReleaseCandidate:
        return tr("&Release candidate");
    case Mark::Listed:
        return tr("&Listed in the table");
    }
    return {};
}

QAction *SupportEdits::addMark(const QString &name, Mark mark)
{
    auto *action = new QAction(textOf(mark), this);
    action->setObjectName(name);
    action->setCheckable(true);
    action->setData(static_cast<int>(mark));
    connect(action, &QAction::triggered, this, [this, mark](bool on) { setMark(mark, on); });
    m_actions << action;
    return action;
}

void SupportEdits::setDocuments(DocumentSet &documents, MatrixDocument &matrix)
{
    m_documents = &documents;
    m_matrix = &matrix;
}

void SupportEdits::setEntries(const LoadedPointer &loaded, std::vector<int> entries)
{
    m_loaded = loaded;
    m_entries = std::move(entries);
    updateActions();
}

const matrix::RunnerEntry &SupportEdits::entry(int index) const
{
    return *m_loaded->index().entries[static_cast<std::size_t>(index)].entry;
}

bool SupportEdits::has(int index, Mark mark) const
{
    const matrix::RunnerEntry &each = entry(index);
    switch (mark) {
    case Mark::Deprecated:
        return each.deprecated();
    case Mark::Polished:
        return each.polished;
    case Mark::ReleaseCandidate:
        return each.releaseCandidate;
    case Mark::Listed:
        return each.listed;
    }
    return false;
}

/// Ticked where all of them have it; where some have, it says how many, and choosing it gives it to the others.
void SupportEdits::showMark(QAction &action, Mark mark)
{
    const auto having = std::count_if(m_entries.begin(), m_entries.end(), [&](int each) { return has(each, mark); });
    const auto all = static_cast<std::ptrdiff_t>(m_entries.size());
    const QString text = textOf(mark);
    action.setChecked(having > 0 && having == all);
    action.setText(having > 0 && having < all ? tr("%1 (%2 of %3)").arg(text).arg(having).arg(all) : text);
}

/// The older layout's catalogue knows what is deprecated, and nothing else of this.
void SupportEdits::updateActions()
{
    const bool can = m_matrix && m_matrix->canEdit() && !m_entries.empty();
    for (QAction *action : std::as_const(m_actions)) {
        if (action == m_remove) {
            action->setEnabled(can);
            continue;
        }
        const auto mark = static_cast<Mark>(action->data().toInt());
        action->setEnabled(can && (mark == Mark::Deprecated || !isOlder(m_loaded)));
        showMark(*action, mark);
    }
}

bool SupportEdits::isUpToDate()
{
    if (!m_matrix || !m_matrix->document() || m_entries.empty())
        return false;
    const bool older = isOlder(m_loaded) && m_documents->find(m_loaded->workspace->catalogFile);
    const std::string &catalogFile = m_loaded->workspace->catalogFile;
    const auto read = m_loaded->workspace->texts.find(catalogFile);
    const bool sameCatalog =
        !older || (read != m_loaded->workspace->texts.end() && *read->second == m_documents->find(catalogFile)->text());
    if (sameCatalog && m_loaded->workspace->document.text() == m_matrix->document()->text())
        return true;
    Q_EMIT statusMessage(tr("Not changed: the table is still being brought up to date. Try again."));
    return false;
}

void SupportEdits::setMark(Mark mark, bool on)
{
    if (!isUpToDate())
        return;
    if (isOlder(m_loaded)) {
        changeOlderCatalog(on, false);
        return;
    }
    edits::EntryRefs entries;
    for (const int each : m_entries)
        entries.push_back(referenceTo(m_loaded, each));
    switch (mark) {
    case Mark::Deprecated:
        m_matrix->apply(edits::setDeprecated(entries, on));
        break;
    case Mark::Polished:
        m_matrix->apply(edits::setPolished(entries, on));
        break;
    case Mark::ReleaseCandidate:
        m_matrix->apply(edits::setReleaseCandidate(entries, on));
        break;
    case Mark::Listed:
        m_matrix->apply(edits::setListed(entries, on));
        break;
    }
}

void SupportEdits::remove()
{
    if (!isUpToDate())
        return;
    if (isOlder(m_loaded)) {
        changeOlderCatalog(false, true);
        return;
    }
    edits::EntryRefs entries;
    for (const int each : m_entries)
        entries.push_back(referenceTo(m_loaded, each));
    m_matrix->apply(edits::removeEntries(entries));
}

/// Entry by entry, each on what the one before gave; one step of the catalogue's document.
void SupportEdits::changeOlderCatalog(bool deprecate, bool removes)
{
    using workspace::CatalogAction;
    const auto action = removes     ? CatalogAction::Prune
                        : deprecate ? CatalogAction::Deprecate
                                    : CatalogAction::Undeprecate;
    auto document = m_documents->open(m_loaded->workspace->catalogFile);
    workspace::WorkspacePointer centre = m_loaded->workspace;
    std::string text = document ? (*document)->text() : std::string();
    for (const int each : m_entries) {
        const auto change = workspace::changeCatalog(*centre, action, criteriaOf(m_loaded, each));
        if (!change && change.error().id == "edit-no-effect")
            continue;
        const Problem *problem = !document ? &document.error() : !change ? &change.error() : nullptr;
        if (problem) {
            Q_EMIT statusMessage(tr("Not changed. %1.").arg(QString::fromStdString(problem->message)));
            return;
        }
        text = change->text;
        const auto next = workspace::withTexts(centre, {{change->file, std::make_shared<const std::string>(text)}});
        if (next)
            centre = *next;
    }
    if (!document || (*document)->text() == text)
        return;
    (*document)->edit(text::difference((*document)->text(), text), removes     ? tr("Remove from the catalogue")
                                                                   : deprecate ? tr("Deprecate")
                                                                               : tr("Undeprecate"));
    Q_EMIT edited(*document);
}

} // namespace runner::ui
