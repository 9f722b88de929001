// The images of the matrix to choose from for building: one row a platform's image, with a tick.
#pragma once

#include "workspace/loadedworkspace.h"

#include <QAbstractTableModel>

#include <set>
#include <string>
#include <vector>

namespace runner::ui {

class PlanModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { TagColumn, PlatformColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Ticks stay with their tags.
    void setWorkspace(const LoadedPointer &loaded);
    const expand::Job &job(int row) const { return *m_jobs[static_cast<std::size_t>(row)]; }
    /// In the order of the rows.
    std::vector<const expand::Job *> ticked() const;
    void setTicked(const std::vector<int> &rows, bool ticked);
    void tickOnly(const std::set<std::string> &platformTags);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void tickedChanged();

private:
    LoadedPointer m_loaded;
    std::vector<const expand::Job *> m_jobs; ///< In the order of the rules.
    std::set<std::string> m_ticked;          ///< Platform tags.
};

} // namespace runner::ui
