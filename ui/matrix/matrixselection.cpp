// What is selected in the place "Matrix": tree, form and YAML show the same rules, the filter hides some.
#include "matrix/matrixplace.h"

#include "documents/editorbinding.h"
#include "editor/codeeditor.h"
#include "matrix/backendform.h"
#include "matrix/ruleform.h"
#include "matrix/serviceform.h"

#include <QLabel>
#include <QScopedValueRollback>
#include <QTabWidget>
#include <QTextBlock>
#include <QTreeView>

#include <algorithm>
#include <iterator>

namespace runner::ui {

namespace {

enum FormTab { RuleTab, BackendTab, ServiceTab };

/// The item that begins in that line, or in the last one before it that one begins in; line 0 where none does.
struct Nearest
{
    std::size_t index = 0;
    int line = 0;
};

template <typename Item>
Nearest nearest(const std::vector<Item> &items, int line)
{
    Nearest best;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].where.line <= line && items[i].where.line > best.line)
            best = {i, items[i].where.line};
    }
    return best;
}

int nearestDisabled(const matrix::Matrix &matrix, int line)
{
    int best = 0;
    for (const matrix::DisabledRule &disabled : matrix.disabledRules) {
        if (disabled.rule.where.line <= line)
            best = std::max(best, disabled.rule.where.line);
    }
    return best;
}

bool isDisabled(const matrix::Matrix &matrix, int line)
{
    return std::any_of(matrix.disabledRules.begin(), matrix.disabledRules.end(), [line](const auto &disabled) {
        return disabled.rule.where.line <= line && line <= disabled.rule.lastLine;
    });
}

/// The line of the rule right below the comment that the line belongs to; the line itself where it belongs to none.
int lineMeant(const QTextDocument &document, const matrix::Matrix &matrix, const RuleTreeModel &rules, int line)
{
    if (isDisabled(matrix, line))
        return line;
    int below = line;
    for (QTextBlock block = document.findBlockByNumber(line - 1);
         block.isValid() && block.text().trimmed().startsWith(u'#'); block = block.next()) {
        ++below;
        if (rules.ruleBeginsAt(below))
            return below;
    }
    return line;
}

} // namespace

std::vector<RuleRef> MatrixPlace::selectedRules() const
{
    std::vector<RuleRef> rules;
    const QModelIndexList rows = m_tree->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows) {
        if (const auto rule = m_model->ruleAt(row))
            rules.push_back(*rule);
    }
    if (rules.empty())
        return m_hidden;
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
    if (!current.isValid()) {
        hideSelection(rules);
        return;
    }
    m_hidden.clear();
    m_tree->selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
    m_tree->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_tree->scrollTo(current);
    showHidden();
}

/// None of them is in the tree: those that the matrix has stay selected all the same.
void MatrixPlace::hideSelection(const std::vector<RuleRef> &rules)
{
    std::vector<RuleRef> hidden;
    std::copy_if(rules.begin(), rules.end(), std::back_inserter(hidden), [this](const RuleRef &rule) {
        return rule.index < (rule.disabled ? m_shown.matrix().disabledRules.size() : m_shown.matrix().rules.size());
    });
    m_hidden = std::move(hidden);
    if (m_hidden.empty()) {
        showHidden();
        return;
    }
    m_tree->clearSelection();
    m_tree->selectionModel()->setCurrentIndex({}, QItemSelectionModel::NoUpdate);
    onSelectionChanged();
}

void MatrixPlace::showHidden()
{
    m_hiddenNote->setVisible(!m_hidden.empty());
    if (m_hidden.empty())
        return;
    const RuleRef &first = m_hidden.front();
    const int line = first.disabled ? m_shown.matrix().disabledRules[first.index].rule.where.line
                                    : m_shown.matrix().rules[first.index].where.line;
    m_hiddenNote->setText(
        m_hidden.size() == 1
            ? tr("The selected rule, line %1, is filtered out. <a href=\"all\">Show all rules</a>").arg(line)
            : tr("The %1 selected rules are filtered out. <a href=\"all\">Show all rules</a>").arg(m_hidden.size()));
}

/// What is filtered out stays selected where nothing else is, and the YAML's cursor stays where it is.
void MatrixPlace::onFilterChanged(const QString &filter)
{
    const QScopedValueRollback following(m_following, true);
    const std::vector<RuleRef> selected = selectedRules();
    m_model->setFilter(filter);
    selectRules(selected);
}

/// From the filter: to what is selected, else to the first rule that is found.
void MatrixPlace::goToRules()
{
    const auto first = m_model->ruleAt(m_model->index(0, 0, m_model->index(0, 0)));
    if (first && !m_tree->selectionModel()->hasSelection())
        selectRules({*first});
    m_tree->setFocus(Qt::TabFocusReason);
}

