#include "builds/buildsplace.h"

#include "builds/buildersdialog.h"
#include "builds/buildlistmodel.h"
#include "builds/buildlistpane.h"
#include "builds/buildpage.h"
#include "builds/buildsettingsdialog.h"
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
