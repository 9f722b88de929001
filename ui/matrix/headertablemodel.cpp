#include "matrix/headertablemodel.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace runner::ui {

HeaderTableModel::HeaderTableModel(QStringList heads, QString adds, QObject *parent)
    : QAbstractTableModel(parent)
    , m_heads(std::move(heads))
    , m_adds(std::move(adds))
{
}

void HeaderTableModel::setRows(std::vector<Row> rows)
{
    if (rows.size() != m_rows.size()) {
        replaceMiddle(std::move(rows));
    } else if (rows != m_rows) {
        m_rows = std::move(rows);
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, 1));
    }
}

/// Rows that both begin and end with stay, and with them what is chosen.
void HeaderTableModel::replaceMiddle(std::vector<Row> rows)
{
    const auto [oldBegin, begin] = std::mismatch(m_rows.begin(), m_rows.end(), rows.begin(), rows.end());
    const auto [oldEnd, end] = std::mismatch(m_rows.rbegin(), std::make_reverse_iterator(oldBegin), rows.rbegin(),
                                             std::make_reverse_iterator(begin));
    const int first = static_cast<int>(oldBegin - m_rows.begin());
    const int removed = static_cast<int>(oldEnd.base() - oldBegin);
    const int added = static_cast<int>(end.base() - begin);
    if (removed > 0) {
        beginRemoveRows({}, first, first + removed - 1);
        m_rows.erase(oldBegin, oldEnd.base());
        endRemoveRows();
    }
    if (added > 0) {
        beginInsertRows({}, first, first + added - 1);
        m_rows = std::move(rows);
        endInsertRows();
    }
}

void HeaderTableModel::setEditable(bool editable)
{
    if (editable == m_editable)
        return;
    beginResetModel();
    m_editable = editable;
    endResetModel();
}

int HeaderTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size()) + (m_editable ? 1 : 0);
}

int HeaderTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 2;
}

QVariant HeaderTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (isAddRow(index.row()))
        return role == Qt::DisplayRole && index.column() == 0 ? QVariant(m_adds) : QVariant();
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::ToolTipRole && !whyFixed(index).isEmpty())
        return whyFixed(index);
    if (role == Qt::DisplayRole || role == Qt::EditRole || role == Qt::ToolTipRole)
        return index.column() == 0 ? row.first : row.second;
    return {};
}

QString HeaderTableModel::whyFixed(const QModelIndex &index) const
{
    return index.isValid() && index.column() == 0 && !isAddRow(index.row()) ? m_whyFixed : QString();
}

bool HeaderTableModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const QString text = value.toString();
    if (!index.isValid() || role != Qt::EditRole || text == data(index, Qt::EditRole).toString())
        return false;
    if (isAddRow(index.row()))
        Q_EMIT addRequested(text);
    else
        Q_EMIT changeRequested(index.row(), index.column(), text);
    return true;
}

QVariant HeaderTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return orientation == Qt::Horizontal && role == Qt::DisplayRole ? m_heads.value(section) : QVariant();
}

Qt::ItemFlags HeaderTableModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags base = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    const bool fixed = index.column() == 0 ? !whyFixed(index).isEmpty() : isAddRow(index.row());
    return m_editable && !fixed ? base | Qt::ItemIsEditable : base;
}

} // namespace runner::ui