void MatrixPlace::onSelectionChanged()
{
    if (m_tree->selectionModel()->hasSelection())
        m_hidden.clear();
    showHidden();
    const std::vector<RuleRef> rules = selectedRules();
    m_form->setRules(rules);
    highlightRule();
    updateActions();
    if (m_following || !m_matrix || m_matrix->error())
        return;
    if (m_tree->hasFocus() && m_tree->selectionModel()->selectedRows().size() == 1) // By keys, as a click does.
        onRowClicked(m_tree->currentIndex());
    else if (!rules.empty())
        leadToRule();
}

/// The YAML's cursor goes to the selected rule, unless it is in it.
void MatrixPlace::leadToRule()
{
    const QScopedValueRollback following(m_following, true);
    const CodeEditor::LineRange range = editor()->highlightedRange();
    if (range.first > 0 && (editor()->currentLine() < range.first || editor()->currentLine() > range.last))
        editor()->goTo(range.first);
}

void MatrixPlace::onLineChanged(int line)
{
    if (!m_binding->isApplying()
        && !m_forms->isAncestorOf(window()->focusWidget())) // What is edited there stays there.
        follow(line);
}

/// The tree and the forms show what the YAML's cursor is in.
void MatrixPlace::follow(int line)
{
    if (m_following || !m_matrix || m_matrix->error())
        return;
    const std::vector<RuleRef> selected = selectedRules();
    const bool isMoved = editor()->hasFocus(); // Else undo, the disk and the like have moved the cursor.
    if (!isMoved && selected.size() > 1)
        return;
    const QScopedValueRollback following(m_following, true);
    line = lineMeant(*editor()->document(), m_matrix->matrix(), *m_model, line);
    if (showHeaderAt(line))
        return;
    const auto rule = m_model->ruleAtLine(line);
    if (!rule)
        return;
    m_forms->setCurrentIndex(RuleTab);
    const bool isAmongThem = std::find(selected.begin(), selected.end(), *rule) != selected.end();
    if (!isAmongThem || selected.size() > 1)
        selectRules({*rule});
}

/// Shows the form of the backend or the service that the line speaks of. True also where it speaks of what is released,
/// and of no rule.
bool MatrixPlace::showHeaderAt(int line)
{
    const matrix::Matrix &matrix = m_matrix->matrix();
    const auto backend = nearest(matrix.backends, line);
    const auto service = nearest(matrix.services, line);
    const int rule = std::max(nearest(matrix.rules, line).line, nearestDisabled(matrix, line));
    const int row = nearest(*matrix.runners, line).line;
    const int last = std::max({backend.line, service.line, rule, row});
    if (last == 0 || last == rule)
        return false;
    const auto holds = [&](const Location &where) { // A key further to the left is of another map.
        const QString text = editor()->document()->findBlockByNumber(line - 1).text();
        const auto content = std::find_if(text.begin(), text.end(), [](QChar c) { return !c.isSpace(); });
        return content == text.end() || content - text.begin() + 1 >= where.column;
    };
    if (last == backend.line && holds(matrix.backends[backend.index].where)) {
        m_forms->setCurrentIndex(BackendTab);
        m_backendForm->setBackend(QString::fromStdString(matrix.backends[backend.index].id));
    } else if (last == service.line && holds(matrix.services[service.index].where)) {
        m_forms->setCurrentIndex(ServiceTab);
        m_serviceForm->select(static_cast<int>(service.index));
    }
    return true;
}

/// A rule's form for a rule, the backend's for the heading of its rules.
void MatrixPlace::onRowClicked(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    if (m_model->ruleAt(index)) {
        m_forms->setCurrentIndex(RuleTab);
        if (!m_matrix->error())
            leadToRule(); // Where it was selected already nothing else does.
        return;
    }
    const QString id = m_model->backendAt(index);
    if (!m_backendForm->setBackend(id))
        return;
    m_forms->setCurrentIndex(BackendTab);
    goTo(m_matrix->matrix().findBackend(id.toStdString())->where);
}

void MatrixPlace::goTo(const Location &where)
{
    const QScopedValueRollback following(m_following, true);
    if (where.line > 0 && !m_matrix->error())
        editor()->goTo(where.line, std::max(1, where.column));
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
    editor()->setHighlightedRange(
        rule ? CodeEditor::LineRange{rule->where.line, std::max(rule->where.line, rule->lastLine)}
             : CodeEditor::LineRange{});
}

} // namespace runner::ui
