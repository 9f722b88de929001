// The main window: the sidebar and its places, the menus, the problems below, and what is remembered of them.
#pragma once

#include "place/place.h"
#include "settings/settings.h"
#include "workspace/workspaceloader.h"

#include <QMainWindow>

#include <vector>

class QLabel;
class QSplitter;
class QStackedWidget;

namespace runner::text {
struct RecoveredText;
}

namespace runner::ui {

class DocumentSet;
class MatrixDocument;
class Onboarding;
class ProblemModel;
class ProblemsPane;
class RecoveryKeeper;
class Sidebar;
class SupportPlace;
class TextDocument;

class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    /// The settings must outlive the window.
    explicit MainWindow(Settings &settings, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Takes the size, the layout and the place of the last time.
    void restoreLayout();
    void openFolder(const QString &folder);
    /// Takes over a load that is under way.
    void adopt(const QString &folder, std::shared_future<LoadResult> load);
    /// Shows the place with that identifier; false where there is none.
    bool showPlace(const QString &id);
    /// Shows that place of a file in the place that it belongs to. False where no place shows the file.
    bool reveal(const Location &where);

    Place *currentPlace() const;
    SupportPlace *support();
    WorkspaceLoader *loader() const { return m_loader; }
    DocumentSet *documents() const { return m_documents; }
    MatrixDocument *matrix() const { return m_matrix; }

Q_SIGNALS:
    void tablePainted(); ///< The support table, or what stands in its place after a load, is on the screen.
    void placeReady();   ///< All of what the shown place shows is filled in.

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void setUpCentre();
    void setUpStatusBar();
    void setUpMenus();
    void setUpFileMenu();
    void setUpEditMenu();
    void setUpHistory(QMenu *menu);
    void setUpViewMenu();
    void setUpHelpMenu();
    void connectLoader();
    void setUpDocuments();
    QAction *addAction(QMenu *menu, const QString &name, const QString &text, const QKeySequence &keys,
                       void (MainWindow::*slot)());

    Place *place(int number);
    void switchTo(int number);
    void updateBuild();
    void build();
    void showActions(const Place *shown);
    void insertActions(QMenu *menu, QAction *before, const QList<QAction *> &actions);
    void saveLayout();

    void onLoaded();
    void onLoadFailed();
    void onTablePainted();
    void onPlaceReady();
    void openMatrix();
    void offerRecovery();
    void recover(const text::RecoveredText &work, bool show);
    void save();
    bool mayLoseWork();
    void updateActive();
    void updateTitle();
    void resolveConflicts();
    void showProblem(const Problem &problem);
    void onStepFinished(const QString &name, bool undone);
    void onStepRefused(const Problem &problem, bool undoing);
    void giveWorkspace(int number);
    void onProblemActivated(const QModelIndex &index);
    void updateStatus();
    Problems allProblems() const;
    void updateProblems();
    void fillRecentMenu();
    void chooseFolder();
    void reload();
    void copy();
    void find();
    void showCommands();
    void goToNextPane() { goToPane(1); }
    void goToPreviousPane() { goToPane(-1); }
    void goToPane(int step);
    void showAbout();
    void showShortcuts();
    void showMessage(const QString &text);
    void setProblemsVisible(bool visible);
    void onProblemChosen(const QModelIndex &index);

    Settings &m_settings;
    WorkspaceLoader *m_loader;
    DocumentSet *m_documents;
    MatrixDocument *m_matrix;
    RecoveryKeeper *m_recovery = nullptr;
    bool m_savesWhenDecided = false; ///< Saving found conflicts: it goes on when they are decided.
    Onboarding *m_onboarding;
    Sidebar *m_sidebar = nullptr;
    QStackedWidget *m_stack = nullptr;
    std::vector<Place *> m_places;      ///< By the sidebar's order; null until first shown.
    std::vector<LoadedPointer> m_given; ///< What each of them shows.
    ProblemModel *m_problemModel = nullptr;
    ProblemsPane *m_problems = nullptr;
    QSplitter *m_down = nullptr;
    QLabel *m_counts = nullptr;
    QLabel *m_lastLoad = nullptr;
    QMenu *m_recent = nullptr;
    QAction *m_build = nullptr; ///< Of what is selected; not in the place where builds are planned.
    QAction *m_problemsAction = nullptr;
    QAction *m_fileEnd = nullptr; ///< The place's commands stand before these.
    QAction *m_editEnd = nullptr;
    QAction *m_viewEnd = nullptr;
    QList<QAction *> m_placeActions;     ///< What showActions() has put into menus.
    QList<QAction *> m_workspaceActions; ///< Those that need an open pack centre.
    QTimer m_slow;                       ///< Says that it is reading, when that takes long.
    bool m_low = false;                  ///< Too low for a list of problems that nobody has asked for.
    bool m_adapting = false;             ///< The problems pane follows the window's height, not the user.
    bool m_painted = false;              ///< The first frame is on the screen.
};

} // namespace runner::ui
