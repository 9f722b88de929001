// The arguments of one rule, or of several together, as rows to edit; the last row adds one.
#pragma once

#include "matrix/argumenthints.h"

#include <QAbstractTableModel>

#include <optional>
#include <string>
#include <vector>

namespace runner::ui {

class ArgumentsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, ValueColumn, DefaultColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Rows in the order in which the rules name the arguments first. No rules: no rows, not even the one to add.
    void setRules(const std::vector<const matrix::Rule *> &rules, std::vector<ArgumentHint> hints);
    /// Rows can be changed; else they are only shown.
    void setEditable(bool editable);
    const std::vector<ArgumentHint> &hints() const { return m_hints; }

    bool isAddRow(int row) const { return m_adds && row == static_cast<int>(m_rows.size()); }
    /// Empty for the row that adds.
    QString nameAt(int row) const;
    int rowOf(const QString &name) const; ///< -1 where there is none.

    int rowCount(const QModelIndex &parent = {}) const final;
    int columnCount(const QModelIndex &parent = {}) const final;
    QVariant data(const QModelIndex &index, int role) const final;
    /// Tells what is wanted; the rows change when the rules do. False: nothing is wanted.
    bool setData(const QModelIndex &index, const QVariant &value, int role) final;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const final;
    Qt::ItemFlags flags(const QModelIndex &index) const final;

Q_SIGNALS:
    void setRequested(const QString &name, const QString &value);
    void addRequested(const QString &name, const QString &defaultText); ///< A name was typed, and no value yet.
    void renameRequested(const QString &oldName, const QString &newName);

private:
    struct Row
    {
        std::string name;
        std::optional<std::string> value;
        bool differs = false; ///< The rules do not agree, or not all have it.
        bool operator==(const Row &) const = default;
    };

    static std::vector<Row> rowsOf(const std::vector<const matrix::Rule *> &rules);
    void takeNames(const std::vector<Row> &rows);
    QVariant textOf(const Row &row, int column) const;
    QString toolTipOf(const QString &name) const;

    std::vector<Row> m_rows;
    std::vector<ArgumentHint> m_hints;
    bool m_adds = false;
    bool m_editable = true;
};

} // namespace runner::ui
