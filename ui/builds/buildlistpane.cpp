#include "builds/buildlistpane.h"

#include "builds/buildlistmenu.h"
#include "builds/buildlistmodel.h"
#include "builds/buildlistview.h"
#include "builds/buildwords.h"
#include "builds/planspane.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace runner::ui {

namespace {

constexpr int typingMilliseconds = 150;
constexpr int shownBuilds = 300;
constexpr int anyState = -3;
constexpr int runningState = -1;

QComboBox *makeBox(const QString &name, const QString &accessible)
{
    auto *box = new QComboBox;
    box->setObjectName(name);
    box->setAccessibleName(accessible);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(2);
    return box;
}

QHBoxLayout *addRow(QWidget *pane)
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(gridUnit, 0, gridUnit / 2, 0);
    row->setSpacing(gridUnit / 2);
    static_cast<QVBoxLayout *>(pane->layout())->addLayout(row);
    return row;
}

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

/// As the history chooses its builds; one that only waits is in no state that can be chosen.
bool letsThrough(const build::HistoryFilter &filter, const build::QueueItem &item)
{
    build::BuildRecord record;
    record.request = item.request;
    const bool ended = item.state == build::QueueState::Ended;
    return QString::fromStdString(record.image()).contains(QString::fromStdString(filter.text), Qt::CaseInsensitive)
           && (filter.target.empty() || filter.target == item.request.target)
           && (filter.backend.empty() || filter.backend == item.request.backend)
           && (!filter.running || (!ended && item.state != build::QueueState::Waiting))
           && (!filter.outcome || (ended && item.end.outcome == *filter.outcome));
}

} // namespace

