// Two texts a row, such as the variants of a backend with their names, and a last row that adds one. The model changes
// nothing itself: it asks for the change, and is given the new rows.
#pragma once

#include <QAbstractTableModel>
#include <QStringList>

#include <vector>

namespace runner::ui {

class HeaderTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    struct Row
    {
        QString first;
        QString second;

        bool operator==(const Row &) const = default;
    };

    /// \a heads of the two columns; \a adds is what the last row says.
    HeaderTableModel(QStringList heads, QString adds, QObject *parent = nullptr);

    void setRows(std::vector<Row> rows);
    const std::vector<Row> &rows() const { return m_rows; }
    /// Off: the rows are shown, and there is none to add.
    void setEditable(bool editable);
    /// The first column names the row and stays as it is, which \a why says; else both can be changed.
    void setFirstFixed(const QString &why) { m_whyFixed = why; }
    /// What to tell who wants to change the cell; empty where it can be changed.
    QString whyFixed(const QModelIndex &index) const;
    bool isAddRow(int row) const { return row == static_cast<int>(m_rows.size()); }

    int rowCount(const QModelIndex &parent = {}) const final;
    int columnCount(const QModelIndex &parent = {}) const final;
    QVariant data(const QModelIndex &index, int role) const final;
    bool setData(const QModelIndex &index, const QVariant &value, int role) final;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const final;
    Qt::ItemFlags flags(const QModelIndex &index) const final;

Q_SIGNALS:
    void addRequested(const QString &text);
    void changeRequested(int row, int column, const QString &text);

private:
    void replaceMiddle(std::vector<Row> rows);

    QStringList m_heads;
    QString m_adds;
    std::vector<Row> m_rows;
    bool m_editable = false;
    QString m_whyFixed;
};

} // namespace runner::ui
