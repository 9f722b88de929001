// The main window's menus and what their entries do.
#include "window/mainwindow.h"

#include "builds/buildsplace.h"
#include "diagnostics/problemspane.h"
#include "documents/documentset.h"
#include "onboard/onboarding.h"
#include "theme/icons.h"
#include "window/commandpalette.h"
#include "window/panes.h"
#include "window/sidebar.h"
#include "window/statusline.h"
#include "window/undokeys.h"

#include <QApplication>
#include <QDir>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenuBar>
#include <QMessageBox>
#include <QPlainTextEdit>

#include <algorithm>

namespace runner::ui {

QAction *MainWindow::addAction(QMenu *menu, const QString &name, const QString &text, const QKeySequence &keys,
                               void (MainWindow::*slot)())
{
    QAction *action = menu->addAction(text, this, slot);
    action->setObjectName(name);
    action->setShortcut(keys);
    return action;
}

void MainWindow::setUpMenus()
{
    setUpFileMenu();
    setUpEditMenu();
    setUpViewMenu();
    setUpHelpMenu();
    for (QAction *action : std::as_const(m_workspaceActions))
        action->setEnabled(false);
}

void MainWindow::setUpFileMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&File"));
    menu->setObjectName(QStringLiteral("fileMenu"));
    addAction(menu, QStringLiteral("openFolder"), tr("&Open folder…"), QKeySequence::Open, &MainWindow::chooseFolder)
        ->setIcon(themedIcon(QStringLiteral("document-open-folder")));
    m_recent = menu->addMenu(tr("Open &recent"));
    m_recent->setObjectName(QStringLiteral("recentMenu"));
    m_recent->setEnabled(!m_settings.recentWorkspaces().isEmpty());
    connect(m_recent, &QMenu::aboutToShow, this, &MainWindow::fillRecentMenu);
    // Always there: what is typed into a field that is still open is no change yet.
    addAction(menu, QStringLiteral("save"), tr("&Save"), QKeySequence::Save, &MainWindow::save)
        ->setIcon(themedIcon(QStringLiteral("document-save")));
    addAction(menu, QStringLiteral("reload"), tr("Re&load"), QKeySequence(Qt::Key_F5), &MainWindow::reload)
        ->setIcon(themedIcon(QStringLiteral("view-refresh")));
    m_build = addAction(menu, QStringLiteral("buildSelected"), tr("&Build…"), QKeySequence(Qt::CTRL | Qt::Key_B),
                        &MainWindow::build);
    m_build->setEnabled(false);
    m_fileEnd = menu->addSeparator();
    QAction *quit = menu->addAction(tr("&Quit"), this, &QWidget::close);
    quit->setObjectName(QStringLiteral("quit"));
    quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
}

void MainWindow::setUpEditMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Edit"));
    menu->setObjectName(QStringLiteral("editMenu"));
    setUpHistory(menu);
    menu->addSeparator();
    QAction *copy = addAction(menu, QStringLiteral("copy"), tr("&Copy"), QKeySequence::Copy, &MainWindow::copy);
    copy->setIcon(themedIcon(QStringLiteral("edit-copy")));
    QAction *find = addAction(menu, QStringLiteral("find"), tr("&Find"), QKeySequence::Find, &MainWindow::find);
    find->setIcon(themedIcon(QStringLiteral("edit-find")));
    m_editEnd = menu->addSeparator();
    menu->addActions(m_onboarding->actions());
    m_workspaceActions << copy << find;
}

void MainWindow::setUpHistory(QMenu *menu)
{
    new UndoKeys(this);
    QAction *undo = menu->addAction(themedIcon(QStringLiteral("edit-undo")), {}, m_documents, &DocumentSet::undo);
    undo->setObjectName(QStringLiteral("undo"));
    undo->setShortcut(QKeySequence::Undo);
    QAction *redo = menu->addAction(themedIcon(QStringLiteral("edit-redo")), {}, m_documents, &DocumentSet::redo);
    redo->setObjectName(QStringLiteral("redo"));
    redo->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    const auto update = [this, undo, redo] {
        undo->setEnabled(m_documents->canUndo());
        undo->setText(tr("&Undo %1").arg(m_documents->undoText()).trimmed());
        redo->setEnabled(m_documents->canRedo());
        redo->setText(tr("&Redo %1").arg(m_documents->redoText()).trimmed());
    };
    connect(m_documents, &DocumentSet::historyChanged, this, update);
    update();
}

