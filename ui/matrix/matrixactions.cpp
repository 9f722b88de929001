// What the place "Matrix" offers in menus and by keys: edits of the list of rules and of several rules together.
#include "matrix/matrixplace.h"

#include "documents/documentset.h"
#include "documents/fixmenu.h"
#include "editor/codeeditor.h"
#include "editor/codepane.h"
#include "matrix/argumentdialog.h"
#include "matrix/argumentsmodel.h"
#include "matrix/bumpdialog.h"
#include "matrix/edit/ruleedits.h"
#include "matrix/edit/rulelistedits.h"
#include "matrix/ruleform.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QMenu>
#include <QTableView>
#include <QTreeView>

#include <algorithm>

namespace runner::ui {

namespace edits = matrix::edit;

namespace {

/// The rule's argument that says the version of its backend, else its first one of a version; empty where it has none.
QString versionOf(const matrix::Rule &rule)
{
    QString version;
    const QString ofBackend = QString::fromStdString(rule.backend.text).toUpper() + QStringLiteral("_VERSION");
    for (const matrix::Argument &argument : rule.arguments ? *rule.arguments : decltype(rule.arguments)::value_type()) {
        const QString name = QString::fromStdString(argument.name());
        if (name == ofBackend)
            return name;
        if (version.isEmpty() && name.endsWith(QLatin1String("_VERSION")))
            version = name;
    }
    return version;
}

bool needsSelection(const QString &action)
{
    return action != QLatin1String("addRule") && action != QLatin1String("bumpVersion")
           && action != QLatin1String("pasteRules");
}

} // namespace

QAction *MatrixPlace::addAction(const QString &name, const QString &text, const QKeySequence &keys,
                                void (MatrixPlace::*slot)())
{
    auto *action = new QAction(text, this);
    action->setObjectName(name);
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, [this, name, slot] {
        if (needsSelection(name) && !m_hidden.empty() && m_filter->hasFocus())
            Q_EMIT statusMessage(tr("The selected rule is filtered out; select one that the tree shows."));
        else
            (this->*slot)();
    });
    m_editActions << action;
    return action;
}

void MatrixPlace::setUpActions()
{
    setUpListActions();
    setUpChangeActions();
    m_build = new QAction(tr("&Build…"), this);
    m_build->setObjectName(QStringLiteral("matrixBuild"));
    connect(m_build, &QAction::triggered, this, &Place::buildRequested);
    m_tree->addActions(m_editActions);
    m_tree->insertAction(m_editActions.constLast(), makeCopyAction());
    m_tree->addAction(m_build);
    updateActions();
}

/// The window's Copy has the key already; the menu only says so.
QAction *MatrixPlace::makeCopyAction()
{
    m_copy = new QAction(tr("&Copy rule as YAML") + QLatin1Char('\t')
                             + QKeySequence(QKeySequence::Copy).toString(QKeySequence::NativeText),
                         this);
    m_copy->setObjectName(QStringLiteral("copyRules"));
    connect(m_copy, &QAction::triggered, this, &MatrixPlace::copy);
    return m_copy;
}

void MatrixPlace::setUpListActions()
{
    addAction(QStringLiteral("addRule"), tr("&Add rule"), QKeySequence(Qt::CTRL | Qt::Key_N), &MatrixPlace::addRule);
    addAction(QStringLiteral("duplicateRules"), tr("&Duplicate rule"), QKeySequence(Qt::CTRL | Qt::Key_D),
              &MatrixPlace::duplicateRules);
    addAction(QStringLiteral("moveRuleUp"), tr("Move rule &up"), QKeySequence(Qt::ALT | Qt::Key_Up),
              &MatrixPlace::moveUp);
    addAction(QStringLiteral("moveRuleDown"), tr("Move rule d&own"), QKeySequence(Qt::ALT | Qt::Key_Down),
              &MatrixPlace::moveDown);
    addAction(QStringLiteral("toggleRules"), tr("D&isable rule"), QKeySequence(Qt::CTRL | Qt::Key_Slash),
              &MatrixPlace::toggleDisabled);
    QAction *remove =
        addAction(QStringLiteral("removeRules"), tr("&Remove rule"), QKeySequence::Delete, &MatrixPlace::removeRules);
    remove->setShortcutContext(Qt::WidgetShortcut); // The tree's: elsewhere the key deletes text.
}

void MatrixPlace::setUpChangeActions()
{
    addAction(QStringLiteral("setArgument"), tr("&Set argument in selected rules…"), QKeySequence(Qt::CTRL | Qt::Key_E),
              &MatrixPlace::setArgumentInSelected);
    addAction(QStringLiteral("bumpVersion"), tr("Change a &version everywhere…"), QKeySequence(Qt::CTRL | Qt::Key_U),
              &MatrixPlace::bumpVersion);
    QAction *paste = addAction(QStringLiteral("pasteRules"), tr("&Paste YAML as rule"), QKeySequence::Paste,
                               &MatrixPlace::pasteRules);
    paste->setShortcutContext(Qt::WidgetShortcut);
}

