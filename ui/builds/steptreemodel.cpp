#include "builds/steptreemodel.h"

#include "build/explain.h"
#include "builds/buildwords.h"

#include <QGuiApplication>
#include <QPalette>

#include <algorithm>

namespace runner::ui {

namespace {

/// Whether the rows that are there stay where they are, and only rows at the ends are added.
bool onlyGrows(const std::vector<StepGroup> &before, const std::vector<StepGroup> &now)
{
    if (before.size() > now.size())
        return false;
    for (std::size_t i = 0; i < before.size(); ++i) {
        const auto &old = before[i].steps;
        if (before[i].name != now[i].name || old.size() > now[i].steps.size()
            || !std::equal(old.begin(), old.end(), now[i].steps.begin()))
            return false;
    }
    return true;
}

} // namespace

void StepTreeModel::setSteps(const build::Steps &steps, build::Time now, bool fresh)
{
    m_now = now;
    const std::vector<build::Step> &next = steps.steps();
    bool sameNames = !fresh && next.size() >= m_steps.size();
    for (std::size_t i = 1; sameNames && i < m_steps.size(); ++i)
        sameNames = next[i].name == m_steps[i].name;
    const bool sameRows = sameNames && next.size() == m_steps.size();
    std::vector<StepGroup> groups = sameRows ? m_groups : groupedSteps(next);
    if (!sameNames || !onlyGrows(m_groups, groups)) {
        beginResetModel();
        m_steps = next;
        m_groups = std::move(groups);
        endResetModel();
        return;
    }
    m_steps = next;
    for (int i = 0; i < static_cast<int>(m_groups.size()); ++i) {
        const QModelIndex group = index(i, 0);
        const int last = static_cast<int>(m_groups[static_cast<std::size_t>(i)].steps.size()) - 1;
        Q_EMIT dataChanged(group, group.siblingAtColumn(ColumnCount - 1));
        Q_EMIT dataChanged(index(0, 0, group), index(last, ColumnCount - 1, group));
    }
    if (!sameRows)
        grow(groups);
}

void StepTreeModel::grow(const std::vector<StepGroup> &groups)
{
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const int row = static_cast<int>(i);
        if (i == m_groups.size()) {
            beginInsertRows({}, row, row);
            m_groups.push_back({groups[i].name, {}});
            endInsertRows();
        }
        std::vector<std::size_t> &steps = m_groups[i].steps;
        if (steps.size() == groups[i].steps.size())
            continue;
        beginInsertRows(index(row, 0), static_cast<int>(steps.size()), static_cast<int>(groups[i].steps.size()) - 1);
        steps = groups[i].steps;
        endInsertRows();
    }
}

QModelIndex StepTreeModel::indexOf(std::size_t step) const
{
    for (std::size_t i = 0; i < m_groups.size(); ++i) {
        const auto &steps = m_groups[i].steps;
        const auto found = std::find(steps.begin(), steps.end(), step);
        if (found != steps.end())
            return index(static_cast<int>(found - steps.begin()), 0, index(static_cast<int>(i), 0));
    }
    return {};
}

// The internal identifier is 0 for a stage, and one more than its row for its steps.
QModelIndex StepTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : 0);
}

QModelIndex StepTreeModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == 0)
        return {};
    return createIndex(static_cast<int>(child.internalId()) - 1, 0, quintptr(0));
}

int StepTreeModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    if (parent.internalId() != 0 || parent.column() > 0)
        return 0;
    return static_cast<int>(m_groups[static_cast<std::size_t>(parent.row())].steps.size());
}

int StepTreeModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

build::StepState StepTreeModel::stateOf(const StepGroup &group) const
{
    using build::StepState;
    const auto any = [&](StepState state) {
        return std::any_of(group.steps.begin(), group.steps.end(),
                           [&](std::size_t i) { return m_steps[i].state == state; });
    };
    for (const StepState state : {StepState::Failed, StepState::Running, StepState::Cancelled, StepState::Waiting,
                                  StepState::Done, StepState::NoCache}) {
        if (any(state))
            return state;
    }
    return StepState::Cached;
}

QVariant StepTreeModel::groupData(const StepGroup &group, int column, int role) const
{
    const build::StepState state = stateOf(group);
    if (role == Qt::DisplayRole && column == NameColumn)
        return group.name;
    if (role == Qt::DisplayRole && column == StateColumn) {
        const auto ended =
            std::count_if(group.steps.begin(), group.steps.end(), [&](std::size_t i) { return m_steps[i].ended(); });
        return state == build::StepState::Running ? tr("%1 of %2").arg(ended).arg(group.steps.size())
                                                  : stateWord(state);
    }
    if (role == Qt::DisplayRole && column == TimeColumn) {
        build::Time busy = 0;
        for (const std::size_t i : group.steps)
            busy += m_steps[i].busy;
        return busy > 0 ? shownDuration(busy) : QString();
    }
    if (role == Qt::ForegroundRole && column == StateColumn)
        return stateColour(state, Theme(QGuiApplication::palette()));
    return role == StepRole ? QVariant(-1) : QVariant();
}

QVariant StepTreeModel::stepData(const build::Step &step, int column, int role) const
{
    if (role == Qt::DisplayRole && column == NameColumn) // With the number that stands before its lines in the log.
        return QStringLiteral("#%1 ").arg(&step - m_steps.data())
               + QString::fromStdString(step.name.empty() ? step.digest : build::instructionOf(step.name)).simplified();
    if (role == Qt::DisplayRole && column == StateColumn) {
        const QString progress = step.state == build::StepState::Running ? progressOf(step) : QString();
        const QString clipped = step.clipped ? tr(", log cut") : QString();
        return stateSign(step.state) + u' ' + (progress.isEmpty() ? stateWord(step.state) : progress) + clipped;
    }
    if (role == Qt::DisplayRole && column == TimeColumn) {
        const build::Time busy = step.busyUntil(m_now);
        return busy > 0 && step.state != build::StepState::Cached ? shownDuration(busy) : QString();
    }
    if (role == Qt::ToolTipRole)
        return QString::fromStdString(step.error.empty() ? step.name : step.name + "\n\n" + step.error).left(2000);
    if (role == Qt::ForegroundRole && column == StateColumn)
        return stateColour(step.state, Theme(QGuiApplication::palette()));
    if (role == Qt::TextAlignmentRole && column == TimeColumn)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::AccessibleTextRole && column == NameColumn)
        return QStringLiteral("%1, %2").arg(QString::fromStdString(step.name), stateWord(step.state));
    return {};
}

QVariant StepTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (index.internalId() == 0) {
        if (role == Qt::TextAlignmentRole && index.column() == TimeColumn)
            return QVariant(Qt::AlignRight | Qt::AlignVCenter);
        return groupData(m_groups[static_cast<std::size_t>(index.row())], index.column(), role);
    }
    const std::size_t step = m_groups[index.internalId() - 1].steps[static_cast<std::size_t>(index.row())];
    if (role == StepRole)
        return static_cast<int>(step);
    return stepData(m_steps[step], index.column(), role);
}

QVariant StepTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((section == TimeColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    return section == NameColumn ? tr("Step") : section == StateColumn ? tr("State") : tr("Time");
}

} // namespace runner::ui
