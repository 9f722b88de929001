// The main window's menus and what their entries do.
#include "window/mainwindow.h"

#include "diagnostics/problemspane.h"
#include "support/detailspane.h"
#include "support/filterbar.h"
#include "support/supportpage.h"
#include "support/supportview.h"
#include "theme/icons.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPrintDialog>
#include <QPrinter>
#include <QStatusBar>

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
    for (QAction *action : std::as_const(m_tableActions))
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
    addAction(menu, QStringLiteral("reload"), tr("Re&load"), QKeySequence(Qt::Key_F5), &MainWindow::reload)
        ->setIcon(themedIcon(QStringLiteral("view-refresh")));
    menu->addSeparator();
    QMenu *exports = menu->addMenu(tr("&Export table as"));
    exports->setObjectName(QStringLiteral("exportMenu"));
    for (const ExportFormat &format : exportFormats()) {
        QAction *action = exports->addAction(format.name + QStringLiteral("…"));
        action->setObjectName(QStringLiteral("export-") + format.suffix);
        connect(action, &QAction::triggered, this, [this, format] { chooseExport(format); });
        m_tableActions << action;
    }
    QAction *print = addAction(menu, QStringLiteral("print"), tr("&Print…"), QKeySequence::Print, &MainWindow::print);
    print->setIcon(themedIcon(QStringLiteral("document-print")));
    m_tableActions << print;
    menu->addSeparator();
    QAction *quit = menu->addAction(tr("&Quit"), this, &QWidget::close);
    quit->setObjectName(QStringLiteral("quit"));
    quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
}

void MainWindow::setUpEditMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Edit"));
    menu->setObjectName(QStringLiteral("editMenu"));
    QAction *copy = addAction(menu, QStringLiteral("copy"), tr("&Copy selection as Markdown"), QKeySequence::Copy,
                              &MainWindow::copy);
    copy->setIcon(themedIcon(QStringLiteral("edit-copy")));
    QAction *find = addAction(menu, QStringLiteral("find"), tr("&Find"), QKeySequence::Find, &MainWindow::find);
    find->setIcon(themedIcon(QStringLiteral("edit-find")));
    m_tableActions << copy << find;
}

void MainWindow::setUpViewMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&View"));
    menu->setObjectName(QStringLiteral("viewMenu"));
    menu->addActions(m_page->filterBar()->toggles());
    menu->addSeparator();
    m_detailsAction = menu->addAction(tr("Details pane"));
    m_detailsAction->setObjectName(QStringLiteral("toggleDetails"));
    m_detailsAction->setShortcut(QKeySequence(Qt::Key_F9));
    m_detailsAction->setCheckable(true);
    m_detailsAction->setChecked(m_settings.detailsShown());
    connect(m_detailsAction, &QAction::toggled, this, &MainWindow::setDetailsVisible);
    m_problemsAction = menu->addAction(tr("Problems pane"));
    m_problemsAction->setObjectName(QStringLiteral("toggleProblems"));
    m_problemsAction->setShortcut(QKeySequence(Qt::Key_F8));
    m_problemsAction->setCheckable(true);
    m_problemsAction->setChecked(m_settings.problemsShown());
    connect(m_problemsAction, &QAction::toggled, this, &MainWindow::setProblemsVisible);
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
    m_loader->reload();
}

void MainWindow::chooseExport(const ExportFormat &format)
{
    const QString proposed = QDir::home().absoluteFilePath(QStringLiteral("support-table.") + format.suffix);
    const QString file = QFileDialog::getSaveFileName(this, tr("Export the table as %1").arg(format.name), proposed,
                                                      QStringLiteral("%1 (*.%2)").arg(format.name, format.suffix));
    if (!file.isEmpty())
        exportTo(file, format.kind);
}

bool MainWindow::exportTo(const QString &file, ExportKind kind)
{
    if (!m_loader->current())
        return false;
    const QString reason = Exporter(m_loader->current(), m_page->model()->table()).save(file, kind);
    if (reason.isEmpty()) {
        statusBar()->showMessage(tr("Exported to %1").arg(QDir::toNativeSeparators(file)), 6000);
        return true;
    }
    auto *box = new QMessageBox(QMessageBox::Warning, tr("The table was not exported"),
                                tr("%1 could not be written: %2.").arg(QDir::toNativeSeparators(file), reason),
                                QMessageBox::Ok, this);
    box->setObjectName(QStringLiteral("exportError"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
    return false;
}

void MainWindow::print()
{
    QPrinter printer(QPrinter::HighResolution);
    printer.setPageOrientation(QPageLayout::Landscape);
    QPrintDialog dialog(&printer, this);
    if (dialog.exec() == QDialog::Accepted)
        Exporter(m_loader->current(), m_page->model()->table()).paint(&printer);
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
        copySelection();
}

void MainWindow::copySelection()
{
    if (!m_loader->current())
        return;
    const QModelIndexList cells = m_page->view()->selectionModel()->selectedIndexes();
    if (cells.isEmpty()) {
        statusBar()->showMessage(tr("Select cells of the table to copy them."), 4000);
        return;
    }
    QApplication::clipboard()->setText(Exporter(m_loader->current(), m_page->model()->table(cells)).markdown());
    statusBar()->showMessage(tr("Copied the selection as Markdown"), 4000);
}

void MainWindow::find()
{
    m_page->focusSearch();
}

void MainWindow::showAbout()
{
    QMessageBox::about(this, tr("About Runner Console"),
                       tr("<h3>Runner Console %1</h3><p>The desktop tool for a pack centre: the rules, releases and "
                          "images of inference services on accelerators.</p><p>Built with Qt %2. Apache License 2.0."
                          "</p>").arg(QApplication::applicationVersion(), QString::fromLatin1(qVersion())));
}

void MainWindow::showShortcuts()
{
    QMessageBox box(QMessageBox::NoIcon, tr("Keyboard shortcuts"),
                    tr("<table cellpadding='3'>"
                       "<tr><td><b>Ctrl+F</b></td><td>Find; Down or Enter goes on to the table</td></tr>"
                       "<tr><td><b>Escape</b></td><td>Clear the search</td></tr>"
                       "<tr><td><b>Up, Down</b></td><td>Move between rows</td></tr>"
                       "<tr><td><b>Left, Right</b></td><td>Move between versions; fold and unfold a backend</td></tr>"
                       "<tr><td><b>Shift+arrows</b></td><td>Select cells</td></tr>"
                       "<tr><td><b>Enter, Space</b></td><td>Show the details of a version</td></tr>"
                       "<tr><td><b>Ctrl+C</b></td><td>Copy the selection as Markdown</td></tr>"
                       "<tr><td><b>F5</b></td><td>Reload</td></tr>"
                       "<tr><td><b>F8, F9</b></td><td>Problems, details</td></tr>"
                       "<tr><td><b>Ctrl+O, Ctrl+P, Ctrl+Q</b></td><td>Open, print, quit</td></tr></table>"),
                    QMessageBox::Close, this);
    box.exec();
}

} // namespace runner::ui
