#include "builds/planmodel.h"

#include <algorithm>

namespace runner::ui {

void PlanModel::setWorkspace(const LoadedPointer &loaded)
{
    beginResetModel();
    m_loaded = loaded;
    m_jobs.clear();
    std::set<std::string> known;
    for (const expand::Plan *plan : {&loaded->plan(), &loaded->runtimePlan()}) {
        // A plan runs backwards through the matrix.
        for (auto job = plan->jobs.rbegin(); job != plan->jobs.rend(); ++job) {
            if (job->dockerfile && known.insert(job->platformTag).second)
                m_jobs.push_back(&*job);
        }
    }
    std::erase_if(m_ticked, [&](const std::string &tag) { return !known.contains(tag); });
    endResetModel();
    Q_EMIT tickedChanged();
}

std::vector<const expand::Job *> PlanModel::ticked() const
{
    std::vector<const expand::Job *> jobs;
    for (const expand::Job *job : m_jobs) {
        if (m_ticked.contains(job->platformTag))
            jobs.push_back(job);
    }
    return jobs;
}

void PlanModel::setTicked(const std::vector<int> &rows, bool ticked)
{
    for (const int row : rows) {
        if (ticked)
            m_ticked.insert(job(row).platformTag);
        else
            m_ticked.erase(job(row).platformTag);
    }
    if (!rows.empty()) { // Once for all: views look at their visible rows only.
        const auto [first, last] = std::minmax_element(rows.begin(), rows.end());
        Q_EMIT dataChanged(index(*first, TagColumn), index(*last, TagColumn), {Qt::CheckStateRole});
    }
    Q_EMIT tickedChanged();
}

void PlanModel::tickOnly(const std::set<std::string> &platformTags)
{
    m_ticked = platformTags;
    if (!m_jobs.empty())
        Q_EMIT dataChanged(index(0, TagColumn), index(rowCount() - 1, TagColumn), {Qt::CheckStateRole});
    Q_EMIT tickedChanged();
}

int PlanModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_jobs.size());
}

int PlanModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PlanModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const expand::Job &shown = job(index.row());
    if (role == Qt::DisplayRole)
        return QString::fromStdString(index.column() == TagColumn ? shown.platformTag : shown.platform);
    if (role == Qt::CheckStateRole && index.column() == TagColumn)
        return m_ticked.contains(shown.platformTag) ? Qt::Checked : Qt::Unchecked;
    return {};
}

bool PlanModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::CheckStateRole || index.column() != TagColumn)
        return false;
    setTicked({index.row()}, value.toInt() == Qt::Checked);
    return true;
}

Qt::ItemFlags PlanModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.isValid() && index.column() == TagColumn ? flags | Qt::ItemIsUserCheckable : flags;
}

QVariant PlanModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == TagColumn ? tr("Image") : tr("Platform");
}

} // namespace runner::ui
