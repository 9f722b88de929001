#include "window/mainwindow.h"

#include "diagnostics/problemspane.h"
#include "documents/documentset.h"
#include "documents/fixmenu.h"
#include "documents/matrixdocument.h"
#include "onboard/onboarding.h"
#include "support/supportplace.h"
#include "theme/icons.h"
#include "theme/theme.h"
#include "window/places.h"
#include "window/placestack.h"
#include "window/sidebar.h"

#include <QAction>
#include <QCloseEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QSplitter>
#include <QStackedWidget>

#include <algorithm>
#include <chrono>
#include <string_view>

namespace runner::ui {

namespace {

constexpr int slowMilliseconds = 300;
constexpr int iconMilliseconds = 200; // The window's icon, in all its sizes, can wait for the first frame.
constexpr int openMilliseconds = 50;  // So can what the places edit.
constexpr auto frame = std::chrono::milliseconds(16);
constexpr int low = 56 * gridUnit; // Below this the place needs the height for itself.

/// The first local folder of a drop, or the folder of its first file.
QString folderOf(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    for (const QUrl &url : urls) {
        const QFileInfo info(url.toLocalFile());
        if (url.isLocalFile() && info.exists())
            return info.isDir() ? info.absoluteFilePath() : info.absolutePath();
    }
    return {};
}

} // namespace

MainWindow::MainWindow(Settings &settings, QWidget *parent)
    : QMainWindow(parent)
    , m_settings(settings)
    , m_loader(new WorkspaceLoader(this))
    , m_documents(new DocumentSet(this))
    , m_matrix(new MatrixDocument(this))
    , m_onboarding(new Onboarding(*m_documents, this))
    , m_places(placeKinds().size(), nullptr)
    , m_given(placeKinds().size())
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("Runner Console"));
    setAcceptDrops(true);
    resize(1280, 800);
    setUpCentre();
    setUpStatusBar();
    setUpMenus();
    connectLoader();
    setUpDocuments();
    connect(m_onboarding, &Onboarding::filesWritten, this, &MainWindow::reload);
    connect(m_onboarding, &Onboarding::statusMessage, this, &MainWindow::showMessage);
    switchTo(0);
    m_slow.setSingleShot(true);
    m_slow.setInterval(slowMilliseconds);
    connect(&m_slow, &QTimer::timeout, this, [this] { m_lastLoad->setText(tr("Reading…")); });
    QTimer::singleShot(iconMilliseconds, this, [this] { setWindowIcon(drawnIcon(QStringLiteral("runner-console"))); });
}

/// The places go before the open files that they show, and what those say while they go is for nobody.
MainWindow::~MainWindow()
{
    m_documents->disconnect(this);
    delete takeCentralWidget();
}

void MainWindow::setUpCentre()
{
    m_sidebar = new Sidebar;
    auto *places = new PlaceStack;
    m_stack = places;
    m_problemModel = new ProblemModel(this);
    m_problems = new ProblemsPane(m_problemModel);
    m_problems->hide();
    m_down = new QSplitter(Qt::Vertical);
    m_down->setObjectName(QStringLiteral("problemsSplitter"));
    m_down->addWidget(new PlaceArea(places));
    m_down->addWidget(m_problems);
    m_down->setStretchFactor(0, 1);
    m_down->setSizes({800 - 16 * gridUnit, 16 * gridUnit});
    m_down->setChildrenCollapsible(false);
    m_down->setHandleWidth(gridUnit / 2);
    m_down->setMinimumSize(36 * gridUnit, 20 * gridUnit); // Not that of both panes: one of them can go.
    auto *centre = new QWidget;
    auto *across = new QHBoxLayout(centre);
    across->setContentsMargins(0, 0, 0, 0);
    across->setSpacing(0);
    across->addWidget(m_sidebar);
    across->addWidget(m_down, 1);
    setCentralWidget(centre);
    connect(m_sidebar, &Sidebar::chosen, this, &MainWindow::switchTo);
    connect(m_problems, &QAbstractItemView::activated, this, &MainWindow::onProblemActivated);
    connect(m_problems->selectionModel(), &QItemSelectionModel::currentChanged, this, &MainWindow::onProblemChosen);
    connect(m_problems, &ProblemsPane::menuAboutToShow, this, [this](QMenu *menu, int row) {
        if (row >= 0)
            addFixes(*menu, m_loader->current(), *m_documents,
                     m_problemModel->problems()[static_cast<std::size_t>(row)]);
    });
}

