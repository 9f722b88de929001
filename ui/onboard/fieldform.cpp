#include "onboard/fieldform.h"

#include "theme/theme.h"

#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace runner::ui {

namespace {

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

QString words(const Problem &problem)
{
    QString text = QString::fromStdString(problem.message) + QLatin1Char('.');
    if (!problem.advice.empty())
        text += QLatin1Char(' ') + QString::fromStdString(problem.advice) + QLatin1Char('.');
    return text;
}

} // namespace

FieldForm::FieldForm(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QFormLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setHorizontalSpacing(2 * gridUnit);
    m_layout->setVerticalSpacing(gridUnit);
    m_layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
}

void FieldForm::addField(const QString &field, const QString &label, QWidget *editor, const QString &hint)
{
    editor->setObjectName(QStringLiteral("field-") + field);
    (editor->focusProxy() ? editor->focusProxy() : editor)->installEventFilter(this);
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
    m_layout->addRow(title, cell);
    m_rows.push_back({field, editor, below, hint});
    show(m_rows.back(), nullptr);
}

void FieldForm::addText(const QString &text)
{
    auto *label = new QLabel(text);
    label->setWordWrap(true);
    m_layout->addRow(label);
}

void FieldForm::setScope(const QString &scope)
{
    if (m_scope == scope)
        return;
    m_scope = scope;
    for (Row &row : m_rows)
        row.touched = false;
}

void FieldForm::touch(const QString &field)
{
    for (Row &row : m_rows) {
        if (row.field == field)
            row.touched = true;
    }
}

bool FieldForm::setProblems(const onboard::FieldProblems &problems, bool all)
{
    bool sound = true;
    for (const Row &row : m_rows) {
        const auto own = onboard::problemsOf(problems, (m_scope + row.field).toStdString());
        const onboard::FieldProblem *problem = worst(own);
        sound = sound && !onboard::hasErrors(own);
        show(row, all || row.touched ? problem : nullptr);
    }
    return sound;
}

void FieldForm::show(const Row &row, const onboard::FieldProblem *problem)
{
    const Theme theme(palette());
    QPalette colours = palette();
    const bool error = problem && problem->problem.severity == Severity::Error;
    colours.setColor(QPalette::WindowText, !problem ? theme.dimText : error ? theme.errorText : theme.warningText);
    row.below->setPalette(colours);
    row.below->setText(problem ? words(problem->problem) : row.hint);
    row.below->setVisible(!row.below->text().isEmpty());
    row.editor->setAccessibleDescription(row.below->text());
}

/// A field that was left has been answered.
bool FieldForm::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut) {
        for (Row &row : m_rows)
            row.touched = row.touched || row.editor == watched || row.editor->focusProxy() == watched;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace runner::ui
