// BuildsPlace: how its panes and commands are put together.
#include "builds/buildsplace.h"

#include "builds/buildlistmodel.h"
#include "builds/buildlistview.h"
#include "builds/buildpage.h"
#include "builds/buildwords.h"
#include "builds/planpage.h"
#include "builds/planspane.h"
#include "support/emptystate.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace runner::ui {

namespace {

constexpr int typingMilliseconds = 150;

QComboBox *makeBox(const QString &name, const QString &accessible)
{
    auto *box = new QComboBox;
    box->setObjectName(name);
    box->setAccessibleName(accessible);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(5);
    return box;
}

} // namespace

void BuildsPlace::setUpList()
{
    auto *pane = new QWidget;
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins(0, gridUnit, 0, 0);
    layout->setSpacing(gridUnit / 2);
    setUpFilters(pane);
    m_plans = new PlansPane(m_centre);
    layout->addWidget(m_plans);
    connect(m_plans, &PlansPane::mergeRequested, this, &BuildsPlace::merge);
    m_model = new BuildListModel(this);
    m_list = new QListView;
    m_list->setObjectName(QStringLiteral("buildList"));
    m_list->setAccessibleName(tr("Builds"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new BuildDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    layout->addWidget(m_list, 1);
    setUpQueue(pane);
    m_across = new QSplitter(Qt::Horizontal);
    m_across->setObjectName(QStringLiteral("buildsAcross"));
    m_across->setChildrenCollapsible(false);
    m_across->setHandleWidth(gridUnit / 2);
    m_across->addWidget(pane);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &BuildsPlace::onChosen);
}

void BuildsPlace::setUpFilters(QWidget *pane)
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
    m_state->addItem(tr("All states"), -3);
    m_state->addItem(outcomeWord({}), -1);
    for (const build::Outcome outcome : {build::Outcome::Succeeded, build::Outcome::Failed, build::Outcome::Cancelled,
                                         build::Outcome::CouldNotStart, build::Outcome::Interrupted})
        m_state->addItem(outcomeWord(outcome), static_cast<int>(outcome));
    m_backend = makeBox(QStringLiteral("buildsBackend"), tr("Backend"));
    m_backend->addItem(tr("All backends"), QString());
    m_service = makeBox(QStringLiteral("buildsService"), tr("Service"));
    m_service->addItem(tr("All services"), QString());
    auto *first = new QHBoxLayout;
    first->setContentsMargins(gridUnit, 0, gridUnit / 2, 0);
    first->addWidget(m_find, 1);
    first->addWidget(m_new);
    auto *second = new QHBoxLayout;
    second->setContentsMargins(gridUnit, 0, gridUnit / 2, 0);
    second->setSpacing(gridUnit / 2);
    for (QComboBox *box : {m_state, m_backend, m_service})
        second->addWidget(box, 1);
    auto *layout = static_cast<QVBoxLayout *>(pane->layout());
    layout->addLayout(first);
    layout->addLayout(second);
    auto *typed = new QTimer(this);
    typed->setSingleShot(true);
    typed->setInterval(typingMilliseconds);
    connect(typed, &QTimer::timeout, this, &BuildsPlace::listHistory);
    connect(m_find, &QLineEdit::textChanged, typed, qOverload<>(&QTimer::start));
    for (QComboBox *box : {m_state, m_backend, m_service})
        connect(box, &QComboBox::currentIndexChanged, this, &BuildsPlace::listHistory);
    connect(m_new, &QPushButton::clicked, this, &BuildsPlace::newBuild);
}

void BuildsPlace::setUpQueue(QWidget *pane)
{
    m_queueBar = new QWidget;
    m_queueBar->setObjectName(QStringLiteral("queueBar"));
    auto *layout = new QHBoxLayout(m_queueBar);
    layout->setContentsMargins(gridUnit, 0, gridUnit / 2, gridUnit / 2);
    layout->setSpacing(gridUnit / 2);
    m_queueText = new QLabel;
    m_queueText->setObjectName(QStringLiteral("queueText"));
    m_takeOut = new QPushButton(tr("&Take out"));
    m_takeOut->setObjectName(QStringLiteral("queueTakeOut"));
    m_takeOut->setToolTip(tr("Take the chosen build out of the queue"));
    m_takeOut->hide();
    m_pause = new QPushButton(tr("&Pause"));
    m_pause->setObjectName(QStringLiteral("queuePause"));
    m_pause->setToolTip(tr("A paused queue starts nothing; what runs goes on"));
    layout->addWidget(m_queueText, 1);
    layout->addWidget(m_takeOut);
    layout->addWidget(m_pause);
    m_queueBar->hide();
    static_cast<QVBoxLayout *>(pane->layout())->addWidget(m_queueBar);
    connect(m_takeOut, &QPushButton::clicked, this, &BuildsPlace::takeOut);
    connect(m_pause, &QPushButton::clicked, this, [this] {
        if (m_centre->queue().paused && !m_centre->tool()) { // It says what is missing.
            newBuild();
            return;
        }
        m_centre->setPaused(!m_centre->queue().paused);
    });
}

void BuildsPlace::setUpPages()
{
    m_empty = new EmptyState;
    m_plan = new PlanPage(m_centre);
    m_page = new BuildPage(m_centre);
    m_pages = new QStackedWidget;
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_plan);
    m_pages->addWidget(m_page);
    m_across->addWidget(m_pages);
    m_across->setStretchFactor(1, 1);
    m_across->setSizes({38 * gridUnit, 1280 - 38 * gridUnit});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_across);
    setFocusProxy(m_list);
    connect(m_empty, &EmptyState::actionTriggered, this, [this] {
        if (m_loaded)
            newBuild();
        else
            Q_EMIT openRequested();
    });
    connect(m_plan, &PlanPage::statusMessage, this, &Place::statusMessage);
    connect(m_plan, &PlanPage::started, this, [this](int builds) {
        Q_EMIT statusMessage(builds == 1 ? tr("1 build is in the queue.") : tr("%1 builds are in the queue.").arg(builds));
    });
    connect(m_plan, &PlanPage::buildersWanted, this, &BuildsPlace::showBuilders);
    connect(m_page, &BuildPage::unclippedRequested, this, &BuildsPlace::buildUnclipped);
    connect(m_page, &BuildPage::statusMessage, this, &Place::statusMessage);
    connect(m_page, &BuildPage::revealRequested, this, &Place::revealRequested);
    connect(m_page, &BuildPage::loaded, this, [this] {
        if (m_loaded)
            Q_EMIT ready();
    });
}

void BuildsPlace::setUpActions()
{
    auto *build = new QAction(tr("&New build…"), this);
    build->setObjectName(QStringLiteral("newBuild"));
    build->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_B));
    connect(build, &QAction::triggered, this, &BuildsPlace::newBuild);
    auto *builders = new QAction(tr("B&uilders…"), this);
    builders->setObjectName(QStringLiteral("builders"));
    connect(builders, &QAction::triggered, this, &BuildsPlace::showBuilders);
    auto *settings = new QAction(tr("&Settings of builds…"), this);
    settings->setObjectName(QStringLiteral("buildSettings"));
    connect(settings, &QAction::triggered, this, &BuildsPlace::showSettings);
    m_fileActions << build << builders << settings;
}

} // namespace runner::ui
