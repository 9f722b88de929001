// The arguments of the chosen image: what the build sees, where from, and whether anybody uses it.
#pragma once

#include "expand/explain.h"

#include <QAbstractTableModel>

#include <set>
#include <string>
#include <vector>

namespace runner::ui {

class PreviewModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, ValueColumn, From, Need, UsedIn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Rows of the same names in the same order are changed in place, so that what is selected stays.
    void setArguments(std::vector<expand::ExplainedArgument> arguments);
    const expand::ExplainedArgument &argument(int row) const { return m_arguments[static_cast<std::size_t>(row)]; }
    /// Names that other images of the same Dockerfile use: for those to be unused here is as it should be.
    void setUsedByOthers(std::set<std::string> names) { m_usedByOthers = std::move(names); }
    /// Names that any image of the rule uses: the rule gives them for those.
    void setUsedByRule(std::set<std::string> names) { m_usedByRule = std::move(names); }
    /// What is to be said against an argument: unknown, given or declared for nothing, a used placeholder; empty for
    /// most.
    QString complaint(const expand::ExplainedArgument &argument) const;
    static bool isTyped(const expand::ExplainedArgument &argument);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// Asks for an override of the value: overrideRequested.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

Q_SIGNALS:
    void overrideRequested(const QString &name, const QString &value);

private:
    QString textOf(const expand::ExplainedArgument &argument, int column) const;

    std::vector<expand::ExplainedArgument> m_arguments;
    std::set<std::string> m_usedByOthers;
    std::set<std::string> m_usedByRule;
};

} // namespace runner::ui
