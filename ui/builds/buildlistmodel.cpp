#include "builds/buildlistmodel.h"

#include "builds/buildwords.h"

#include <algorithm>

namespace runner::ui {

std::pair<int, std::int64_t> BuildListModel::Row::key() const
{
    return record ? std::pair(1, record->id) : std::pair(0, item->id);
}

void BuildListModel::set(const std::vector<build::QueueItem> &items, const std::vector<build::BuildRecord> &records)
{
    std::vector<Row> next;
    for (const build::QueueItem &item : items) {
        if (item.build == 0)
            next.push_back({item, {}});
    }
    std::reverse(next.begin(), next.end());
    for (const build::BuildRecord &record : records)
        next.push_back({{}, record});
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList old = persistentIndexList();
    std::vector<std::pair<int, std::int64_t>> keys;
    for (const QModelIndex &index : old)
        keys.push_back(m_rows[static_cast<std::size_t>(index.row())].key());
    m_rows = std::move(next);
    for (qsizetype i = 0; i < old.size(); ++i) {
        const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &row) { return row.key() == keys[static_cast<std::size_t>(i)]; });
        changePersistentIndex(old[i], found == m_rows.end() ? QModelIndex() : index(static_cast<int>(found - m_rows.begin())));
    }
    Q_EMIT layoutChanged();
}

const build::BuildRecord *BuildListModel::record(const QModelIndex &index) const
{
    if (!index.isValid())
        return nullptr;
    const auto &record = m_rows[static_cast<std::size_t>(index.row())].record;
    return record ? &*record : nullptr;
}

const build::QueueItem *BuildListModel::item(const QModelIndex &index) const
{
    if (!index.isValid())
        return nullptr;
    const auto &item = m_rows[static_cast<std::size_t>(index.row())].item;
    return item ? &*item : nullptr;
}

QModelIndex BuildListModel::indexOfBuild(std::int64_t build) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &row) { return row.record && row.record->id == build; });
    return found == m_rows.end() ? QModelIndex() : index(static_cast<int>(found - m_rows.begin()));
}

QModelIndex BuildListModel::indexOfItem(std::int64_t item) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &row) { return row.item && row.item->id == item; });
    return found == m_rows.end() ? QModelIndex() : index(static_cast<int>(found - m_rows.begin()));
}

int BuildListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QString BuildListModel::title(const Row &row) const
{
    const build::Request &request = row.record ? row.record->request : row.item->request;
    return QString::fromStdString(request.platformTag.empty() ? request.target : request.platformTag);
}

QString BuildListModel::detail(const Row &row) const
{
    if (row.item) {
        if (row.item->state == build::QueueState::Ended)
            return outcomeWord(row.item->end.outcome);
        return row.item->state == build::QueueState::Waiting ? tr("waiting") : tr("preparing");
    }
    const build::BuildRecord &record = *row.record;
    if (record.isRunning())
        return tr("running since %1").arg(shownMoment(record.started));
    return QStringLiteral("%1 · %2 · %3").arg(outcomeWord(record.outcome), shownMoment(record.started), shownDuration(record.duration()));
}

QVariant BuildListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return title(row);
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2").arg(title(row), detail(row));
    case DetailRole:
        return detail(row);
    case BuildRole:
        return row.record ? QVariant(static_cast<qlonglong>(row.record->id)) : QVariant();
    case ItemRole:
        return row.item ? QVariant(static_cast<qlonglong>(row.item->id)) : QVariant();
    case OutcomeRole: // -1: runs; -2: waits.
        if (row.record)
            return row.record->outcome ? static_cast<int>(*row.record->outcome) : -1;
        return row.item->state == build::QueueState::Ended ? static_cast<int>(row.item->end.outcome) : -2;
    default:
        return {};
    }
}

} // namespace runner::ui
