// The steps of a build as a tree: the stages, and the steps of each.
#pragma once

#include "builds/steporder.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace runner::ui {

class StepTreeModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, StateColumn, TimeColumn, ColumnCount };
    enum Role { StepRole = Qt::UserRole }; ///< Index into Steps::steps(); -1 for a stage.

    using QAbstractItemModel::QAbstractItemModel;

    /// The same build again, further on, keeps rows and adds others, as long as the new ones come last; else, and where
    /// \a fresh tells of another build, the model is reset. \a now: for what runs.
    void setSteps(const build::Steps &steps, build::Time now, bool fresh);
    const std::vector<build::Step> &steps() const { return m_steps; }
    QModelIndex indexOf(std::size_t step) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    void grow(const std::vector<StepGroup> &groups);
    QVariant groupData(const StepGroup &group, int column, int role) const;
    QVariant stepData(const build::Step &step, int column, int role) const;
    build::StepState stateOf(const StepGroup &group) const;

    std::vector<build::Step> m_steps;
    std::vector<StepGroup> m_groups;
    build::Time m_now = 0;
};

} // namespace runner::ui
