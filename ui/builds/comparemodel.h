// Two builds side by side as a tree: groups of facts, then the steps.
#pragma once

#include "build/compare.h"

#include <QAbstractItemModel>

#include <array>
#include <vector>

namespace runner::ui {

class CompareModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, FirstColumn, SecondColumn, DifferenceColumn, ColumnCount };
    enum Role { DiffersRole = Qt::UserRole };

    using QAbstractItemModel::QAbstractItemModel;

    void setBuilds(const build::KnownBuild &first, const build::KnownBuild &second);
    /// Shows the rows that differ and nothing else.
    void setOnlyDifferences(bool only);
    /// What has changed, in sentences without a full stop.
    const std::vector<std::string> &changes() const { return m_changes; }
    int differences() const; ///< Rows that differ, whether the others are shown or not.
    /// All that is shown, as lines with tabs between the columns.
    QString text() const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        std::array<QString, ColumnCount> columns;
        bool differs = false;
    };
    struct Group
    {
        QString name;
        std::vector<Row> rows;
    };

    static Row rowOf(const build::Fact &fact);
    static Row rowOf(const build::StepDifference &step);
    void addTimes(const build::BuildRecord &first, const build::BuildRecord &second);
    void show();
    QVariant rowData(const Row &row, int column, int role) const;

    std::vector<Group> m_all;
    std::vector<Group> m_shown;
    std::vector<std::string> m_changes;
    QString m_titles[2];
    bool m_onlyDifferences = false;
};

} // namespace runner::ui
