#include "matrix/matrixplace.h"

#include "diagnostics/problemtext.h"
#include "documents/editorbinding.h"
#include "editor/codeeditor.h"
#include "editor/codepane.h"
#include "matrix/backendform.h"
#include "matrix/effectpane.h"
#include "matrix/matrixcompletion.h"
#include "matrix/ruleform.h"
#include "matrix/rulematching.h"
#include "matrix/serviceform.h"
#include "place/emptystate.h"
#include "place/menus.h"
#include "theme/theme.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTreeView>

#include <algorithm>
#include <iterator>

namespace runner::ui {

namespace {

bool isInside(const CodeEditor::LineRange &range, int line)
{
    return line >= range.first && line <= range.last;
}

} // namespace

MatrixPlace::MatrixPlace(Settings &settings, QWidget *parent)
    : Place(parent)
    , m_settings(settings)
{
    setObjectName(QStringLiteral("matrixPlace"));
    setUpPanes();
    setUpActions();
    applyTheme();
    setIdle(false);
    m_foldTimer.setSingleShot(true);
    connect(&m_foldTimer, &QTimer::timeout, this, [this] { updateFolds(true); });
}

/// What the panes say while they go is for nobody.
MatrixPlace::~MatrixPlace()
{
    m_tree->selectionModel()->disconnect(this);
    editor()->disconnect(this);
    if (m_matrix)
        m_matrix->disconnect(this);
}

bool MatrixPlace::shows(std::string_view file)
{
    return file == "matrix.yml" || file == "pack/matrix.yaml";
}

CodeEditor *MatrixPlace::editor() const
{
    return m_source->editor();
}

void MatrixPlace::setDocuments(DocumentSet &documents, MatrixDocument &matrix)
{
    m_documents = &documents;
    m_matrix = &matrix;
    m_form->setMatrix(matrix);
    m_backendForm->setMatrix(matrix);
    m_serviceForm->setMatrix(matrix);
    connect(&matrix, &MatrixDocument::changed, this, &MatrixPlace::onMatrixChanged);
    onMatrixChanged();
}

void MatrixPlace::onMatrixChanged()
{
    closeMenuOf(this);
    const bool opened = m_binding->document() != m_matrix->document();
    const bool isSame = this->isSame(selectedRules());
    if (const auto then = selectedThen())
        m_next = then;
    const bool asked = m_next.has_value();
    const std::vector<RuleRef> selected = m_next ? *std::exchange(m_next, {}) : selectedAgain();
    // Rows that come and go while somebody types are no choice of theirs: the cursor stays where they type.
    const bool before = std::exchange(m_following, m_following || (!asked && !opened));
    m_binding->setDocument(m_matrix->document());
    if (opened)
        m_selectedAt.clear();
    if (opened && m_matrix->document())
        connect(m_matrix->document(), &TextDocument::changed, this, &MatrixPlace::onTextChanged, Qt::UniqueConnection);
    if (opened && m_matrix->error())
        editor()->goTo(std::max(1, m_matrix->error()->where.line), std::max(1, m_matrix->error()->where.column));
    m_shown = m_matrix->parsed();
    m_model->setStale(m_matrix->error().has_value());
    m_model->setDocument(m_shown);
    showState();
    selectRules(selected);
    if (selected.empty() && m_model->rowCount() > 0 && selectedRules().empty())
        selectRules({{0, m_shown.matrix().rules.empty()}});
    m_form->setRules(selectedRules());
    m_backendForm->refresh();
    m_serviceForm->refresh();
    updateFolds(opened);
    showProblems();
    highlightRule();
    updateActions();
    m_following = before;
    if (std::exchange(m_isLed, false) && isSame && !asked) // Else what was undone is the selected rule's own.
        follow(editor()->currentLine());
    if (!m_binding->isCurrent()) // What others have changed moves the cursor later, and chooses nothing.
        return;
    const bool isShown = isInside(editor()->highlightedRange(), editor()->currentLine())
                         && m_forms->currentWidget()->isAncestorOf(m_form);
    if (editor()->hasFocus() && selectedRules().size() <= 1 && !isShown)
        onLineChanged(
            editor()->currentLine()); // A rule that came back while somebody types in it is the selected one again.
}

/// Before the matrix is read, and before the history moves on.
void MatrixPlace::onTextChanged(const text::Patches &, TextDocument::Cause cause)
{
    const int index = m_matrix->document()->undoStack()->index();
    if (m_matrix->error())
        m_selectedAt.erase(index);
    else
        m_selectedAt[index] = selectedRules();
    m_returning.reset();
    if (cause == TextDocument::Cause::Undo || cause == TextDocument::Cause::Redo)
        m_returning = index + (cause == TextDocument::Cause::Undo ? -1 : 1);
}

/// What was selected in the state of the text that undo or redo lead to. Nothing where the rules are as many as before
/// and the selected ones the same: then what has changed is shown, and for who types in the YAML, where they type.
std::optional<std::vector<RuleRef>> MatrixPlace::selectedThen()
{
    const auto returning = std::exchange(m_returning, {});
    const auto known = returning ? m_selectedAt.find(*returning) : m_selectedAt.end();
    if (known == m_selectedAt.end() || m_matrix->error() || editor()->hasFocus())
        return {};
    const matrix::Matrix &before = m_shown.matrix(), &now = m_matrix->matrix();
    const bool asMany =
        before.rules.size() == now.rules.size() && before.disabledRules.size() == now.disabledRules.size();
    return asMany && isSame(selectedRules()) ? std::nullopt : std::optional(known->second);
}

/// Each of the rules stands where it stood in what the tree shows, and says the same.
bool MatrixPlace::isSame(const std::vector<RuleRef> &rules) const
{
    const matrix::Matrix &before = m_shown.matrix();
    const matrix::Matrix &now = m_matrix->matrix();
    return std::all_of(rules.begin(), rules.end(), [&](const RuleRef &rule) {
        return rule.disabled ? rule.index < std::min(before.disabledRules.size(), now.disabledRules.size())
                                   && before.disabledRules[rule.index] == now.disabledRules[rule.index]
                             : rule.index < std::min(before.rules.size(), now.rules.size())
                                   && before.rules[rule.index] == now.rules[rule.index];
    });
}

/// Where the selected rule is gone, the next one; nobody types on into that.
std::vector<RuleRef> MatrixPlace::selectedAgain()
{
    const std::vector<RuleRef> before = selectedRules();
    std::vector<RuleRef> found = foundAgain(before, m_shown.matrix(), m_matrix->matrix());
    if (!found.empty() || before.empty())
        return found;
    m_form->setRules({});
    return before.size() == 1 ? nextOf(before.front(), m_matrix->matrix()) : found;
}

/// All of the text is looked at: in a long one when no key has come for a moment.
void MatrixPlace::updateFolds(bool now)
{
    constexpr qsizetype lookAtOnce = qsizetype{128} * 1024; // UTF-16 units.
    constexpr int laterMilliseconds = 250;
    if (now || editor()->text().size() <= lookAtOnce)
        editor()->setFoldRegions(indentationFolds(editor()->text()));
    else
        m_foldTimer.start(laterMilliseconds);
}

void MatrixPlace::setWorkspace(const LoadedPointer &loaded)
{
    m_loaded = loaded;
    m_form->setWorkspace(loaded);
    m_completion->setWorkspace(loaded);
    m_effect->setWorkspace(loaded);
    m_model->setNames(loaded->workspace->matrix.backends, loaded->workspace->matrix.services);
    showState();
    showProblems();
    updateActions();
    Q_EMIT ready();
}

/// Those of the YAML come from the matrix at once, those of the whole pack centre when it is read.
void MatrixPlace::showProblems()
{
    Problems problems;
    if (m_matrix && m_matrix->error()) {
        problems.push_back(*m_matrix->error());
    } else if (m_loaded && m_matrix && m_matrix->document()
               && m_loaded->workspace->document.text() == m_matrix->document()->text()) {
        const std::string &file = m_matrix->document()->file();
        std::copy_if(m_loaded->problems.begin(), m_loaded->problems.end(), std::back_inserter(problems),
                     [&file](const Problem &problem) { return problem.where.file == file; });
    } else {
        return; // What is shown moves with the text until the new ones are known.
    }
    editor()->setProblems(problems);
}

void MatrixPlace::showState()
{
    const bool open = m_matrix && m_matrix->document();
    m_stack->setCurrentIndex(open ? 1 : 0);
    const bool broken = open && m_matrix->error();
    const bool foreign = open && m_binding->isForeign();
    m_effect->setReadable(!broken);
    m_banner->setVisible(broken || foreign);
    if (broken)
        m_banner->setText(tr("The YAML cannot be read: %1. %2")
                              .arg(QString::fromStdString(diagnostics::describe(m_matrix->error()->where) + ": "
                                                          + m_matrix->error()->message),
                                   m_matrix->wasReadable() ? tr("The rules are shown as they were last readable.")
                                                           : tr("Mend it in the text; the rules are shown then.")));
    else if (foreign)
        m_banner->setText(
            tr("The text holds characters that end lines in an editor (U+2028, U+2029). It can be changed by "
               "the form; remove those characters with another program to type here."));
}

void MatrixPlace::setError(const std::optional<Problem> &error)
{
    if (!m_matrix || m_matrix->document() || !error)
        return;
    m_empty->show(tr("This pack centre cannot be read"), sentencesOf(*error), tr("Open another folder…"));
}

void MatrixPlace::setIdle(bool loading)
{
    if (loading)
        m_empty->show({}, {}, {});
    else
        m_empty->show(tr("Open a pack centre"), tr("The rules of its matrix are edited here."), tr("Open a folder…"));
}

void MatrixPlace::find()
{
    if (m_source->isAncestorOf(QApplication::focusWidget())) {
        m_source->openFind();
        return;
    }
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

bool MatrixPlace::reveal(const Location &where)
{
    if (!m_matrix || !m_matrix->document() || where.file != m_matrix->document()->file())
        return false;
    editor()->setFocus(Qt::OtherFocusReason);
    editor()->goTo(std::max(1, where.line), std::max(1, where.column));
    return true;
}

void MatrixPlace::restoreLayout(const Settings &settings)
{
    m_across->restoreState(settings.splitter(m_across->objectName()));
    m_down->restoreState(settings.splitter(m_down->objectName()));
}

void MatrixPlace::saveLayout(Settings &settings) const
{
    settings.setSplitter(m_across->objectName(), m_across->saveState());
    settings.setSplitter(m_down->objectName(), m_down->saveState());
}

} // namespace runner::ui
