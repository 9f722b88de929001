// Problems of the pack centre as rows: severity, place, what happened, what to do.
#pragma once

#include "diagnostics/problem.h"

#include <QAbstractTableModel>

namespace runner::ui {

class ProblemModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { SeverityColumn, Place, Message, Advice, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Errors first, else in the given order.
    void setProblems(Problems problems);
    const Problems &problems() const { return m_problems; }

    int rowCount(const QModelIndex &parent = {}) const final;
    int columnCount(const QModelIndex &parent = {}) const final;
    QVariant data(const QModelIndex &index, int role) const final;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const final;

private:
    QString textOf(const Problem &problem, int column) const;

    Problems m_problems;
};

} // namespace runner::ui
