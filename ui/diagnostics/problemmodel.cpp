#include "diagnostics/problemmodel.h"

#include "theme/icons.h"

#include <algorithm>

namespace runner::ui {

namespace {

QIcon iconOf(Severity severity)
{
    static const QIcon icons[] = {drawnIcon(QStringLiteral("dialog-error")),
                                  drawnIcon(QStringLiteral("dialog-warning")),
                                  drawnIcon(QStringLiteral("dialog-information"))};
    return icons[static_cast<int>(severity)];
}

} // namespace

void ProblemModel::setProblems(Problems problems)
{
    beginResetModel();
    m_problems = std::move(problems);
    std::stable_sort(m_problems.begin(), m_problems.end(),
                     [](const Problem &a, const Problem &b) { return a.severity < b.severity; });
    endResetModel();
}

int ProblemModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_problems.size());
}

int ProblemModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString ProblemModel::textOf(const Problem &problem, int column) const
{
    switch (column) {
    case SeverityColumn:
        return problem.severity == Severity::Error     ? tr("Error")
               : problem.severity == Severity::Warning ? tr("Warning")
                                                       : tr("Note");
    case Place:
        return QString::fromStdString(diagnostics::describe(problem.where));
    case Message:
        return QString::fromStdString(problem.message);
    default:
        return QString::fromStdString(problem.advice);
    }
}

QVariant ProblemModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Problem &problem = m_problems[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole)
        return textOf(problem, index.column());
    if (role == Qt::ToolTipRole)
        return QString::fromStdString(diagnostics::describe(problem));
    if (role == Qt::DecorationRole && index.column() == SeverityColumn)
        return iconOf(problem.severity);
    return {};
}

QVariant ProblemModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static const QStringList names{tr("Severity"), tr("Place"), tr("What is wrong"), tr("What to do")};
    return orientation == Qt::Horizontal && role == Qt::DisplayRole ? names.value(section) : QVariant();
}

} // namespace runner::ui
