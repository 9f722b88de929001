#include "matrix/matrixplace.h"

#include "documents/editorbinding.h"
#include "editor/codeeditor.h"
#include "editor/codepane.h"
#include "matrix/effectpane.h"
#include "matrix/matrixcompletion.h"
#include "matrix/ruleform.h"
#include "support/emptystate.h"
#include "theme/theme.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeView>

#include <algorithm>

namespace runner::ui {

namespace {

/// Where a rule of one matrix is in another: in its place where that says the same, else where its like is.
RuleRef foundAgain(RuleRef rule, const matrix::Matrix &before, const matrix::Matrix &after)
{
    if (rule.disabled || rule.index >= before.rules.size())
        return rule;
    const matrix::Rule &old = before.rules[rule.index];
    const auto same = [&old](const matrix::Rule &other) { return other == old; };
    if (before.rules.size() == after.rules.size() || (rule.index < after.rules.size() && same(after.rules[rule.index])))
        return rule;
    const auto found = std::find_if(after.rules.begin(), after.rules.end(), same);
    if (found != after.rules.end())
        return {static_cast<std::size_t>(found - after.rules.begin()), false};
    return {std::min(rule.index, after.rules.empty() ? 0 : after.rules.size() - 1), false};
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
    connect(&matrix, &MatrixDocument::changed, this, &MatrixPlace::onMatrixChanged);
    onMatrixChanged();
}

void MatrixPlace::onMatrixChanged()
{
    const std::vector<RuleRef> selected = m_next ? *std::exchange(m_next, {}) : keptSelection();
    m_binding->setDocument(m_matrix->document());
    m_shown = m_matrix->matrix();
    m_model->setStale(m_matrix->error().has_value());
    m_model->setMatrix(m_shown);
    showState();
    selectRules(selected);
    if (selected.empty() && m_model->rowCount() > 0 && selectedRules().empty())
        selectRules({{0, m_shown.rules.empty()}});
    m_form->setRules(selectedRules());
    editor()->setFoldRegions(indentationFolds(editor()->text()));
    showProblems();
    highlightRule();
    updateActions();
}

std::vector<RuleRef> MatrixPlace::keptSelection() const
{
    std::vector<RuleRef> result;
    for (const RuleRef &rule : selectedRules())
        result.push_back(foundAgain(rule, m_shown, m_matrix->matrix()));
    return result;
}

std::vector<RuleRef> MatrixPlace::selectedRules() const
{
    std::vector<RuleRef> rules;
    const QModelIndexList rows = m_tree->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows) {
        if (const auto rule = m_model->ruleAt(row))
            rules.push_back(*rule);
    }
    std::sort(rules.begin(), rules.end(), [](const RuleRef &a, const RuleRef &b) {
        return std::pair(a.disabled, a.index) < std::pair(b.disabled, b.index);
    });
    return rules;
}

void MatrixPlace::selectRules(const std::vector<RuleRef> &rules)
{
    QItemSelection selection;
    QModelIndex current;
    for (const RuleRef &rule : rules) {
        const QModelIndex index = m_model->indexOf(rule);
        if (!index.isValid())
            continue;
        selection.select(index, index);
        current = index;
    }
    if (!current.isValid())
        return;
    m_tree->selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
    m_tree->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_tree->scrollTo(current);
}

void MatrixPlace::onSelectionChanged()
{
    const std::vector<RuleRef> rules = selectedRules();
    m_form->setRules(rules);
    highlightRule();
    updateActions();
    if (m_following || rules.empty() || !m_matrix || m_matrix->error())
        return;
    const QScopedValueRollback following(m_following, true);
    const CodeEditor::LineRange range = editor()->highlightedRange();
    if (range.first > 0 && (editor()->currentLine() < range.first || editor()->currentLine() > range.last))
        editor()->goTo(range.first);
}

void MatrixPlace::onLineChanged(int line)
{
    if (m_following || !m_matrix || m_matrix->error())
        return;
    const QScopedValueRollback following(m_following, true);
    const QModelIndex index = m_model->indexAtLine(line);
    const auto rule = m_model->ruleAt(index);
    if (rule && selectedRules() != std::vector<RuleRef>{*rule})
        selectRules({*rule});
}

void MatrixPlace::highlightRule()
{
    const std::vector<RuleRef> rules = selectedRules();
    const matrix::Rule *rule = nullptr;
    if (m_matrix && rules.size() == 1) {
        const matrix::Matrix &matrix = m_matrix->matrix();
        const RuleRef &only = rules.front();
        if (only.disabled && only.index < matrix.disabledRules.size())
            rule = &matrix.disabledRules[only.index].rule;
        else if (!only.disabled && only.index < matrix.rules.size())
            rule = &matrix.rules[only.index];
    }
    editor()->setHighlightedRange(rule ? CodeEditor::LineRange{rule->where.line, std::max(rule->where.line, rule->lastLine)}
                                       : CodeEditor::LineRange{});
}

void MatrixPlace::setWorkspace(const LoadedPointer &loaded)
{
    m_loaded = loaded;
    m_form->setWorkspace(loaded);
    m_completion->setWorkspace(loaded);
    m_effect->setWorkspace(loaded);
    showState();
    showProblems();
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
    m_banner->setVisible(broken || foreign);
    if (broken)
        m_banner->setText(tr("The YAML cannot be read: %1. The rules are shown as they were last readable.")
                              .arg(QString::fromStdString(diagnostics::describe(m_matrix->error()->where) + ": "
                                                          + m_matrix->error()->message)));
    else if (foreign)
        m_banner->setText(tr("The text holds characters that end lines in an editor (U+2028, U+2029). It can be changed by "
                             "the form; remove those characters with another program to type here."));
}

void MatrixPlace::setError(const std::optional<Problem> &error)
{
    if (!m_matrix || m_matrix->document() || !error)
        return;
    m_empty->show(tr("This pack centre cannot be read"), QString::fromStdString(error->message + ". " + error->advice + "."),
                  tr("Open another folder…"));
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
    editor()->goTo(std::max(1, where.line), std::max(1, where.column));
    editor()->setFocus(Qt::OtherFocusReason);
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
