#include "pack/previewmodel.h"

#include "support/argumentmodel.h"
#include "theme/icons.h"
#include "theme/theme.h"

#include <algorithm>

namespace runner::ui {

namespace {

using expand::ExplainedArgument;

QString placeOf(const expand::Step &step)
{
    if (step.origin == expand::Origin::AdHoc)
        return PreviewModel::tr("typed here");
    return QString::fromStdString(step.where.file).section(u'/', -1) + u':' + QString::number(step.where.line);
}

/// The places that had a say, the one that decided first.
QString chainOf(const ExplainedArgument &argument)
{
    QStringList own, others;
    for (const expand::Step &step : argument.chain) {
        if (step.name == argument.name)
            own.prepend(placeOf(step));
        else
            others.append(placeOf(step));
    }
    others.removeDuplicates();
    return (own + others).join(QStringLiteral(" ← "));
}

QString stagesOf(const ExplainedArgument &argument)
{
    QStringList stages;
    for (const std::string &stage : argument.stages)
        stages << QString::fromStdString(stage);
    return stages.join(QStringLiteral(", "));
}

QString needOf(const ExplainedArgument &argument)
{
    if (!argument.declared)
        return PreviewModel::tr("unknown");
    switch (argument.need) {
    case dockerfile::Need::Required:
        return PreviewModel::tr("required");
    case dockerfile::Need::Optional:
        return PreviewModel::tr("optional");
    case dockerfile::Need::Placeholder:
        return PreviewModel::tr("placeholder");
    case dockerfile::Need::Undocumented:
        break;
    }
    return PreviewModel::tr("not described");
}

bool isGiven(const ExplainedArgument &argument)
{
    return std::any_of(argument.chain.begin(), argument.chain.end(), [&](const expand::Step &step) {
        return step.name == argument.name && step.origin != expand::Origin::Dockerfile;
    });
}

bool sameNames(const std::vector<ExplainedArgument> &a, const std::vector<ExplainedArgument> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const auto &x, const auto &y) { return x.name == y.name; });
}

} // namespace

void PreviewModel::setArguments(std::vector<ExplainedArgument> arguments)
{
    if (sameNames(arguments, m_arguments)) {
        m_arguments = std::move(arguments);
        if (!m_arguments.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_arguments = std::move(arguments);
    endResetModel();
}

QString PreviewModel::complaint(const ExplainedArgument &argument) const
{
    if (!argument.declared)
        return tr("The Dockerfile declares no argument of this name: the build ignores it");
    const bool placeholder = argument.need == dockerfile::Need::Placeholder;
    if (argument.used())
        return placeholder ? tr("Described as a placeholder, but a stage uses it") : QString();
    if (isTyped(argument))
        return tr("It is given for nothing: no stage on the way to this image uses it");
    if (isGiven(argument))
        return m_usedByRule.contains(argument.name) ? QString()
                                                    : tr("It is given for nothing: no image of its rule uses it");
    return placeholder || m_usedByOthers.contains(argument.name) ? QString()
                                                                 : tr("No image of this Dockerfile uses it");
}

bool PreviewModel::isTyped(const ExplainedArgument &argument)
{
    return std::any_of(argument.chain.begin(), argument.chain.end(), [&](const expand::Step &step) {
        return step.name == argument.name && step.origin == expand::Origin::AdHoc;
    });
}

int PreviewModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_arguments.size());
}

int PreviewModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString PreviewModel::textOf(const ExplainedArgument &argument, int column) const
{
    switch (column) {
    case Name:
        return QString::fromStdString(argument.name);
    case ValueColumn:
        if (!argument.value || argument.value->empty())
            return argument.value ? tr("(empty)") : tr("(no value)");
        return QString::fromStdString(*argument.value);
    case From:
        return chainOf(argument);
    case Need:
        return needOf(argument);
    default:
        if (argument.used())
            return stagesOf(argument);
        return m_usedByOthers.contains(argument.name) ? tr("other images") : tr("nothing");
    }
}

QVariant PreviewModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const ExplainedArgument &shown = argument(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return textOf(shown, index.column());
    case Qt::EditRole:
        return QString::fromStdString(shown.value.value_or(std::string()));
    case Qt::ToolTipRole: {
        const QString said = complaint(shown);
        return describeChain(shown) + (said.isEmpty() ? QString() : QStringLiteral("\n\n") + said);
    }
    case Qt::FontRole:
        if (index.column() <= ValueColumn)
            return isTyped(shown) ? boldFont(codeFont(QFont())) : codeFont(QFont());
        return {};
    case Qt::DecorationRole:
        if (index.column() == Name && !complaint(shown).isEmpty())
            return drawnIcon(shown.declared ? QStringLiteral("dialog-information") : QStringLiteral("dialog-warning"));
        return {};
    default:
        return {};
    }
}

QVariant PreviewModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static const QStringList names{tr("Argument"), tr("Value"), tr("Where from"), tr("Need"), tr("Used in")};
    return orientation == Qt::Horizontal && role == Qt::DisplayRole ? names.value(section) : QVariant();
}

Qt::ItemFlags PreviewModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.column() == ValueColumn ? flags | Qt::ItemIsEditable : flags;
}

bool PreviewModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !index.isValid() || index.column() != ValueColumn)
        return false;
    const QString wanted = value.toString();
    if (wanted == data(index, Qt::EditRole).toString())
        return false;
    Q_EMIT overrideRequested(QString::fromStdString(argument(index.row()).name), wanted);
    return true;
}

} // namespace runner::ui