void MainWindow::connectLoader()
{
    connect(m_loader, &WorkspaceLoader::loadStarted, &m_slow, qOverload<>(&QTimer::start));
    connect(m_loader, &WorkspaceLoader::loaded, this, &MainWindow::onLoaded);
    connect(m_loader, &WorkspaceLoader::loadFailed, this, &MainWindow::onLoadFailed);
}

Place *MainWindow::place(int number)
{
    Place *&page = m_places[static_cast<std::size_t>(number)];
    if (page)
        return page;
    page = placeKinds()[static_cast<std::size_t>(number)].make(m_settings);
    page->setDocuments(*m_documents, *m_matrix);
    page->restoreLayout(m_settings);
    m_stack->addWidget(page);
    connect(page, &Place::openRequested, this, &MainWindow::chooseFolder);
    connect(page, &Place::statusMessage, this, &MainWindow::showMessage);
    connect(page, &Place::ready, this, &MainWindow::onPlaceReady);
    connect(page, &Place::editedDocumentChanged, this, &MainWindow::updateActive);
    connect(page, &Place::revealRequested, this, &MainWindow::reveal);
    connect(page, &Place::canBuildChanged, this, &MainWindow::updateBuild);
    connect(page, &Place::buildRequested, this, &MainWindow::build);
    if (auto *support = qobject_cast<SupportPlace *>(page))
        connect(support, &SupportPlace::tablePainted, this, &MainWindow::onTablePainted);
    if (m_loader->current())
        giveWorkspace(number);
    else
        page->setIdle(m_loader->isLoading());
    if (m_loader->error())
        page->setError(m_loader->error());
    return page;
}

Place *MainWindow::currentPlace() const
{
    return static_cast<Place *>(m_stack->currentWidget());
}

SupportPlace *MainWindow::support()
{
    return static_cast<SupportPlace *>(place(0));
}

void MainWindow::switchTo(int number)
{
    Place *shown = place(number);
    m_loader->setTableShown(placeKinds()[static_cast<std::size_t>(number)].id != std::string_view("matrix"));
    giveWorkspace(number);
    m_stack->setCurrentWidget(shown);
    m_sidebar->setCurrent(number);
    showActions(shown);
    updateBuild();
    updateActive();
    QWidget *last = shown->focusWidget(); // Where the user was, or what is to be seen there.
    (last && last->isVisible() ? last : shown)->setFocus(Qt::ShortcutFocusReason);
}

bool MainWindow::showPlace(const QString &id)
{
    const int number = findPlaceKind(id);
    if (number >= 0)
        switchTo(number);
    return number >= 0;
}

bool MainWindow::reveal(const Location &where)
{
    if (currentPlace()->reveal(where))
        return true;
    for (int i = 0; i < static_cast<int>(m_places.size()); ++i) {
        if (!placeKinds()[static_cast<std::size_t>(i)].shows(where.file) || !place(i)->reveal(where))
            continue;
        switchTo(i);
        return true;
    }
    return false;
}

void MainWindow::onProblemActivated(const QModelIndex &index)
{
    const Location &where = m_problemModel->problems()[static_cast<std::size_t>(index.row())].where;
    if (!reveal(where))
        showMessage(tr("%1 is not a file that this window shows.").arg(QString::fromStdString(where.file)));
}

void MainWindow::restoreLayout()
{
    restoreGeometry(m_settings.geometry());
    m_down->restoreState(m_settings.splitter(m_down->objectName()));
    showPlace(m_settings.place());
}

