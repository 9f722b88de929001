#include "builds/buildsplace.h"

#include "builds/buildersdialog.h"
#include "builds/buildlistmodel.h"
#include "builds/buildpage.h"
#include "builds/buildsettingsdialog.h"
#include "builds/buildwords.h"
#include "builds/notifier.h"
#include "builds/planpage.h"
#include "builds/planspane.h"
#include "documents/documentset.h"
#include "log/logpane.h"
#include "log/logview.h"
#include "support/emptystate.h"
#include "workspace/catalogchange.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>

#include <algorithm>

namespace runner::ui {

namespace {

constexpr int shownBuilds = 300;
constexpr int emptyPage = 0;
constexpr int planPage = 1;
constexpr int buildPage = 2;

void fill(QComboBox *box, const QString &all, const std::vector<std::pair<QString, QString>> &values)
{
    const QSignalBlocker blocker(box);
    const QString chosen = box->currentData().toString();
    box->clear();
    box->addItem(all, QString());
    for (const auto &[name, id] : values)
        box->addItem(name, id);
    box->setCurrentIndex(std::max(0, box->findData(chosen)));
}

} // namespace

BuildsPlace::BuildsPlace(Settings &settings, QWidget *parent)
    : BuildsPlace(settings, build::stateFolder(), {}, parent)
{
}

BuildsPlace::BuildsPlace(Settings &settings, const std::filesystem::path &history, std::optional<build::Tool> tool, QWidget *parent)
    : Place(parent)
    , m_settings(settings)
    , m_centre(new BuildCentre(history, this))
    , m_givenTool(std::move(tool))
{
    setObjectName(QStringLiteral("buildsPlace"));
    setUpList();
    setUpPages();
    setUpActions();
    m_notifier = new Notifier(this);
    connect(m_centre, &BuildCentre::historyChanged, this, &BuildsPlace::onHistory);
    connect(m_centre, &BuildCentre::queueChanged, this, &BuildsPlace::onQueue);
    connect(m_centre, &BuildCentre::ended, this, &BuildsPlace::onEnded);
    connect(m_centre, &BuildCentre::planEnded, this, &BuildsPlace::onPlanEnded);
    connect(m_centre, &BuildCentre::failed, this, [this](const Problem &problem) { Q_EMIT statusMessage(sentence(problem)); });
    applySettings();
    showNothing();
    listHistory();
}

BuildsPlace::~BuildsPlace()
{
    m_creation.reset();
    m_centre->disconnect(this);
    m_list->selectionModel()->disconnect(this);
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
    std::vector<std::pair<QString, QString>> backends, services;
    for (const matrix::Backend &backend : loaded->workspace->matrix.backends)
        backends.emplace_back(QString::fromStdString(backend.title.empty() ? backend.id : backend.title), QString::fromStdString(backend.id));
    for (const matrix::Service &service : loaded->workspace->matrix.services)
        services.emplace_back(QString::fromStdString(service.name), QString::fromStdString(service.id));
    fill(m_backend, tr("All backends"), backends);
    fill(m_service, tr("All services"), services);
    m_new->setEnabled(true);
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
    m_new->setEnabled(m_loaded != nullptr);
    showNothing();
}

QList<QAction *> BuildsPlace::actions(PlaceMenu menu) const
{
    return menu == PlaceMenu::File ? m_fileActions : QList<QAction *>();
}

void BuildsPlace::find()
{
    if (m_pages->currentIndex() == planPage)
        m_plan->find();
    else if (m_pages->currentIndex() == buildPage && !m_list->hasFocus() && !m_find->hasFocus())
        m_page->log()->openFind();
    else
        m_find->setFocus(Qt::ShortcutFocusReason);
}

void BuildsPlace::copy()
{
    LogView *log = m_page->log()->view();
    if (m_pages->currentIndex() == buildPage && log->hasSelection() && !m_list->hasFocus()) {
        log->copy();
    } else if (const build::BuildRecord *record = m_model->record(m_list->currentIndex())) {
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
}

void BuildsPlace::saveLayout(Settings &settings) const
{
    for (const QSplitter *splitter : {m_across, m_page->splitter()})
        settings.setSplitter(splitter->objectName(), splitter->saveState());
}

/// Builds end with the window that runs them.
bool BuildsPlace::mayClose()
{
    if (!m_centre->queue().isBusy())
        return true;
    QMessageBox box(QMessageBox::Question, tr("Builds are running"),
                    tr("Builds are still running. Closing the window ends them; what waits is kept for the next time, and plans go on then."),
                    QMessageBox::NoButton, this);
    box.setObjectName(QStringLiteral("closeWithBuilds"));
    QPushButton *end = box.addButton(tr("&End them and close"), QMessageBox::DestructiveRole);
    box.setDefaultButton(box.addButton(tr("&Go on building"), QMessageBox::RejectRole));
    box.exec();
    return box.clickedButton() == end;
}

void BuildsPlace::newBuild()
{
    if (!m_loaded)
        return;
    m_list->clearSelection();
    m_list->setCurrentIndex({});
    m_pages->setCurrentIndex(planPage);
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

void BuildsPlace::onPlanEnded(qint64 id)
{
    const build::KeptPlan *plan = m_centre->planOf(id);
    if (!plan || !PlansPane::isShown(*plan))
        return;
    const QString text = PlansPane::describe(*plan);
    if (build::currentTime() - plan->id >= Notifier::longSeconds * 1'000'000'000)
        m_notifier->tell(tr("A plan has ended"), text);
    Q_EMIT statusMessage(tr("The plan has ended: %1.").arg(text));
}

/// Into the open file, as a step that can be undone; the user saves it.
void BuildsPlace::merge(qint64 id)
{
    const build::KeptPlan *plan = m_centre->planOf(id);
    if (!plan || !m_loaded || !m_documents)
        return;
    const auto change = workspace::mergeReleased(*m_loaded->workspace, PlansPane::released(*plan));
    if (!change) {
        Q_EMIT statusMessage(sentence(change.error()));
        return;
    }
    const auto document = m_documents->open(change->file);
    if (!document) {
        Q_EMIT statusMessage(sentence(document.error()));
        return;
    }
    if (!text::fits(change->patches, (*document)->text().size()) || text::patched((*document)->text(), change->patches) != change->text) {
        Q_EMIT statusMessage(tr("%1 is being read anew; try again.").arg(QString::fromStdString(change->file)));
        return;
    }
    (*document)->edit(change->patches, tr("Add to the catalogue"));
    Q_EMIT statusMessage(tr("%1 images were added to the catalogue; save to keep that.").arg(change->affected.size()));
}

void BuildsPlace::listHistory()
{
    build::HistoryFilter filter;
    filter.text = m_find->text().trimmed().toStdString();
    filter.target = m_service->currentData().toString().toStdString();
    filter.count = shownBuilds;
    const int state = m_state->currentData().toInt();
    if (state == -1)
        filter.running = true;
    else if (state >= 0)
        filter.outcome = static_cast<build::Outcome>(state);
    m_centre->list(filter);
}

void BuildsPlace::onHistory()
{
    const bool first = !std::exchange(m_listed, true);
    fillList();
    if (first && m_model->rowCount() > 0 && m_pages->currentIndex() == emptyPage) { // The newest is what most come for.
        m_list->setCurrentIndex(m_model->index(0));
        return;
    }
    showNothing();
    if (const build::BuildRecord *record = m_model->record(m_model->indexOfBuild(m_page->build())))
        m_page->update(*record);
    if (m_loaded)
        Q_EMIT ready();
}

/// One's own running builds get their record when they begin, so the history is asked anew then.
void BuildsPlace::onQueue()
{
    const BuildQueue &queue = m_centre->queue();
    const auto running = std::count_if(queue.items.begin(), queue.items.end(),
                                       [](const build::QueueItem &item) { return item.state == build::QueueState::Running; });
    const bool anyNew = std::any_of(queue.items.begin(), queue.items.end(), [this](const build::QueueItem &item) {
        return item.build != 0 && !m_model->indexOfBuild(item.build).isValid();
    });
    m_queueBar->setVisible(running > 0 || queue.waiting() > 0 || queue.isBusy());
    m_queueText->setText(queue.paused ? tr("Paused: %1 run, %2 wait").arg(running).arg(queue.waiting())
                                      : tr("%1 run, %2 wait").arg(running).arg(queue.waiting()));
    m_pause->setText(queue.paused ? tr("&Go on") : tr("&Pause"));
    if (anyNew)
        listHistory();
    fillList();
    if (const build::BuildRecord *record = m_model->record(m_model->indexOfBuild(m_page->build())))
        m_page->update(*record);
}

void BuildsPlace::onEnded(qint64 id)
{
    const auto &items = m_centre->queue().items;
    const auto item = std::find_if(items.begin(), items.end(), [id](const build::QueueItem &other) { return other.id == id; });
    if (item == items.end())
        return;
    const QString text = tr("%1: %2").arg(QString::fromStdString(item->request.platformTag), outcomeWord(item->end.outcome));
    const build::Time took = item->end.started > 0 ? item->end.ended - item->end.started : 0;
    if (took >= Notifier::longSeconds * 1'000'000'000)
        m_notifier->tell(tr("A build has ended"), tr("%1 after %2").arg(text, shownDuration(took)));
    const auto stillRuns = std::find_if(item->end.problems.begin(), item->end.problems.end(), [](const Problem &problem) {
        return problem.id == "build-still-running" || problem.id == "cancel-unverified" || problem.id == "needed-build-failed"
            || problem.severity == Severity::Error;
    });
    Q_EMIT statusMessage(stillRuns == item->end.problems.end() ? text : text + QStringLiteral(". ") + sentence(*stillRuns));
}

void BuildsPlace::fillList()
{
    std::vector<build::BuildRecord> records = m_centre->records();
    const std::string backend = m_backend->currentData().toString().toStdString();
    if (!backend.empty())
        std::erase_if(records, [&](const build::BuildRecord &record) { return record.request.backend != backend; });
    m_filling = true;
    const std::int64_t shown = m_page->build();
    m_model->set(m_centre->queue().items, records);
    if (m_pages->currentIndex() == buildPage && m_model->indexOfBuild(shown).isValid())
        m_list->setCurrentIndex(m_model->indexOfBuild(shown));
    m_filling = false;
}

void BuildsPlace::onChosen()
{
    const QModelIndex index = m_list->currentIndex();
    const build::QueueItem *item = m_model->item(index);
    m_takeOut->setVisible(item && item->state != build::QueueState::Ended);
    const build::BuildRecord *record = m_model->record(index);
    if (m_filling || (!record && !item))
        return;
    if (record) {
        m_pages->setCurrentIndex(buildPage);
        if (record->id != m_page->build())
            m_page->show(*record);
        return;
    }
    m_page->clear();
    m_pages->setCurrentIndex(emptyPage);
    const QString tag = QString::fromStdString(item->request.platformTag);
    QStringList why;
    for (const Problem &problem : item->end.problems)
        why << sentence(problem);
    if (item->state == build::QueueState::Ended)
        m_empty->show(tr("%1: %2").arg(tag, outcomeWord(item->end.outcome)), why.join(u' '), {});
    else
        m_empty->show(tr("%1 waits").arg(tag), m_centre->queue().paused ? tr("The queue is paused.") : tr("It starts when its builder has room."), {});
}

/// What stands there while no build is chosen.
void BuildsPlace::showNothing()
{
    if (m_pages->currentIndex() == planPage || m_page->build() != 0 || m_list->currentIndex().isValid())
        return;
    m_pages->setCurrentIndex(emptyPage);
    if (m_centre->problem())
        m_empty->show(tr("The history of builds cannot be read"), sentence(*m_centre->problem()), {});
    else if (m_model->rowCount() > 0)
        m_empty->show(tr("Choose a build"), tr("Its steps and every line of its log are shown here."), m_loaded ? tr("New build…") : QString());
    else if (!m_loaded)
        m_empty->show(tr("No pack centre is open"), tr("Open the folder that holds matrix.yml or pack/matrix.yaml."), tr("Open folder…"));
    else
        m_empty->show(tr("Nothing has been built yet"), tr("Choose images of the matrix and start; their logs are kept."), tr("New build…"));
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
    m_centre->setDiskLimit(static_cast<std::uint64_t>(m_settings.buildGigabytes()) * 1'000'000'000);
}

/// On a builder that keeps whole logs, and if there is none, on one that is created for that.
void BuildsPlace::buildUnclipped(build::Request request)
{
    constexpr const char *created = "unclipped";
    if (!m_centre->tool())
        return;
    const auto &builders = m_plan->builders();
    const auto known = std::find_if(builders.begin(), builders.end(), [&](const build::Builder &builder) {
        return !builder.mayClipLogs() && builder.error.empty() && builder.canRun(request.platform);
    });
    request.builder = known == builders.end() ? created : known->name;
    const QString name = QString::fromStdString(request.builder);
    if (known != builders.end()) {
        m_centre->add(request);
        Q_EMIT statusMessage(tr("It is built again on %1, which keeps the whole log.").arg(name));
        return;
    }
    build::NewBuilder wanted;
    wanted.name = created;
    m_creation = std::make_unique<build::ToolCall>(*m_centre->tool(), *build::createArguments(wanted), [this, request, name](const build::Answer &answer) {
        if (answer.good()) {
            m_plan->lookForBuilders();
            m_centre->add(request);
            Q_EMIT statusMessage(tr("The builder %1 was created; it keeps the whole log, and the image is built again there.").arg(name));
        } else {
            Q_EMIT statusMessage(sentence(build::explainError(answer.reason(), "buildx-failed")));
        }
    });
}

void BuildsPlace::takeOut()
{
    if (const build::QueueItem *item = m_model->item(m_list->currentIndex()))
        m_centre->cancel(item->id);
}

} // namespace runner::ui
