#include "onboard/fieldform.h"

#include "diagnostics/problemtext.h"
#include "onboard/answertable.h"
#include "theme/theme.h"

#include <QApplication>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace runner::ui {

namespace {

constexpr int pauseMilliseconds = 600;

/// The first error, else the first of what is told.
const onboard::FieldProblem *worst(const onboard::FieldProblems &problems)
{
    const auto error = std::find_if(problems.begin(), problems.end(), [](const onboard::FieldProblem &problem) {
        return problem.problem.severity == Severity::Error;
    });
    if (error != problems.end())
        return &*error;
    return problems.empty() ? nullptr : &problems.front();
}

/// A line does not end within "${", as it otherwise may: U+2060 keeps both together.
QString unbroken(QString hint)
{
    return hint.replace(QStringLiteral("${"), QStringLiteral("$\u2060{"));
}

} // namespace

FieldForm::FieldForm(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QGridLayout(this)) // A form layout cuts off a text that has become longer.
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setHorizontalSpacing(2 * gridUnit);
    m_layout->setVerticalSpacing(gridUnit);
    m_layout->setColumnStretch(1, 1);
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMilliseconds);
    connect(&m_pause, &QTimer::timeout, this, [this] { touch(QApplication::focusWidget()); });
    connect(qApp, &QApplication::focusChanged, this, &FieldForm::onFocusChanged);
}

/// The editors go after this, and the cursor with them.
FieldForm::~FieldForm()
{
    disconnect(qApp, nullptr, this, nullptr);
}

bool FieldForm::Row::has(const QWidget *widget) const
{
    return widget && (widget == editor || editor->isAncestorOf(widget));
}

void FieldForm::addField(const QString &field, const QString &label, QWidget *editor, const QString &hint)
{
    editor->setObjectName(QStringLiteral("field-") + field);
    auto *below = new QLabel;
    below->setObjectName(QStringLiteral("field-%1-problem").arg(field));
    below->setTextFormat(Qt::PlainText);
    below->setWordWrap(true);
    auto *cell = new QWidget;
    auto *down = new QVBoxLayout(cell);
    down->setContentsMargins(0, 0, 0, 0);
    down->setSpacing(gridUnit / 2);
    down->addWidget(editor);
    down->addWidget(below);
    auto *title = new QLabel(label);
    title->setBuddy(editor);
    if (editor->accessibleName().isEmpty())
        editor->setAccessibleName(QString(label).remove(u'&'));
    title->setMinimumHeight(QLineEdit().sizeHint().height()); // In line with the text beside it.
    const int row = static_cast<int>(m_rows.size());
    m_layout->addWidget(title, row, 0, Qt::AlignTop | Qt::AlignLeft);
    m_layout->addWidget(cell, row, 1);
    m_rows.push_back({field, title, cell, editor, below, hint});
    show(m_rows.back(), nullptr);
}

void FieldForm::setFieldVisible(const QString &field, bool visible)
{
    for (const Row &row : m_rows) {
        if (row.field != field)
            continue;
        row.title->setVisible(visible);
        row.cell->setVisible(visible);
    }
}

void FieldForm::setHint(const QString &field, const QString &hint)
{
    for (Row &row : m_rows) {
        if (row.field == field)
            row.hint = hint;
    }
    showAll();
}

void FieldForm::alignLabels(const std::vector<FieldForm *> &forms)
{
    int widest = 0;
    for (const FieldForm *form : forms) {
        for (const Row &row : form->m_rows)
            widest = std::max(widest, row.title->sizeHint().width());
    }
    for (const FieldForm *form : forms) {
        for (const Row &row : form->m_rows)
            row.title->setMinimumWidth(widest);
    }
}

void FieldForm::setScope(const QString &scope)
{
    if (m_scope == scope)
        return;
    m_scope = scope;
    for (Row &row : m_rows)
        row.touched = false;
}

onboard::FieldProblems FieldForm::problemsOf(const Row &row) const
{
    return onboard::problemsOf(m_problems, (m_scope + row.field).toStdString());
}

bool FieldForm::setProblems(const onboard::FieldProblems &problems, bool all)
{
    m_problems = problems;
    m_all = all;
    showAll();
    const auto isTyped = [](const Row &row) { return !row.touched && row.has(QApplication::focusWidget()); };
    if (std::any_of(m_rows.begin(), m_rows.end(), isTyped))
        m_pause.start();
    return std::none_of(m_rows.begin(), m_rows.end(),
                        [this](const Row &row) { return onboard::hasErrors(problemsOf(row)); });
}

bool FieldForm::goToError()
{
    const auto wrong = std::find_if(m_rows.begin(), m_rows.end(),
                                    [this](const Row &row) { return onboard::hasErrors(problemsOf(row)); });
    if (wrong == m_rows.end())
        return false;
    wrong->editor->setFocus();
    return true;
}

void FieldForm::showAll()
{
    for (const Row &row : m_rows) {
        const auto own = problemsOf(row);
        show(row, m_all || row.touched ? worst(own) : nullptr);
    }
}

/// Colours of hints and problems are the palette's.
void FieldForm::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showAll();
}

/// "Row 2: " for a problem of a table's row; the field is then "arguments[1].comment".
QString FieldForm::rowOf(const onboard::FieldProblem &problem, const Row &row) const
{
    const QString index = QString::fromStdString(problem.field).mid((m_scope + row.field).size());
    const qsizetype end = index.indexOf(u']');
    if (!qobject_cast<const AnswerTable *>(row.editor) || !index.startsWith(u'[') || end < 0)
        return {};
    return tr("Row %1: ").arg(index.mid(1, end - 1).toInt() + 1);
}

void FieldForm::show(const Row &row, const onboard::FieldProblem *problem)
{
    const Theme theme(palette());
    QPalette colours = palette();
    const bool error = problem && problem->problem.severity == Severity::Error;
    colours.setColor(QPalette::WindowText, !problem ? theme.dimText : error ? theme.errorText : theme.warningText);
    row.below->setPalette(colours);
    const QString text = problem ? rowOf(*problem, row) + sentencesOf(problem->problem) : row.hint;
    row.below->setText(problem ? text : unbroken(text));
    row.below->setVisible(!text.isEmpty());
    row.editor->setAccessibleDescription(text);
}

/// A field that was left has been answered. Who only looks at another window has not left it.
void FieldForm::onFocusChanged(const QWidget *old, const QWidget *now)
{
    if (now && now->window() == window())
        touch(old);
}

void FieldForm::touch(const QWidget *widget)
{
    for (Row &row : m_rows)
        row.touched = row.touched || row.has(widget);
    showAll();
}

} // namespace runner::ui