void MainWindow::saveLayout()
{
    m_settings.setGeometry(saveGeometry());
    m_settings.setSplitter(m_down->objectName(), m_down->saveState());
    m_settings.setPlace(QLatin1String(placeKinds()[static_cast<std::size_t>(m_sidebar->current())].id));
    for (const Place *page : m_places) {
        if (page)
            page->saveLayout(m_settings);
    }
}

void MainWindow::openFolder(const QString &folder)
{
    if (!mayLoseWork())
        return;
    m_loader->open(folder);
    if (!m_loader->current() && m_loader->isLoading())
        currentPlace()->setIdle(true);
}

void MainWindow::adopt(const QString &folder, std::shared_future<LoadResult> load)
{
    load.wait_for(frame); // Nearly there: worth more than a frame that only says so.
    m_loader->adopt(folder, std::move(load));
    if (m_loader->isLoading() && !m_loader->current())
        currentPlace()->setIdle(true);
}

void MainWindow::onLoaded()
{
    m_slow.stop();
    const bool fresh = m_documents->root() != m_loader->current()->workspace->root;
    giveWorkspace(m_sidebar->current());
    const LoadedPointer &saved = m_loader->current()->saved ? m_loader->current()->saved : m_loader->current();
    m_onboarding->setCentre(saved->workspace->matrixProblem ? nullptr : saved->workspace);
    for (Place *page : m_places) {
        if (page)
            page->setError(m_loader->error());
    }
    if (fresh) {
        m_matrix->setDocument(nullptr);
        m_documents->setRoot(m_loader->current()->workspace->root);
        m_settings.addRecent(m_loader->folder());
        m_recent->setEnabled(true);
        updateTitle();
        QTimer::singleShot(m_painted ? 0 : openMilliseconds, this, &MainWindow::openMatrix);
    }
    updateProblems();
    updateStatus();
}

void MainWindow::giveWorkspace(int number)
{
    Place *page = m_places[static_cast<std::size_t>(number)];
    LoadedPointer &given = m_given[static_cast<std::size_t>(number)];
    if (!page || !m_loader->current() || given == m_loader->current())
        return;
    given = m_loader->current();
    page->setWorkspace(given);
    if (m_loader->error()) // It has not said so yet, or was told before it was given this state.
        page->setError(m_loader->error());
}

void MainWindow::onLoadFailed()
{
    m_slow.stop();
    for (Place *page : m_places) {
        if (page)
            page->setError(m_loader->error());
    }
    updateProblems();
    updateStatus();
}

void MainWindow::onTablePainted()
{
    if (!std::exchange(m_painted, true))
        QTimer::singleShot(0, this, &MainWindow::updateProblems);
    Q_EMIT tablePainted();
}

void MainWindow::onPlaceReady()
{
    if (!std::exchange(m_painted, true))
        updateProblems();
    if (sender() == currentPlace())
        Q_EMIT placeReady();
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    if (m_low == (height() < low))
        return;
    m_low = !m_low;
    m_adapting = true;
    m_problemsAction->setChecked(!m_low && m_settings.problemsShown());
    m_adapting = false;
}

/// The status bar has room for what the columns may cut off.
void MainWindow::onProblemChosen(const QModelIndex &index)
{
    if (index.isValid())
        showMessage(index.data(Qt::ToolTipRole).toString());
}

void MainWindow::setProblemsVisible(bool visible)
{
    if (!m_low && !m_adapting) // What a small window makes of it is not what the user wants of a large one.
        m_settings.setProblemsShown(visible);
    m_problems->setVisible(visible && !allProblems().empty());
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    const bool mayClose = mayLoseWork() && std::all_of(m_places.begin(), m_places.end(), [](Place *page) {
                              return !page || page->mayClose();
                          });
    if (!mayClose) {
        event->ignore();
        return;
    }
    m_onboarding->leave();
    saveLayout();
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!folderOf(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QString folder = folderOf(event->mimeData());
    if (folder.isEmpty())
        return;
    event->acceptProposedAction();
    openFolder(folder);
}

} // namespace runner::ui