void MainWindow::setUpViewMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&View"));
    menu->setObjectName(QStringLiteral("viewMenu"));
    if (m_sidebar->actions().size() > 1) {
        menu->addActions(m_sidebar->actions());
        menu->addSeparator();
    }
    m_viewEnd = menu->addSeparator();
    addAction(menu, QStringLiteral("commands"), tr("&Commands…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P),
              &MainWindow::showCommands);
    addAction(menu, QStringLiteral("nextPane"), tr("&Next pane"), QKeySequence(Qt::Key_F6), &MainWindow::goToNextPane);
    addAction(menu, QStringLiteral("previousPane"), tr("Pre&vious pane"), QKeySequence(Qt::SHIFT | Qt::Key_F6),
              &MainWindow::goToPreviousPane);
    m_problemsAction = menu->addAction(tr("&Problems pane"));
    m_problemsAction->setObjectName(QStringLiteral("toggleProblems"));
    m_problemsAction->setShortcut(QKeySequence(Qt::Key_F8));
    m_problemsAction->setCheckable(true);
    m_problemsAction->setChecked(m_settings.problemsShown());
    connect(m_problemsAction, &QAction::toggled, this, &MainWindow::setProblemsVisible);
}

void MainWindow::showActions(const Place *shown)
{
    for (QAction *action : std::as_const(m_placeActions)) {
        for (const QAction *end : {m_fileEnd, m_editEnd, m_viewEnd})
            qobject_cast<QMenu *>(end->parent())->removeAction(action);
        if (action->isSeparator())
            delete action;
    }
    m_placeActions.clear();
    insertActions(qobject_cast<QMenu *>(m_fileEnd->parent()), m_fileEnd, shown->actions(PlaceMenu::File));
    insertActions(qobject_cast<QMenu *>(m_editEnd->parent()), m_editEnd, shown->actions(PlaceMenu::Edit));
    insertActions(qobject_cast<QMenu *>(m_viewEnd->parent()), m_viewEnd, shown->actions(PlaceMenu::View));
}

void MainWindow::insertActions(QMenu *menu, QAction *before, const QList<QAction *> &actions)
{
    if (actions.isEmpty())
        return;
    m_placeActions << menu->insertSeparator(before);
    menu->insertActions(before, actions);
    m_placeActions << actions;
}

/// The place that plans builds has an entry with the same keys of its own.
void MainWindow::updateBuild()
{
    const Place *shown = currentPlace();
    m_build->setVisible(!qobject_cast<const BuildsPlace *>(shown));
    m_build->setEnabled(m_build->isVisible() && shown && shown->canBuild());
}

void MainWindow::build()
{
    const QStringList tags = currentPlace()->imagesToBuild();
    if (tags.isEmpty()) {
        showMessage(tr("No rule packs what is selected."));
        return;
    }
    showPlace(QStringLiteral("builds"));
    qobject_cast<BuildsPlace *>(currentPlace())->build(tags);
}

void MainWindow::setUpHelpMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Help"));
    menu->setObjectName(QStringLiteral("helpMenu"));
    addAction(menu, QStringLiteral("shortcuts"), tr("&Keyboard shortcuts"), QKeySequence::HelpContents,
              &MainWindow::showShortcuts);
    addAction(menu, QStringLiteral("about"), tr("&About Runner Console"), {}, &MainWindow::showAbout);
}

void MainWindow::fillRecentMenu()
{
    m_recent->clear();
    const QStringList recent = m_settings.recentWorkspaces();
    for (const QString &folder : recent) {
        QAction *action = m_recent->addAction(QDir::toNativeSeparators(folder).replace(u'&', QStringLiteral("&&")));
        connect(action, &QAction::triggered, this, [this, folder] { openFolder(folder); });
    }
    m_recent->addSeparator();
    connect(m_recent->addAction(tr("Clear list")), &QAction::triggered, this, [this] {
        m_settings.clearRecent();
        m_recent->setEnabled(false);
    });
}

void MainWindow::chooseFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Open a pack centre"), m_loader->folder());
    if (!folder.isEmpty())
        openFolder(folder);
}

void MainWindow::reload()
{
    m_documents->checkDisk();
    m_loader->reload();
}

void MainWindow::copy()
{
    QWidget *focus = QApplication::focusWidget();
    if (auto *line = qobject_cast<QLineEdit *>(focus))
        line->copy();
    else if (auto *text = qobject_cast<QPlainTextEdit *>(focus))
        text->copy();
    else if (focus == m_problems)
        m_problems->copy();
    else
        currentPlace()->copy();
}

