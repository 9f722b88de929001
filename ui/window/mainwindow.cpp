#include "window/mainwindow.h"

#include "diagnostics/problemspane.h"
#include "support/detailspane.h"
#include "support/filterbar.h"
#include "support/supportpage.h"
#include "support/supportview.h"
#include "theme/theme.h"

#include <QAction>
#include <QCloseEvent>
#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QSplitter>
#include <QStatusBar>
#include <QTime>

#include <algorithm>

namespace runner::ui {

namespace {

constexpr int slowMilliseconds = 300;
constexpr int detailsDelay = 30;

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
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("Runner Console"));
    setAcceptDrops(true);
    resize(1280, 800);
    setUpCentre();
    setUpMenus();
    connectLoader();
    m_slow.setSingleShot(true);
    m_slow.setInterval(slowMilliseconds);
    connect(&m_slow, &QTimer::timeout, this, [this] { m_lastLoad->setText(tr("Reading…")); });
    m_detailsTimer.setSingleShot(true);
    m_detailsTimer.setInterval(detailsDelay);
    connect(&m_detailsTimer, &QTimer::timeout, this, &MainWindow::showEntry);
}

void MainWindow::setUpCentre()
{
    m_page = new SupportPage;
    m_details = new DetailsPane;
    m_problemModel = new ProblemModel(this);
    m_problems = new ProblemsPane(m_problemModel);
    m_across = new QSplitter(Qt::Horizontal);
    m_across->setObjectName(QStringLiteral("detailsSplitter"));
    m_across->addWidget(m_page);
    m_across->addWidget(m_details);
    m_across->setStretchFactor(0, 3);
    m_across->setStretchFactor(1, 1);
    m_across->setSizes({1280 - 55 * gridUnit, 55 * gridUnit});
    m_down = new QSplitter(Qt::Vertical);
    m_down->setObjectName(QStringLiteral("problemsSplitter"));
    m_down->addWidget(m_across);
    m_down->addWidget(m_problems);
    m_down->setStretchFactor(0, 1);
    m_down->setSizes({800 - 16 * gridUnit, 16 * gridUnit});
    for (QSplitter *splitter : {m_across, m_down}) {
        splitter->setChildrenCollapsible(false);
        splitter->setHandleWidth(gridUnit / 2);
    }
    setCentralWidget(m_down);
    m_counts = new QLabel;
    m_counts->setObjectName(QStringLiteral("statusCounts"));
    m_counts->setContentsMargins(gridUnit, 0, 0, 0);
    m_lastLoad = new QLabel;
    m_lastLoad->setObjectName(QStringLiteral("statusLastLoad"));
    m_lastLoad->setContentsMargins(0, 0, gridUnit, 0);
    statusBar()->addWidget(m_counts, 1);
    statusBar()->addPermanentWidget(m_lastLoad);
    m_details->setVisible(m_settings.detailsShown());
    m_problems->hide();
    connect(m_page, &SupportPage::openRequested, this, &MainWindow::chooseFolder);
    connect(m_page->view(), &SupportView::tablePainted, this, &MainWindow::onTablePainted);
    connect(m_page->view(), &SupportView::entryChanged, this, &MainWindow::onEntryChanged);
    connect(m_page->view(), &SupportView::entryActivated, this, &MainWindow::onEntryActivated);
    connect(m_details, &DetailsPane::copied, this,
            [this](const QString &text) { statusBar()->showMessage(tr("Copied %1").arg(text), 4000); });
}

void MainWindow::connectLoader()
{
    connect(m_loader, &WorkspaceLoader::loadStarted, &m_slow, qOverload<>(&QTimer::start));
    connect(m_loader, &WorkspaceLoader::loaded, this, &MainWindow::onLoaded);
    connect(m_loader, &WorkspaceLoader::loadFailed, this, &MainWindow::onLoadFailed);
}

void MainWindow::restoreLayout()
{
    restoreGeometry(m_settings.geometry());
    for (QSplitter *splitter : {m_across, m_down})
        splitter->restoreState(m_settings.splitter(splitter->objectName()));
}