QList<QAction *> MatrixPlace::actions(PlaceMenu menu) const
{
    return menu == PlaceMenu::Edit ? m_editActions : menu == PlaceMenu::View ? m_viewActions : QList<QAction *>();
}

void MatrixPlace::updateActions()
{
    const bool can = m_matrix && m_matrix->canEdit();
    const std::vector<RuleRef> selected = selectedRules();
    const auto enabled = enabledSelection();
    for (QAction *action : std::as_const(m_editActions)) {
        const QString name = action->objectName();
        if (!needsSelection(name))
            action->setEnabled(can);
        else if (name == QLatin1String("toggleRules") || name.startsWith(QLatin1String("moveRule")))
            action->setEnabled(can && !selected.empty());
        else
            action->setEnabled(can && !enabled.empty());
        if (name == QLatin1String("toggleRules"))
            action->setText(enabled.empty() && !selected.empty() ? tr("&Enable rule") : tr("D&isable rule"));
    }
    m_copy->setEnabled(!enabled.empty());
    m_build->setEnabled(canBuild());
    Q_EMIT canBuildChanged();
}

bool MatrixPlace::canBuild() const
{
    return m_loaded && m_matrix && m_matrix->document() && !enabledSelection().empty();
}

/// The plan is of the last text that was worked out: a rule that has changed since has none of its images in it.
QStringList MatrixPlace::imagesToBuild() const
{
    QStringList tags;
    if (!canBuild())
        return tags;
    const auto &rules = m_loaded->workspace->matrix.rules;
    const std::vector<std::size_t> selected = enabledSelection();
    for (const expand::Job &job : m_loaded->plan().jobs) {
        const bool isSelected = std::binary_search(selected.begin(), selected.end(), job.rule);
        if (isSelected && job.rule < rules.size() && job.rule < m_shown.matrix().rules.size()
            && rules[job.rule] == m_shown.matrix().rules[job.rule])
            tags << QString::fromStdString(job.platformTag);
    }
    return tags;
}

std::vector<std::size_t> MatrixPlace::enabledSelection() const
{
    std::vector<std::size_t> result;
    for (const RuleRef &rule : selectedRules()) {
        if (!rule.disabled)
            result.push_back(rule.index);
    }
    return result;
}

void MatrixPlace::applyAndSelect(const std::vector<edits::Edit> &steps, const std::vector<RuleRef> &rules)
{
    m_next = rules;
    m_matrix->apply(steps);
    m_next.reset();
}

/// Of a selection with disabled rules, what was done to the others alone; \a what in a sentence.
void MatrixPlace::tellLeftOut(const QString &what)
{
    Q_EMIT statusMessage(what + QLatin1Char(' ')
                         + tr("Disabled ones of the selection stay as they are; enable them first."));
}

/// Like the selected one, so that it says something; behind it.
void MatrixPlace::addRule()
{
    const auto selected = enabledSelection();
    const matrix::Matrix &matrix = m_matrix->matrix();
    edits::RuleDraft draft;
    if (!selected.empty()) {
        draft.backend = matrix.rules[selected.back()].backend.text;
        draft.services = {matrix.rules[selected.back()].services.empty()
                              ? std::string("vllm")
                              : matrix.rules[selected.back()].services.front().text};
    } else {
        const bool known = m_loaded && !m_loaded->workspace->matrix.backends.empty();
        draft.backend = known ? m_loaded->workspace->matrix.backends.front().id : "cuda";
        const bool named = m_loaded && !m_loaded->workspace->matrix.services.empty();
        draft.services = {named ? m_loaded->workspace->matrix.services.front().id : "vllm"};
    }
    const std::size_t place = selected.empty() ? matrix.rules.size() : selected.back() + 1;
    const edits::Edit edit = selected.empty() ? edits::addRule(draft) : edits::addRule(draft, selected.back());
    applyAndSelect({edit}, {{place, false}});
}

void MatrixPlace::duplicateRules()
{
    const auto selected = enabledSelection();
    std::vector<edits::Edit> steps;
    std::vector<RuleRef> repeated;
    for (auto rule = selected.rbegin(); rule != selected.rend(); ++rule) // From the end: the others keep their place.
        steps.push_back(edits::duplicateRule(*rule));
    for (std::size_t i = 0; i < selected.size(); ++i)
        repeated.push_back({selected[i] + i + 1, false});
    if (steps.empty())
        return;
    const bool isMixed = selected.size() < selectedRules().size();
    applyAndSelect(steps, repeated);
    if (isMixed)
        tellLeftOut(tr("Duplicated: %1.").arg(selected.size()));
}

