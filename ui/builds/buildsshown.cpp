// BuildsPlace: which page is shown, and of which builds.
#include "builds/buildlistmodel.h"
#include "builds/buildlistpane.h"
#include "builds/buildpage.h"
#include "builds/buildsplace.h"
#include "builds/buildwords.h"
#include "builds/comparepage.h"
#include "builds/planpage.h"
#include "place/emptystate.h"

#include <QStackedWidget>

#include <algorithm>

namespace runner::ui {

/// Once the first of the builds that were started runs, it is shown, unless the user went elsewhere.
void BuildsPlace::showStarted()
{
    if (!m_startedBehind)
        return;
    const bool isThere = m_startedAt == 0 ? m_pages->currentWidget() == m_plan && m_side->chosen().isEmpty()
                                          : m_pages->currentWidget() == m_page && m_page->build() == m_startedAt;
    if (!isThere) {
        m_startedBehind.reset();
        return;
    }
    for (const build::QueueItem &item : m_centre->queue().items) {
        const QModelIndex row = item.build > 0 ? model()->indexOfBuild(item.build) : QModelIndex();
        if (item.id <= *m_startedBehind || !row.isValid())
            continue;
        m_startedBehind.reset();
        m_side->choose(row);
        return;
    }
}

/// Builds that come into the queue from now on are those that were started.
void BuildsPlace::awaitStart()
{
    m_side->clearFilters();
    m_startedAt = m_pages->currentWidget() == m_page ? m_page->build() : 0;
    m_startedBehind = 0;
    for (const build::QueueItem &item : m_centre->queue().items)
        m_startedBehind = std::max<std::int64_t>(*m_startedBehind, item.id);
}

/// One build is shown, two are compared.
void BuildsPlace::onChosen()
{
    const QModelIndexList rows = m_side->chosen();
    m_compare->clear();
    if (rows.size() == 1)
        showRow(rows.front());
    else if (rows.size() > 1)
        compare(rows);
}

void BuildsPlace::showRow(const QModelIndex &index)
{
    const build::BuildRecord *record = model()->record(index);
    if (!record) {
        showItem(*model()->item(index));
        return;
    }
    m_pages->setCurrentWidget(m_page);
    if (record->id != m_page->build())
        m_page->show(*record);
}

void BuildsPlace::compare(const QModelIndexList &rows)
{
    const build::BuildRecord *one = model()->record(rows.front()), *other = model()->record(rows.back());
    m_page->clear();
    if (rows.size() == 2 && one && other) {
        m_pages->setCurrentWidget(m_compare);
        m_compare->show(*one, *other);
        return;
    }
    m_pages->setCurrentWidget(m_empty);
    m_empty->show(tr("%1 builds are chosen").arg(rows.size()),
                  tr("Choose one to see its log, or two that have begun to compare them."), {});
}

/// A row that has not begun.
void BuildsPlace::showItem(const build::QueueItem &item)
{
    m_page->clear();
    m_pages->setCurrentWidget(m_empty);
    const QString tag = QString::fromStdString(item.request.platformTag);
    QStringList why;
    for (const Problem &problem : item.end.problems)
        why << sentence(problem);
    if (item.state == build::QueueState::Ended)
        m_empty->show(tr("%1: %2").arg(tag, outcomeWord(item.end.outcome)), why.join(u' '), {});
    else
        m_empty->show(
            tr("%1 waits").arg(tag),
            m_centre->queue().paused ? tr("The queue is paused.") : tr("It starts when its builder has room."), {});
}

/// What stands there while no build is chosen.
void BuildsPlace::showNothing()
{
    if (m_pages->currentWidget() == m_plan || m_page->build() != 0 || !m_side->chosen().isEmpty())
        return;
    m_pages->setCurrentWidget(m_empty);
    if (m_centre->problem())
        m_empty->show(tr("The history of builds cannot be read"), sentence(*m_centre->problem()), {});
    else if (model()->rowCount() > 0)
        m_empty->show(tr("Choose a build"),
                      tr("Its steps and every line of its log are shown here. Two chosen ones are compared."),
                      m_loaded ? tr("New build…") : QString());
    else if (!m_loaded)
        m_empty->show(tr("No pack centre is open"), tr("Open the folder that holds matrix.yml or pack/matrix.yaml."),
                      tr("Open folder…"));
    else
        m_empty->show(tr("Nothing has been built yet"),
                      tr("Choose images of the matrix and start; their logs are kept."), tr("New build…"));
}

} // namespace runner::ui