BuildListPane::BuildListPane(BuildCentre *centre, QWidget *parent)
    : QWidget(parent)
    , m_centre(centre)
    , m_model(new BuildListModel(this))
{
    setObjectName(QStringLiteral("buildListPane"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, gridUnit, 0, 0);
    layout->setSpacing(gridUnit / 2);
    setUpFilters();
    auto *plans = new PlansPane(m_centre);
    layout->addWidget(plans);
    connect(plans, &PlansPane::chooseRequested, this, &BuildListPane::chooseRequested);
    connect(plans, &PlansPane::mergeRequested, this, &BuildListPane::mergeRequested);
    setUpList();
    setUpQueue();
}

BuildListPane::~BuildListPane()
{
    m_list->selectionModel()->disconnect(this);
}

void BuildListPane::setUpFilters()
{
    m_new = new QPushButton(tr("&New build…"));
    m_new->setObjectName(QStringLiteral("buildsNew"));
    m_new->setEnabled(false);
    m_find = new QLineEdit;
    m_find->setObjectName(QStringLiteral("buildsFind"));
    m_find->setPlaceholderText(tr("Find a build"));
    m_find->setAccessibleName(m_find->placeholderText());
    m_find->setClearButtonEnabled(true);
    m_state = makeBox(QStringLiteral("buildsState"), tr("State"));
    m_state->addItem(tr("States: all"), anyState);
    m_state->addItem(outcomeWord({}), runningState);
    for (const build::Outcome outcome : {build::Outcome::Succeeded, build::Outcome::Failed, build::Outcome::Cancelled,
                                         build::Outcome::CouldNotStart, build::Outcome::Interrupted})
        m_state->addItem(outcomeWord(outcome), static_cast<int>(outcome));
    m_backend = makeBox(QStringLiteral("buildsBackend"), tr("Backend"));
    m_backend->addItem(tr("Backends: all"), QString());
    m_service = makeBox(QStringLiteral("buildsService"), tr("Service"));
    m_service->addItem(tr("Services: all"), QString());
    QHBoxLayout *first = addRow(this);
    first->addWidget(m_find, 1);
    first->addWidget(m_new);
    QHBoxLayout *second = addRow(this);
    auto *typed = new QTimer(this);
    typed->setSingleShot(true);
    typed->setInterval(typingMilliseconds);
    connect(typed, &QTimer::timeout, this, &BuildListPane::listHistory);
    connect(m_find, &QLineEdit::textChanged, typed, qOverload<>(&QTimer::start));
    connect(m_new, &QPushButton::clicked, this, &BuildListPane::newBuildRequested);
    for (QComboBox *box : {m_state, m_backend, m_service}) {
        second->addWidget(box, 1);
        connect(box, &QComboBox::currentIndexChanged, this, &BuildListPane::listHistory);
    }
}

void BuildListPane::setUpList()
{
    m_list = new QListView;
    m_list->setObjectName(QStringLiteral("buildList"));
    m_list->setAccessibleName(tr("Builds"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new BuildDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_none = new QLabel(tr("No build matches."));
    m_none->setObjectName(QStringLiteral("buildsNone"));
    m_none->setContentsMargins(gridUnit, gridUnit / 2, gridUnit, gridUnit / 2);
    m_none->hide();
    layout()->addWidget(m_none);
    static_cast<QVBoxLayout *>(layout())->addWidget(m_list, 1);
    setFocusProxy(m_list);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_list, &QWidget::customContextMenuRequested, this, &BuildListPane::showMenu);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &BuildListPane::onChosen);
}

void BuildListPane::showMenu(const QPoint &place)
{
    if (chosen().isEmpty())
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("buildMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillBuildMenu(*menu, *m_centre, *m_model, chosen());
    const QRect current = m_list->visualRect(m_list->currentIndex());
    menu->popup(m_list->viewport()->mapToGlobal(m_list->indexAt(place).isValid() ? place : current.center()));
}

void BuildListPane::setUpQueue()
{
    m_queueBar = new QWidget;
    m_queueBar->setObjectName(QStringLiteral("queueBar"));
    auto *row = new QHBoxLayout(m_queueBar);
    row->setContentsMargins(gridUnit, 0, gridUnit / 2, gridUnit / 2);
    row->setSpacing(gridUnit / 2);
    m_queueText = new QLabel;
    m_queueText->setObjectName(QStringLiteral("queueText"));
    m_takeOut = new QPushButton(tr("&Take out"));
    m_takeOut->setObjectName(QStringLiteral("queueTakeOut"));
    m_takeOut->setToolTip(tr("Take the chosen builds out of the queue"));
    m_takeOut->hide();
    m_pause = new QPushButton(tr("&Pause"));
    m_pause->setObjectName(QStringLiteral("queuePause"));
    m_pause->setToolTip(tr("A paused queue starts nothing; what runs goes on"));
    row->addWidget(m_queueText, 1);
    row->addWidget(m_takeOut);
    row->addWidget(m_pause);
    m_queueBar->hide();
    static_cast<QVBoxLayout *>(layout())->addWidget(m_queueBar);
    connect(m_takeOut, &QPushButton::clicked, this, &BuildListPane::takeOut);
    connect(m_pause, &QPushButton::clicked, this, [this] {
        if (m_centre->queue().paused && !m_centre->tool()) // The plan says what is missing.
            Q_EMIT newBuildRequested();
        else
            m_centre->setPaused(!m_centre->queue().paused);
    });
}

void BuildListPane::setWorkspace(const workspace::Workspace &workspace)
{
    std::vector<std::pair<QString, QString>> backends, services;
    for (const matrix::Backend &backend : workspace.matrix.backends)
        backends.emplace_back(QString::fromStdString(backend.title.empty() ? backend.id : backend.title),
                              QString::fromStdString(backend.id));
    for (const matrix::Service &service : workspace.matrix.services)
        services.emplace_back(QString::fromStdString(service.name), QString::fromStdString(service.id));
    fill(m_backend, tr("Backends: all"), backends);
    fill(m_service, tr("Services: all"), services);
}

void BuildListPane::setCanBuild(bool can)
{
    m_new->setEnabled(can);
}

void BuildListPane::clearFilters()
{
    m_find->clear();
    for (QComboBox *box : {m_state, m_backend, m_service})
        box->setCurrentIndex(0);
}

bool BuildListPane::isFiltered() const
{
    return !m_find->text().trimmed().isEmpty() || m_state->currentIndex() > 0 || m_backend->currentIndex() > 0
           || m_service->currentIndex() > 0;
}

void BuildListPane::listHistory()
{
    build::HistoryFilter filter;
    filter.text = m_find->text().trimmed().toStdString();
    filter.target = m_service->currentData().toString().toStdString();
    filter.backend = m_backend->currentData().toString().toStdString();
    filter.count = shownBuilds;
    const int state = m_state->currentData().toInt();
    if (state == runningState)
        filter.running = true;
    else if (state >= 0)
        filter.outcome = static_cast<build::Outcome>(state);
    m_filter = filter;
    m_centre->list(filter);
}

/// Of the queue: what the filters let through, as the history does for its builds. What a plan had cancelled goes when
/// that is put away.
std::vector<build::QueueItem> BuildListPane::shownItems() const
{
    std::vector<build::QueueItem> items = m_centre->queue().items;
    std::erase_if(items, [this](const build::QueueItem &item) {
        const bool never = item.state == build::QueueState::Ended && item.build == 0;
        return (never && m_centre->isPutAway(item.plan)) || !letsThrough(m_filter, item);
    });
    return items;
}

/// One's own running builds get their record when they begin, so the history is asked anew then.
void BuildListPane::showQueue()
{
    const BuildQueue &queue = m_centre->queue();
    const auto running = std::count_if(queue.items.begin(), queue.items.end(), [](const build::QueueItem &item) {
        return item.state == build::QueueState::Running;
    });
    const bool anyNew = std::any_of(queue.items.begin(), queue.items.end(), [this](const build::QueueItem &item) {
        return item.build != 0 && item.state != build::QueueState::Ended
               && !m_model->indexOfBuild(item.build).isValid();
    });
    m_queueBar->setVisible(running > 0 || queue.waiting() > 0 || queue.isBusy());
    m_queueText->setText(queue.paused ? tr("Paused: %1 run, %2 wait").arg(running).arg(queue.waiting())
                                      : tr("%1 run, %2 wait").arg(running).arg(queue.waiting()));
    m_pause->setText(queue.paused ? tr("&Go on") : tr("&Pause"));
    if (anyNew)
        listHistory();
}

void BuildListPane::refresh(std::int64_t shown)
{
    const auto waits = [this](const QModelIndex &row) { return m_model->item(row) != nullptr; };
    const QModelIndexList before = chosen();
    const auto waiting = std::count_if(before.begin(), before.end(), waits);
    m_filling = true;
    m_model->set(shownItems(), m_centre->records());
    if (chosen().isEmpty() && m_model->indexOfBuild(shown).isValid())
        m_list->setCurrentIndex(m_model->indexOfBuild(shown));
    m_filling = false;
    m_none->setVisible(isFiltered() && m_model->rowCount() == 0);
    const QModelIndexList after = chosen();
    if (std::count_if(after.begin(), after.end(), waits)
        != waiting) // What was chosen has begun: there is a build to show.
        onChosen();
}

void BuildListPane::find()
{
    m_find->setFocus(Qt::ShortcutFocusReason);
}

bool BuildListPane::hasKeyboard() const
{
    return m_list->hasFocus() || m_find->hasFocus();
}

bool BuildListPane::isFinding() const
{
    return m_find->hasFocus();
}

QModelIndexList BuildListPane::chosen() const
{
    QModelIndexList rows = m_list->selectionModel()->selectedIndexes();
    std::sort(rows.begin(), rows.end());
    return rows;
}

void BuildListPane::choose(const QModelIndex &index)
{
    m_list->setCurrentIndex(index);
}

void BuildListPane::chooseNothing()
{
    m_list->clearSelection();
    m_list->setCurrentIndex({});
}

void BuildListPane::onChosen()
{
    const QModelIndexList rows = chosen();
    m_takeOut->setVisible(std::any_of(rows.begin(), rows.end(), [this](const QModelIndex &row) {
        const build::QueueItem *item = m_model->item(row);
        return item && item->state != build::QueueState::Ended;
    }));
    if (!m_filling)
        Q_EMIT choiceChanged();
}

void BuildListPane::takeOut()
{
    const QModelIndexList rows = chosen();
    for (const QModelIndex &row : rows) {
        if (const build::QueueItem *item = m_model->item(row))
            m_centre->cancel(item->id);
    }
}

} // namespace runner::ui
