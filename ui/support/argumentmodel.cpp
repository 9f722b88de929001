#include "support/argumentmodel.h"

#include "theme/theme.h"

#include <QCoreApplication>
#include <QFont>
#include <QStringList>

namespace runner::ui {

namespace {

QString placeOf(const expand::Step &step)
{
    const QString place = QString::fromStdString(diagnostics::describe(step.where));
    return place.isEmpty() ? QString::fromLatin1(expand::originName(step.origin)) : place;
}

QString fromOf(const expand::ExplainedArgument &argument)
{
    const expand::Step *last = nullptr;
    for (const expand::Step &step : argument.chain) {
        if (step.name == argument.name)
            last = &step;
    }
    if (!last)
        return QStringLiteral("–");
    const QString origin = QString::fromLatin1(expand::originName(last->origin));
    return last->where.line > 0 ? QStringLiteral("%1:%2").arg(origin).arg(last->where.line) : origin;
}

QString stagesOf(const expand::ExplainedArgument &argument)
{
    QStringList stages;
    for (const std::string &stage : argument.stages)
        stages << QString::fromStdString(stage);
    return stages.isEmpty() ? QCoreApplication::translate("ArgumentModel", "unused")
                            : stages.join(QStringLiteral(", "));
}

QString valueOf(const expand::ExplainedArgument &argument)
{
    if (!argument.value)
        return QCoreApplication::translate("ArgumentModel", "(no value)");
    return argument.value->empty() ? QCoreApplication::translate("ArgumentModel", "(empty)")
                                   : QString::fromStdString(*argument.value);
}

QString textOf(const expand::ExplainedArgument &argument, int column)
{
    switch (column) {
    case ArgumentModel::Name:
        return QString::fromStdString(argument.name);
    case ArgumentModel::ValueColumn:
        return valueOf(argument);
    case ArgumentModel::From:
        return fromOf(argument);
    case ArgumentModel::Need:
        return argument.declared ? QString::fromLatin1(dockerfile::needName(argument.need))
                                 : QCoreApplication::translate("ArgumentModel", "not declared");
    default:
        return stagesOf(argument);
    }
}

QString assignmentOf(const expand::ExplainedArgument &argument)
{
    const std::string value = argument.value ? '=' + *argument.value : std::string();
    return QString::fromStdString(argument.name + value);
}

} // namespace

QString describeChain(const expand::ExplainedArgument &argument)
{
    QStringList lines;
    if (!argument.description.empty())
        lines << QString::fromStdString(argument.description);
    for (const expand::Step &step : argument.chain)
        lines << QStringLiteral("%1: %2=%3")
                     .arg(placeOf(step), QString::fromStdString(step.name), QString::fromStdString(step.text));
    if (argument.value)
        lines << QCoreApplication::translate("ArgumentModel", "The build sees: %1")
                     .arg(QString::fromStdString(*argument.value));
    lines << (argument.used()
                  ? QCoreApplication::translate("ArgumentModel", "Used in: %1").arg(stagesOf(argument))
                  : QCoreApplication::translate("ArgumentModel", "No stage on the way to this image uses it."));
    return lines.join(QLatin1Char('\n'));
}

void ArgumentModel::setArguments(std::vector<expand::ExplainedArgument> arguments)
{
    beginResetModel();
    m_arguments = std::move(arguments);
    endResetModel();
}

int ArgumentModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_arguments.size());
}

int ArgumentModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ArgumentModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const expand::ExplainedArgument &argument = m_arguments[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole)
        return textOf(argument, index.column());
    if (role == Qt::ToolTipRole)
        return QString(QString::fromStdString(argument.name) + QLatin1Char('\n') + describeChain(argument));
    if (role == StoryRole)
        return describeChain(argument);
    if (role == AssignmentRole)
        return assignmentOf(argument);
    if (role == Qt::AccessibleTextRole && index.column() == Name)
        return QString(assignmentOf(argument) + QLatin1Char('\n') + describeChain(argument));
    if (role == Qt::FontRole && index.column() <= ValueColumn)
        return codeFont(QFont());
    return {};
}

QVariant ArgumentModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static const QStringList names{tr("Argument"), tr("Value"), tr("From"), tr("Need"), tr("Used in")};
    return orientation == Qt::Horizontal && role == Qt::DisplayRole ? names.value(section) : QVariant();
}

} // namespace runner::ui
