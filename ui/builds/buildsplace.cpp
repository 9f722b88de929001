#include "builds/buildsplace.h"

#include "builds/buildersdialog.h"
#include "builds/buildlistmodel.h"
#include "builds/buildlistpane.h"
#include "builds/buildpage.h"
#include "builds/buildsettingsdialog.h"
#include "builds/buildwords.h"
#include "builds/comparemodel.h"
#include "builds/comparepage.h"
#include "builds/endingbuilds.h"
#include "builds/planmerge.h"
#include "builds/planpage.h"
#include "log/logpane.h"
#include "log/logview.h"
#include "place/emptystate.h"
#include "text/diff.h"

#include <QApplication>
#include <QClipboard>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>

#include <algorithm>

namespace runner::ui {

BuildsPlace::BuildsPlace(Settings &settings, QWidget *parent)
    : BuildsPlace(settings, build::stateFolder(), {}, parent)
{
}

BuildsPlace::BuildsPlace(Settings &settings, const std::filesystem::path &history, std::optional<build::Tool> tool,
                         QWidget *parent)
    : Place(parent)
    , m_settings(settings)
    , m_centre(new BuildCentre(history, this))
    , m_givenTool(std::move(tool))
{
    setObjectName(QStringLiteral("buildsPlace"));
    setUpPanes();
    setUpActions();
    connect(m_centre, &BuildCentre::historyChanged, this, &BuildsPlace::onHistory);
    connect(m_centre, &BuildCentre::queueChanged, this, &BuildsPlace::onQueue);
    connect(m_centre, &BuildCentre::plansChanged, this, &BuildsPlace::onQueue);
    connect(m_centre, &BuildCentre::removed, this, [this](qint64 build) {
        if (m_page->build() == build)
            m_page->clear();
        showNothing();
    });
    applySettings();
    showNothing();
    m_side->listHistory();
}

BuildsPlace::~BuildsPlace()
{
    m_centre->disconnect(this);
    m_side->disconnect(this);
}

BuildListModel *BuildsPlace::model() const
{
    return m_side->model();
}

void BuildsPlace::setDocuments(DocumentSet &documents, MatrixDocument &)
{
    m_documents = &documents;
}

void BuildsPlace::setWorkspace(const LoadedPointer &loaded)
{
    m_loaded = loaded;
    m_plan->setWorkspace(loaded);
    lookForDocker();
    m_side->setWorkspace(*loaded->workspace);
    m_side->setCanBuild(true);
    showNothing();
    if (m_listed && !m_page->isLoading())
        Q_EMIT ready();
}

void BuildsPlace::setError(const std::optional<Problem> &)
{
    // The window's problems tell it; builds go on with what was read last.
}

void BuildsPlace::setIdle(bool)
{
    m_side->setCanBuild(m_loaded != nullptr);
    showNothing();
}

QList<QAction *> BuildsPlace::actions(PlaceMenu menu) const
{
    return menu == PlaceMenu::File ? m_fileActions : QList<QAction *>();
}

void BuildsPlace::find()
{
    if (m_pages->currentWidget() == m_plan)
        m_plan->find();
    else if (m_pages->currentWidget() == m_page && !m_side->isFinding())
        m_page->log()->openFind();
    else
        m_side->find();
}

void BuildsPlace::copy()
{
    LogView *log = m_page->log()->view();
    const QModelIndexList chosen = m_side->chosen();
    const build::BuildRecord *record = chosen.isEmpty() ? nullptr : model()->record(chosen.front());
    if (m_pages->currentWidget() == m_compare) {
        QApplication::clipboard()->setText(m_compare->model()->text());
        Q_EMIT statusMessage(tr("The comparison was copied."));
    } else if (m_pages->currentWidget() == m_page && log->hasSelection() && !m_side->hasKeyboard()) {
        log->copy();
    } else if (record) {
        QApplication::clipboard()->setText(QString::fromStdString(record->image()));
        Q_EMIT statusMessage(tr("The image's name was copied."));
    }
}

bool BuildsPlace::reveal(const Location &)
{
    return false;
}

void BuildsPlace::restoreLayout(const Settings &settings)
{
    for (QSplitter *splitter : {m_across, m_page->splitter()})
        splitter->restoreState(settings.splitter(splitter->objectName()));
    m_page->log()->setWraps(settings.logWraps());
}

void BuildsPlace::saveLayout(Settings &settings) const
{
    for (const QSplitter *splitter : {m_across, m_page->splitter()})
        settings.setSplitter(splitter->objectName(), splitter->saveState());
    settings.setLogWraps(m_page->log()->wraps());
}

void BuildsPlace::showEvent(QShowEvent *event)
{
    Place::showEvent(event);
    m_centre->setWatched(true);
}

void BuildsPlace::hideEvent(QHideEvent *event)
{
    Place::hideEvent(event);
    m_centre->setWatched(false);
}

bool BuildsPlace::mayClose()
{
    if (!m_centre->queue().isBusy())
        return true;
    if (!endBuildsWithWindow(*m_centre, this))
        return false;
    // Another place may want the window to stay.
    QTimer::singleShot(0, this, [this] {
        if (isVisible())
            m_centre->goOn();
    });
    return true;
}

void BuildsPlace::newBuild()
{
    if (!m_loaded)
        return;
    m_side->chooseNothing();
    m_pages->setCurrentWidget(m_plan);
    m_plan->lookForBuilders(); // The daemon may have ended, or be back.
    m_plan->find();
}

/// Once: what an earlier console has left can then go on, and builds can be done again.
void BuildsPlace::lookForDocker()
{
    if (std::exchange(m_toolAsked, true))
        return;
    if (m_givenTool)
        m_plan->useTool(*m_givenTool);
    else
        m_plan->lookForDocker();
}

void BuildsPlace::build(const QStringList &tags)
{
    newBuild();
    if (m_loaded && !tags.isEmpty() && m_plan->choose(tags) == 0)
        Q_EMIT statusMessage(tr("No rule packs %1.").arg(tags.join(QStringLiteral(", "))));
}

void BuildsPlace::chooseAgain(qint64 id)
{
    const build::KeptPlan *plan = m_centre->planOf(id);
    if (!plan || !m_loaded)
        return;
    newBuild();
    m_plan->chooseAgain(*plan->plan);
}

/// A line of what was built, in the file as it is now.
void BuildsPlace::showBuiltLine(const Location &where)
{
    Location now = where;
    const build::BuildRecord *record = m_page->record();
    if (record && m_loaded && where.file == record->request.dockerfile) {
        const std::string built = build::History::dockerfileOf(*record);
        const auto text = m_loaded->workspace->texts.find(where.file);
        if (text != m_loaded->workspace->texts.end() && !built.empty() && built != *text->second) {
            const text::LinePlace place = text::placeOfLine(built, *text->second, where.line);
            now.line = place.line;
            Q_EMIT statusMessage(place.isSame
                                     ? tr("The Dockerfile has changed since this build: its line %1 is line %2 now.")
                                           .arg(where.line)
                                           .arg(place.line)
                                     : tr("Line %1 of the Dockerfile has changed since this build.").arg(where.line));
        }
    }
    Q_EMIT revealRequested(now);
}

void BuildsPlace::merge(qint64 id)
{
    const build::KeptPlan *plan = m_centre->planOf(id);
    if (plan && m_loaded && m_documents)
        Q_EMIT statusMessage(mergeIntoCatalogue(*plan, *m_loaded, *m_documents));
}

void BuildsPlace::onHistory()
{
    const bool first = !std::exchange(m_listed, true);
    refreshList();
    if (first && model()->rowCount() > 0 && m_pages->currentWidget() == m_empty) { // The newest is what most come for.
        m_side->choose(model()->index(0));
        return;
    }
    showStarted();
    showNothing();
    updatePages();
    if (m_loaded)
        Q_EMIT ready();
}

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

void BuildsPlace::onQueue()
{
    m_side->showQueue();
    refreshList();
    showStarted();
    updatePages();
}

void BuildsPlace::refreshList()
{
    m_side->refresh(m_pages->currentWidget() == m_page ? m_page->build() : 0);
}

void BuildsPlace::updatePages()
{
    if (const build::BuildRecord *record = model()->record(model()->indexOfBuild(m_page->build())))
        m_page->update(*record);
    m_compare->update(m_centre->records());
    const QModelIndexList rows = m_side->chosen();
    if (m_pages->currentWidget() == m_empty && rows.size() == 1 && model()->item(rows.front()))
        showItem(*model()->item(rows.front()));
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

void BuildsPlace::showBuilders()
{
    if (!m_centre->tool()) { // It says what is missing.
        newBuild();
        return;
    }
    BuildersDialog dialog(*m_centre->tool(), this);
    connect(&dialog, &BuildersDialog::buildersChanged, m_plan, &PlanPage::lookForBuilders);
    dialog.exec();
}

void BuildsPlace::showSettings()
{
    BuildSettingsDialog dialog(m_settings, this);
    if (dialog.exec() == QDialog::Accepted)
        applySettings();
}

void BuildsPlace::applySettings()
{
    m_centre->setJobsPerBuilder(m_settings.buildsAtOnce());
    m_centre->setDiskLimit(static_cast<std::uint64_t>(m_settings.buildGigabytes()) * build::bytesPerGigabyte);
}

} // namespace runner::ui
