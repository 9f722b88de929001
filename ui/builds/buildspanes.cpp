// BuildsPlace: how its panes and commands are put together.
#include "builds/buildlistpane.h"
#include "builds/buildnews.h"
#include "builds/buildpage.h"
#include "builds/buildsplace.h"
#include "builds/comparepage.h"
#include "builds/planpage.h"
#include "builds/unclippedbuild.h"
#include "place/emptystate.h"
#include "theme/theme.h"

#include <QAction>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace runner::ui {

namespace {

constexpr int listWidth = 44 * gridUnit; ///< Its three filters show all they say.

} // namespace

void BuildsPlace::setUpPanes()
{
    m_side = new BuildListPane(m_centre);
    m_across = new QSplitter(Qt::Horizontal);
    m_across->setObjectName(QStringLiteral("buildsAcross"));
    m_across->setChildrenCollapsible(false);
    m_across->setHandleWidth(gridUnit / 2);
    m_across->addWidget(m_side);
    setUpPages();
    m_across->addWidget(m_pages);
    m_across->setStretchFactor(1, 1);
    m_across->setSizes({listWidth, 1280 - listWidth});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_across);
    setFocusProxy(m_side);
    connect(m_side, &BuildListPane::choiceChanged, this, &BuildsPlace::onChosen);
    connect(m_side, &BuildListPane::newBuildRequested, this, &BuildsPlace::newBuild);
    connect(m_side, &BuildListPane::chooseRequested, this, &BuildsPlace::chooseAgain);
    connect(m_side, &BuildListPane::mergeRequested, this, &BuildsPlace::merge);
    connectPages();
}

void BuildsPlace::setUpPages()
{
    m_empty = new EmptyState;
    m_plan = new PlanPage(m_centre);
    m_page = new BuildPage(m_centre);
    m_compare = new ComparePage(m_centre);
    m_pages = new QStackedWidget;
    for (QWidget *page : {static_cast<QWidget *>(m_empty), static_cast<QWidget *>(m_plan),
                          static_cast<QWidget *>(m_page), static_cast<QWidget *>(m_compare)})
        m_pages->addWidget(page);
    // Only the page that is shown asks for room: the plan's options would make the empty one scroll.
    const auto give = [this] {
        for (int i = 0; i < m_pages->count(); ++i) {
            const auto policy = i == m_pages->currentIndex() ? QSizePolicy::Preferred : QSizePolicy::Ignored;
            m_pages->widget(i)->setSizePolicy(policy, policy);
        }
    };
    connect(m_pages, &QStackedWidget::currentChanged, this, give);
    give();
    m_unclipped = new UnclippedBuild(m_centre, this);
    connect(m_unclipped, &UnclippedBuild::statusMessage, this, &Place::statusMessage);
    connect(m_unclipped, &UnclippedBuild::builderCreated, m_plan, &PlanPage::lookForBuilders);
    auto *news = new BuildNews(m_centre, this);
    connect(news, &BuildNews::statusMessage, this, &Place::statusMessage);
}

void BuildsPlace::connectPages()
{
    connect(m_empty, &EmptyState::actionTriggered, this, [this] {
        if (m_loaded)
            newBuild();
        else
            Q_EMIT openRequested();
    });
    connect(m_plan, &PlanPage::statusMessage, this, &Place::statusMessage);
    connect(m_plan, &PlanPage::started, this, [this](int builds) {
        awaitStart();
        Q_EMIT statusMessage(builds == 1 ? tr("1 build is in the queue.")
                                         : tr("%1 builds are in the queue.").arg(builds));
    });
    connect(m_plan, &PlanPage::buildersWanted, this, &BuildsPlace::showBuilders);
    connect(m_page, &BuildPage::unclippedRequested, this,
            [this](const build::Request &request) { m_unclipped->start(request, m_plan->builders()); });
    connect(m_page, &BuildPage::statusMessage, this, &Place::statusMessage);
    connect(m_page, &BuildPage::startedAgain, this, &BuildsPlace::awaitStart);
    connect(m_page, &BuildPage::revealRequested, this, &BuildsPlace::showBuiltLine);
    connect(m_page, &BuildPage::loaded, this, [this] {
        if (m_loaded)
            Q_EMIT ready();
    });
    connect(m_compare, &ComparePage::compared, this, &Place::ready);
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
