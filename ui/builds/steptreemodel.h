// The steps of a build as a tree: the stages, and the steps of each.
#pragma once

#include "build/steps.h"

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

    /// The same build again, further on, keeps rows and adds others; \a fresh: another build. \a now: for what runs.
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
    struct Group
    {
        QString name;
        std::vector<std::size_t> steps;
    };

    void rebuild();
    void append(std::size_t step);
    QVariant groupData(const Group &group, int column, int role) const;
    QVariant stepData(const build::Step &step, int column, int role) const;
    build::StepState stateOf(const Group &group) const;

    std::vector<build::Step> m_steps;
    std::vector<Group> m_groups;
    build::Time m_now = 0;
};

/// "vllm" of "[vllm 2/3] RUN make"; "Preparation" of internal ones; "Result" of those without a stage.
QString stageOf(const build::Step &step);

} // namespace runner::ui
