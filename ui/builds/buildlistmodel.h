// What waits, runs and has been built, the newest first.
#pragma once

#include "build/buildrecord.h"
#include "build/queue.h"

#include <QAbstractListModel>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace runner::ui {

class BuildListModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { BuildRole = Qt::UserRole, ItemRole, DetailRole, OutcomeRole };

    using QAbstractListModel::QAbstractListModel;

    /// Items of the queue that no record is there of, and records; in this order. Rows that stay keep their persistent
    /// indexes, an item that becomes a record too.
    void set(const std::vector<build::QueueItem> &items, const std::vector<build::BuildRecord> &records);
    /// Null for a row that only waits.
    const build::BuildRecord *record(const QModelIndex &index) const;
    /// Null for a row of the history.
    const build::QueueItem *item(const QModelIndex &index) const;
    QModelIndex indexOfBuild(std::int64_t build) const;
    QModelIndex indexOfItem(std::int64_t item) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        std::optional<build::QueueItem> item;
        std::optional<build::BuildRecord> record;

        std::pair<int, std::int64_t> key() const;
    };

    QModelIndex indexOf(const std::pair<int, std::int64_t> &key) const;
    QString title(const Row &row) const;
    QString detail(const Row &row) const;

    std::vector<Row> m_rows;
};

} // namespace runner::ui
