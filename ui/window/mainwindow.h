// The main window: menus, the place "Support", details and problems beside it, and what is remembered of them.
#pragma once

#include "settings/settings.h"
#include "window/exporter.h"
#include "workspace/workspaceloader.h"

#include <QMainWindow>

class QLabel;
class QSplitter;

namespace runner::ui {

class DetailsPane;
class ProblemModel;
class ProblemsPane;
class SupportPage;

class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    /// The settings must outlive the window.
    explicit MainWindow(Settings &settings, QWidget *parent = nullptr);

    /// Takes the size and the layout of the last time.
    void restoreLayout();
    void openFolder(const QString &folder);
    /// Takes over a load that is under way.
    void adopt(const QString &folder, std::shared_future<LoadResult> load);
    /// Writes what is shown; says in the status bar that it did, or in a dialog why not. True when written.
    bool exportTo(const QString &file, ExportKind kind);
    void copySelection();

    SupportPage *page() const { return m_page; }
    WorkspaceLoader *loader() const { return m_loader; }

Q_SIGNALS:
    void tablePainted();  ///< The table, or what stands in its place after a load, is on the screen.
    void detailsShown();  ///< The chosen version's details are filled in.

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void setUpCentre();
    void setUpMenus();
    void setUpFileMenu();
    void setUpEditMenu();
    void setUpViewMenu();
    void setUpHelpMenu();
    void connectLoader();
    QAction *addAction(QMenu *menu, const QString &name, const QString &text, const QKeySequence &keys,
                       void (MainWindow::*slot)());

    void onLoaded();
    void onLoadFailed();
    void onTablePainted();
    void onEntryChanged(int entry);
    void showEntry();
    void onEntryActivated();
    void updateStatus();
    Problems allProblems() const;
    void updateProblems();
    void fillRecentMenu();
    void chooseFolder();
    void reload();
    void chooseExport(const ExportFormat &format);
    void print();
    void copy();
    void find();
    void showAbout();
    void showShortcuts();
    void setDetailsVisible(bool visible);
    void setProblemsVisible(bool visible);

    Settings &m_settings;
    WorkspaceLoader *m_loader;
    SupportPage *m_page = nullptr;
    DetailsPane *m_details = nullptr;
    ProblemModel *m_problemModel = nullptr;
    ProblemsPane *m_problems = nullptr;
    QSplitter *m_across = nullptr;
    QSplitter *m_down = nullptr;
    QLabel *m_counts = nullptr;
    QLabel *m_lastLoad = nullptr;
    QMenu *m_recent = nullptr;
    QAction *m_detailsAction = nullptr;
    QAction *m_problemsAction = nullptr;
    QList<QAction *> m_tableActions; ///< Those that need a table.
    QTimer m_slow; ///< Says that it is reading, when that takes long.
    QTimer m_detailsTimer; ///< Fills the details pane after the table is painted and keys have stopped.
    bool m_painted = false; ///< The table has been on the screen.
    int m_entry = -1;
};

} // namespace runner::ui
