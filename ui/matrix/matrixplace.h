// The place "Matrix": the rules as a tree, a form for the selected ones, what the edit does, and the YAML beside it.
#pragma once

#include "documents/matrixdocument.h"
#include "matrix/ruletreemodel.h"
#include "place/place.h"

#include <QTimer>

#include <map>
#include <memory>

class QLabel;
class QLineEdit;
class QSplitter;
class QStackedWidget;
class QTabWidget;
class QTreeView;

namespace runner::ui {

class BackendForm;
class CodeEditor;
class CodePane;
class DocumentSet;
class EditorBinding;
class EffectPane;
class EmptyState;
class MatrixCompletion;
class RuleForm;
class ServiceForm;

class MatrixPlace final : public Place
{
    Q_OBJECT

public:
    /// The settings must outlive the place.
    explicit MatrixPlace(Settings &settings, QWidget *parent = nullptr);
    ~MatrixPlace() override;

    void setDocuments(DocumentSet &documents, MatrixDocument &matrix) override;
    void setWorkspace(const LoadedPointer &loaded) override;
    void setError(const std::optional<Problem> &error) override;
    void setIdle(bool loading) override;
    QList<QAction *> actions(PlaceMenu menu) const override;
    /// In the YAML where that has the focus, else the filter of the tree.
    void find() override;
    /// The selected text of the YAML, or the selected rules as YAML.
    void copy() override;
    bool canBuild() const override;
    /// Of the selected rules, a tag for each platform.
    QStringList imagesToBuild() const override;
    bool reveal(const Location &where) override;
    void restoreLayout(const Settings &settings) override;
    void saveLayout(Settings &settings) const override;

    /// The matrix of either layout.
    static bool shows(std::string_view file);

    RuleTreeModel *rules() const { return m_model; }
    QTreeView *tree() const { return m_tree; }
    RuleForm *form() const { return m_form; }
    CodeEditor *editor() const;
    EffectPane *effect() const { return m_effect; }
    /// In the order of the file, disabled ones behind the others. Rules that the filter hides are selected where no
    /// other one is: the form shows them, and the tree says so.
    std::vector<RuleRef> selectedRules() const;
    void selectRules(const std::vector<RuleRef> &rules);

protected:
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    void setUpPanes();
    QWidget *makeForms();
    void setUpHeaderForms();
    QWidget *makeTreeSide();
    QLabel *makeHiddenNote();
    QWidget *makeSource();
    void setUpTree();
    void setUpEditor();
    void setUpActions();
    void setUpListActions();
    void setUpChangeActions();
    QAction *makeCopyAction();
    QAction *addAction(const QString &name, const QString &text, const QKeySequence &keys, void (MatrixPlace::*slot)());
    void applyTheme();

    void onMatrixChanged();
    void onTextChanged(const text::Patches &patches, TextDocument::Cause cause);
    std::optional<std::vector<RuleRef>> selectedThen();
    std::vector<RuleRef> selectedAgain();
    void goToRules();
    void leadToRule();
    bool isSame(const std::vector<RuleRef> &rules) const;
    void onSelectionChanged();
    void updateFolds(bool now);
    void onFilterChanged(const QString &filter);
    void hideSelection(const std::vector<RuleRef> &rules);
    void showHidden();
    void onLineChanged(int line);
    void follow(int line);
    void onRowClicked(const QModelIndex &index);
    bool showHeaderAt(int line);
    void goTo(const Location &where);
    void showState();
    void showProblems();
    void highlightRule();
    void showFixes(int problem, const QPoint &place);
    void updateActions();

    std::vector<std::size_t> enabledSelection() const;
    void applyAndSelect(const std::vector<matrix::edit::Edit> &steps, const std::vector<RuleRef> &rules);
    void tellLeftOut(const QString &what);
    void addRule();
    void duplicateRules();
    void removeRules();
    void moveUp();
    void moveDown();
    void moveSelected(int step);
    void moveRules(const RuleMoves &moves);
    void toggleDisabled();
    void pasteRules();
    void setArgumentInSelected();
    void bumpVersion();

    Settings &m_settings;
    DocumentSet *m_documents = nullptr;
    MatrixDocument *m_matrix = nullptr;
    LoadedPointer m_loaded;
    matrix::Document m_shown;                   ///< What the tree shows: to find the selection again.
    std::optional<std::vector<RuleRef>> m_next; ///< What is to be selected after the edit that is under way.
    std::map<int, std::vector<RuleRef>>
        m_selectedAt;               ///< When a state of the text was left, by its place in the history.
    std::optional<int> m_returning; ///< Undo or redo lead to that state; the matrix is not read yet.
    QStackedWidget *m_stack = nullptr;
    EmptyState *m_empty = nullptr;
    QSplitter *m_across = nullptr;
    QSplitter *m_down = nullptr;
    QLabel *m_banner = nullptr;
    QLineEdit *m_filter = nullptr;
    QLabel *m_hiddenNote = nullptr;
    std::vector<RuleRef> m_hidden; ///< Selected, but filtered out.
    RuleTreeModel *m_model = nullptr;
    QTreeView *m_tree = nullptr;
    QTabWidget *m_forms = nullptr;
    RuleForm *m_form = nullptr;
    BackendForm *m_backendForm = nullptr;
    ServiceForm *m_serviceForm = nullptr;
    EffectPane *m_effect = nullptr;
    CodePane *m_source = nullptr;
    EditorBinding *m_binding = nullptr;
    MatrixCompletion *m_completion = nullptr;
    QList<QAction *> m_editActions;
    QAction *m_copy = nullptr;
    QAction *m_build = nullptr;
    QList<QAction *> m_viewActions;
    QTimer m_foldTimer;
    bool m_isLed = false;     ///< The cursor has been moved to what undo or redo change; the matrix is not read yet.
    bool m_following = false; ///< One of tree and YAML moves the other.
};

} // namespace runner::ui
