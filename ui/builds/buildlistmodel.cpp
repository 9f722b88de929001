#include "builds/buildlistmodel.h"

#include "builds/buildwords.h"

#include <algorithm>
#include <map>
#include <utility>

namespace runner::ui {

namespace {

constexpr int itemKey = 0;
constexpr int recordKey = 1;

bool isKnown(const std::vector<build::BuildRecord> &records, std::int64_t build)
{
    return std::any_of(records.begin(), records.end(),
                       [build](const build::BuildRecord &record) { return record.id == build; });
}

/// A build that begins stays here until the history that is shown has it.
bool isListed(const build::QueueItem &item, const std::vector<build::BuildRecord> &records)
{
    return item.build == 0 || (item.state != build::QueueState::Ended && !isKnown(records, item.build));
}

} // namespace

std::pair<int, std::int64_t> BuildListModel::Row::key() const
{
    return record ? std::pair(recordKey, record->id) : std::pair(itemKey, item->id);
}

void BuildListModel::set(const std::vector<build::QueueItem> &items, const std::vector<build::BuildRecord> &records)
{
    std::vector<Row> next;
    std::map<std::int64_t, std::int64_t> builds; // By item.
    for (const build::QueueItem &item : items) {
        builds[item.id] = item.build;
        if (isListed(item, records))
            next.push_back({item, {}});
    }
    std::reverse(next.begin(), next.end());
    for (const build::BuildRecord &record : records)
        next.push_back({{}, record});
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList old = persistentIndexList();
    std::vector<Row> before = std::exchange(m_rows, std::move(next));
    for (const QModelIndex &moved : old) {
        const Row &row = before[static_cast<std::size_t>(moved.row())];
        const QModelIndex same = indexOf(row.key());
        changePersistentIndex(moved, same.isValid() || !row.item ? same : indexOf({recordKey, builds[row.item->id]}));
    }
    Q_EMIT layoutChanged();
}

QModelIndex BuildListModel::indexOf(const std::pair<int, std::int64_t> &key) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &row) { return row.key() == key; });
    return found == m_rows.end() ? QModelIndex() : index(static_cast<int>(found - m_rows.begin()));
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
    return indexOf({recordKey, build});
}

QModelIndex BuildListModel::indexOfItem(std::int64_t item) const
{
    return indexOf({itemKey, item});
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
        if (row.item->state == build::QueueState::Running)
            return tr("running");
        return row.item->state == build::QueueState::Waiting ? tr("waiting") : tr("preparing");
    }
    const build::BuildRecord &record = *row.record;
    if (record.isRunning())
        return tr("running since %1").arg(shownMoment(record.started));
    const QString outcome = outcomeWord(record.outcome);
    return QStringLiteral("%1 · %2 · %3")
        .arg(record.request.call == build::Call::Check ? tr("check %1").arg(outcome) : outcome,
             shownMoment(record.started), shownDuration(record.duration()));
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
        if (row.item->state == build::QueueState::Ended)
            return static_cast<int>(row.item->end.outcome);
        return row.item->state == build::QueueState::Running ? -1 : -2;
    default:
        return {};
    }
}

} // namespace runner::ui
