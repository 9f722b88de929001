// The place "Pack": the files below pack/, the source of one, its stages, and what a build of an image would see.
#pragma once

#include "pack/packimages.h"
#include "place/place.h"

#include <QTimer>

class QLabel;
class QMenu;
class QSplitter;
class QStackedWidget;
class QTreeView;

namespace runner::ui {

class ArgumentCompletions;
class CodeEditor;
class CodePane;
class EditorBinding;
class EmptyState;
class PackFileModel;
class PreviewPane;
class StageModel;
class StageView;

class PackPlace final : public Place
{
    Q_OBJECT

public:
    /// The settings must outlive the place.
    explicit PackPlace(Settings &settings, QWidget *parent = nullptr);
    ~PackPlace() override;

    void setDocuments(DocumentSet &documents, MatrixDocument &matrix) override;
    TextDocument *editedDocument() const override;
    void setWorkspace(const LoadedPointer &loaded) override;
    void setError(const std::optional<Problem> &error) override;
    void setIdle(bool loading) override;
    QList<QAction *> actions(PlaceMenu menu) const override;
    void find() override;
    /// What is selected in the source, or the command where nothing is.
    void copy() override;
    bool canBuild() const override;
    /// The image that the preview is of, on its platform.
    QStringList imagesToBuild() const override;
    bool reveal(const Location &where) override;
    void restoreLayout(const Settings &settings) override;
    void saveLayout(Settings &settings) const override;

    /// Files that this place shows.
    static bool shows(std::string_view file);

    /// Relative to the root; empty before the first.
    QString currentFile() const { return m_file; }
    bool openFile(const QString &path);
    CodeEditor *editor() const;
    PreviewPane *preview() const { return m_preview; }
    StageModel *stages() const { return m_stages; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void setUpPanes();
    void setUpSource(QSplitter *across);
    void setUpActions();
    QAction *addAction(const QString &name, const QString &text, const QKeySequence &keys, void (PackPlace::*slot)());
    const workspace::PackFile *packFile() const;
    const dockerfile::Dockerfile *shownDockerfile() const;
    TextDocument *openDocument(const QString &path) const;
    void openLater();
    void listFiles();
    void onTextChanged();
    void readLive();
    bool isChecked() const;
    void addFixes(QMenu *menu, const Problem &problem);
    void fillCompletions(int position, bool asked);
    void showFile(const QString &path);
    void showText(const QString &path);
    void showProblems();
    void showStages();
    void showStagesPane();
    void onFileChosen(const QModelIndex &index);
    void onStageChosen(int stage);
    void onLineChanged(int line);
    void onProblemActivated(int index, const QPoint &place);
    void highlightStage(int stage);
    void setWrapped(bool wrapped);
    void foldEverything();
    void unfoldEverything();
    void goToLine();
    void nextProblem();
    void previousProblem();

    Settings &m_settings;
    DocumentSet *m_documents = nullptr; ///< Null where nothing can be edited.
    EditorBinding *m_binding = nullptr;
    ArgumentCompletions *m_completions = nullptr;
    DockerfilePointer m_live; ///< Of the text in the editor where it is not the workspace's.
    QTimer m_liveTimer;       ///< Reads the text once for all changes of one event.
    PackCentrePointer m_centre;
    QString m_file;
    QStackedWidget *m_stack = nullptr;
    EmptyState *m_empty = nullptr;
    PackFileModel *m_fileModel = nullptr;
    QTreeView *m_files = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_notice = nullptr;
    CodePane *m_source = nullptr;
    StageModel *m_stages = nullptr;
    StageView *m_stageView = nullptr;
    PreviewPane *m_preview = nullptr;
    QSplitter *m_across = nullptr;
    QSplitter *m_down = nullptr;
    QSplitter *m_sides = nullptr;
    QList<QAction *> m_editActions;
    QList<QAction *> m_viewActions;
};

} // namespace runner::ui