void MatrixPlace::removeRules()
{
    const auto selected = enabledSelection();
    if (selected.empty())
        return;
    if (!m_hidden.empty()) {
        Q_EMIT statusMessage(tr("Not removed: the rule is filtered out of the tree. Show it first."));
        return;
    }
    const bool isMixed = selected.size() < selectedRules().size();
    const std::size_t left = m_matrix->matrix().rules.size() - selected.size();
    applyAndSelect({edits::removeRules(selected)}, {{left == 0 ? 0 : std::min(selected.front(), left - 1), false}});
    if (isMixed)
        tellLeftOut(tr("Removed: %1.").arg(selected.size()));
}

/// Disables what is enabled; where nothing of the selection is, enables it.
void MatrixPlace::toggleDisabled()
{
    const auto enabled = enabledSelection();
    std::vector<edits::Edit> steps;
    if (!enabled.empty()) {
        for (auto rule = enabled.rbegin(); rule != enabled.rend(); ++rule) // From the end: the others keep their place.
            steps.push_back(edits::disableRule(*rule));
    } else {
        const auto selected = selectedRules();
        for (auto rule = selected.rbegin(); rule != selected.rend(); ++rule)
            steps.push_back(edits::enableRule(rule->index));
    }
    m_matrix->apply(steps);
}

void MatrixPlace::copy()
{
    const std::string text = m_matrix ? edits::copyRules(m_matrix->parsed(), enabledSelection()) : std::string();
    if (text.empty()) {
        Q_EMIT statusMessage(tr("Select a rule to copy it as YAML."));
        return;
    }
    QApplication::clipboard()->setText(QString::fromStdString(text));
    if (enabledSelection().size() < selectedRules().size())
        tellLeftOut(tr("Copied as YAML: %1.").arg(enabledSelection().size()));
    else
        Q_EMIT statusMessage(tr("Copied as YAML"));
}

void MatrixPlace::pasteRules()
{
    const auto selected = enabledSelection();
    const std::optional<std::size_t> after = selected.empty() ? std::nullopt : std::optional(selected.back());
    const std::string yaml = QApplication::clipboard()->text().toStdString();
    const std::size_t place = after ? *after + 1 : m_matrix->matrix().rules.size();
    applyAndSelect({edits::pasteRules(yaml, after)}, {{place, false}});
}

void MatrixPlace::setArgumentInSelected()
{
    const auto selected = enabledSelection();
    if (selected.empty())
        return;
    const matrix::Rule &first = m_matrix->matrix().rules[selected.front()];
    const auto hints = m_loaded ? argumentHints(*m_loaded->workspace, first) : std::vector<ArgumentHint>();
    auto *dialog = new ArgumentDialog(static_cast<int>(selected.size()), hints, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, count = selected.size()] {
        auto rules = enabledSelection(); // They may have other numbers by now.
        if (rules.size() == count)
            m_matrix->apply(
                edits::setArgument(std::move(rules), dialog->name().toStdString(), dialog->value().toStdString()));
        else
            Q_EMIT statusMessage(tr("Not changed: the matrix has been edited meanwhile. Open the dialog again."));
    });
    dialog->open();
}

/// Begins with the argument that is chosen in the form, else with the version of the selected rule's backend.
void MatrixPlace::bumpVersion()
{
    const QModelIndex current = m_form->argumentTable()->currentIndex();
    QString name = current.isValid() ? m_form->arguments()->nameAt(current.row()) : QString();
    const auto selected = enabledSelection();
    if (name.isEmpty() && !selected.empty())
        name = versionOf(m_matrix->matrix().rules[selected.front()]);
    auto *dialog = new BumpDialog(m_matrix->parsed(), name, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        if (dialog->text() == m_matrix->parsed().text())
            m_matrix->apply(dialog->edit());
        else
            Q_EMIT statusMessage(tr("Not changed: the matrix has been edited meanwhile. Open the dialog again."));
    });
    dialog->open();
}

/// Only what is certain, and only while the findings are about the text as it is.
void MatrixPlace::showFixes(int problem, const QPoint &place)
{
    if (!m_loaded || !m_matrix->document() || m_matrix->error())
        return;
    QMenu menu(this);
    menu.setObjectName(QStringLiteral("fixMenu"));
    const QList<int> onLine = editor()->problemsAt(editor()->problemLine(problem)); // Two of them have one mark.
    for (const int each : onLine)
        addFixes(menu, m_loaded, *m_documents, editor()->problems()[static_cast<std::size_t>(each)]);
    if (!menu.isEmpty())
        menu.exec(place);
    else if (!onLine.isEmpty())
        Q_EMIT statusMessage(QString::fromStdString(
            diagnostics::describe(editor()->problems()[static_cast<std::size_t>(onLine.front())])));
}

} // namespace runner::ui