void MainWindow::openFolder(const QString &folder)
{
    if (!m_loader->current())
        m_page->setIdle(true);
    m_loader->open(folder);
}

void MainWindow::adopt(const QString &folder, std::shared_future<LoadResult> load)
{
    m_page->setIdle(true);
    m_loader->adopt(folder, std::move(load));
}

void MainWindow::onLoaded()
{
    m_slow.stop();
    m_page->setWorkspace(m_loader->current());
    m_settings.addRecent(m_loader->folder());
    m_recent->setEnabled(true);
    setWindowTitle(tr("%1 – Runner Console").arg(QFileInfo(m_loader->folder()).fileName()));
    updateProblems();
    updateStatus();
    onEntryChanged(m_page->view()->currentEntry());
}

void MainWindow::onLoadFailed()
{
    m_slow.stop();
    if (!m_loader->current())
        m_page->setWorkspace({});
    m_page->setError(m_loader->error());
    updateProblems();
    updateStatus();
    m_page->update();
}

Problems MainWindow::allProblems() const
{
    Problems problems;
    if (m_loader->error())
        problems.push_back(*m_loader->error());
    if (const LoadedPointer &loaded = m_loader->current())
        problems.insert(problems.end(), loaded->problems.begin(), loaded->problems.end());
    return problems;
}

void MainWindow::updateProblems()
{
    Problems problems = allProblems();
    m_problems->setVisible(m_settings.problemsShown() && !problems.empty());
    if (m_painted || !m_loader->current()) // The first frame has the table and the list's place; its rows follow.
        m_problemModel->setProblems(std::move(problems));
}

void MainWindow::updateStatus()
{
    const LoadedPointer &loaded = m_loader->current();
    for (QAction *action : std::as_const(m_tableActions))
        action->setEnabled(loaded != nullptr);
    const QString time = QTime::currentTime().toString(QStringLiteral("HH:mm:ss"));
    m_lastLoad->setText(m_loader->error() ? tr("Reading failed at %1").arg(time) : tr("Read at %1").arg(time));
    if (!loaded) {
        m_counts->clear();
        return;
    }
    const Problems problems = allProblems();
    const auto count = [&problems](Severity severity) {
        return std::count_if(problems.begin(), problems.end(),
                             [severity](const Problem &problem) { return problem.severity == severity; });
    };
    const auto errors = count(Severity::Error);
    const auto warnings = count(Severity::Warning);
    m_counts->setText(tr("%1 backends, %2 versions, %3 released images, %4, %5")
                          .arg(loaded->workspace->matrix.backends.size())
                          .arg(loaded->index.entries.size())
                          .arg(loaded->workspace->records.size())
                          .arg(errors == 1 ? tr("1 error") : tr("%1 errors").arg(errors),
                               warnings == 1 ? tr("1 warning") : tr("%1 warnings").arg(warnings)));
}

void MainWindow::onEntryChanged(int entry)
{
    m_entry = entry;
    if (m_painted)
        m_detailsTimer.start();
}

void MainWindow::onTablePainted()
{
    if (!std::exchange(m_painted, true)) {
        m_detailsTimer.start(); // Details are for the second frame: they take longer than the table.
        QTimer::singleShot(0, this, &MainWindow::updateProblems);
    }
    Q_EMIT tablePainted();
}

void MainWindow::showEntry()
{
    if (m_details->isVisible())
        m_details->showEntry(m_loader->current(), m_entry);
    Q_EMIT detailsShown();
}

void MainWindow::onEntryActivated()
{
    m_detailsAction->setChecked(true);
    showEntry();
    m_details->setFocus(Qt::OtherFocusReason);
}

void MainWindow::setDetailsVisible(bool visible)
{
    m_settings.setDetailsShown(visible);
    m_details->setVisible(visible);
    if (visible)
        m_detailsTimer.start();
}

void MainWindow::setProblemsVisible(bool visible)
{
    m_settings.setProblemsShown(visible);
    m_problems->setVisible(visible && !allProblems().empty());
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_settings.setGeometry(saveGeometry());
    for (const QSplitter *splitter : {m_across, m_down})
        m_settings.setSplitter(splitter->objectName(), splitter->saveState());
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
