// The explained arguments of an image as a table.
#pragma once

#include "expand/explain.h"

#include <QAbstractTableModel>

namespace runner::ui {

class ArgumentModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, ValueColumn, From, Need, Stages, ColumnCount };

    enum Role {
        StoryRole = Qt::UserRole, ///< How it got its value and who uses it, a line each.
        AssignmentRole,           ///< NAME=value; the name alone where it has no value.
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setArguments(std::vector<expand::ExplainedArgument> arguments);

    int rowCount(const QModelIndex &parent = {}) const final;
    int columnCount(const QModelIndex &parent = {}) const final;
    QVariant data(const QModelIndex &index, int role) const final;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const final;

private:
    std::vector<expand::ExplainedArgument> m_arguments;
};

/// What the argument is for and how it got its value, a line for each place that had a say.
QString describeChain(const expand::ExplainedArgument &argument);

} // namespace runner::ui