void MainWindow::find()
{
    currentPlace()->find();
}

void MainWindow::showCommands()
{
    auto *palette = new CommandPalette(*menuBar(), this);
    palette->setAttribute(Qt::WA_DeleteOnClose);
    connect(palette, &CommandPalette::chosen, this, [](QAction *action) { action->trigger(); });
    palette->open();
}

/// From the one that has the keyboard, in a circle.
void MainWindow::goToPane(int step)
{
    const QWidgetList panes = shownPanes(*centralWidget());
    if (panes.isEmpty())
        return;
    const auto now = std::find_if(panes.begin(), panes.end(), [this](const QWidget *pane) {
        return pane == focusWidget() || pane->isAncestorOf(focusWidget());
    });
    const qsizetype first = step > 0 ? 0 : panes.size() - 1; // Where none of them has it.
    const qsizetype beside = now - panes.begin() + step + panes.size();
    enterPane(*panes[now == panes.end() ? first : beside % panes.size()]);
}

void MainWindow::showMessage(const QString &text)
{
    static_cast<StatusLine *>(statusBar())->tell(text);
}

void MainWindow::showAbout()
{
    QMessageBox::about(this, tr("About Runner Console"),
                       tr("<h3>Runner Console %1</h3><p>The desktop tool for a pack centre: the rules, releases and "
                          "images of inference services on accelerators.</p><p>Built with Qt %2. Apache License 2.0."
                          "</p>")
                           .arg(QApplication::applicationVersion(), QString::fromLatin1(qVersion())));
}

void MainWindow::showShortcuts()
{
    QMessageBox box(
        QMessageBox::NoIcon, tr("Keyboard shortcuts"),
        tr("<table cellpadding='3'>"
           "<tr><td><b>Ctrl+F</b></td><td>Find; Down or Enter goes on to the table</td></tr>"
           "<tr><td><b>Escape</b></td><td>Clear the search</td></tr>"
           "<tr><td><b>Up, Down</b></td><td>Move between rows</td></tr>"
           "<tr><td><b>Left, Right</b></td><td>Move between versions; fold and unfold a backend</td></tr>"
           "<tr><td><b>Shift+arrows</b></td><td>Select cells</td></tr>"
           "<tr><td><b>Enter, Space</b></td><td>Show the details of a version</td></tr>"
           "<tr><td><b>Ctrl+C</b></td><td>Copy the selection; of the table as Markdown</td></tr>"
           "<tr><td><b>Ctrl+N, Ctrl+D</b></td><td>Matrix: add a rule, duplicate it</td></tr>"
           "<tr><td><b>Alt+Up, Alt+Down</b></td><td>Matrix: move the rule</td></tr>"
           "<tr><td><b>Ctrl+/</b></td><td>Matrix: disable the rule, or enable it</td></tr>"
           "<tr><td><b>Ctrl+E, Ctrl+U</b></td><td>Matrix: set an argument in the selected rules, change a version "
           "everywhere</td></tr>"
           "<tr><td><b>Ctrl+Space, Ctrl+.</b></td><td>Editor: what can stand here, what is wrong here</td></tr>"
           "<tr><td><b>Ctrl+Shift+D</b></td><td>Support: change released versions by criteria</td></tr>"
           "<tr><td><b>Ctrl+Z, Ctrl+Shift+Z</b></td><td>Undo, redo</td></tr>"
           "<tr><td><b>Ctrl+S</b></td><td>Save every changed file</td></tr>"
           "<tr><td><b>Ctrl+B</b></td><td>Build what is selected; in Builds: a new build</td></tr>"
           "<tr><td><b>F3, Shift+F3, F4</b></td><td>Next and previous match; next error of a log</td></tr>"
           "<tr><td><b>Ctrl+End</b></td><td>The end of a log, and on with it</td></tr>"
           "<tr><td><b>Ctrl+Shift+P</b></td><td>Every command, by its words</td></tr>"
           "<tr><td><b>F5</b></td><td>Reload</td></tr>"
           "<tr><td><b>F6, Shift+F6</b></td><td>Next and previous pane</td></tr>"
           "<tr><td><b>F8, F9</b></td><td>Problems, details</td></tr>"
           "<tr><td><b>Ctrl+O, Ctrl+P, Ctrl+Q</b></td><td>Open, print, quit</td></tr></table>"),
        QMessageBox::Close, this);
    box.exec();
}

} // namespace runner::ui
