#include "matrix/argumentsmodel.h"

#include <QFont>

#include <algorithm>

namespace runner::ui {

std::vector<ArgumentsModel::Row> ArgumentsModel::rowsOf(const std::vector<const matrix::Rule *> &rules)
{
    std::vector<Row> rows;
    std::vector<std::size_t> seen; // How many rules have the row's argument.
    for (const matrix::Rule *rule : rules) {
        if (!rule->arguments)
            continue;
        std::vector<std::size_t> mine;
        for (const matrix::Argument &argument : *rule->arguments) {
            const std::string name = argument.name();
            const auto found =
                std::find_if(rows.begin(), rows.end(), [&name](const Row &row) { return row.name == name; });
            const auto at = static_cast<std::size_t>(found - rows.begin());
            if (found == rows.end()) {
                rows.push_back({name, argument.value(), false});
                seen.push_back(1);
            } else if (std::find(mine.begin(), mine.end(), at) != mine.end()) {
                found->value = argument.value(); // Of several with one name the last counts.
            } else {
                found->differs = found->differs || found->value != argument.value();
                ++seen[at];
            }
            mine.push_back(at);
        }
    }
    for (std::size_t i = 0; i < rows.size(); ++i)
        rows[i].differs = rows[i].differs || seen[i] != rules.size();
    return rows;
}

/// Rows come and go where the names differ: what is typed into another one stays.
void ArgumentsModel::takeNames(const std::vector<Row> &rows)
{
    const auto isSame = [](const Row &a, const Row &b) { return a.name == b.name; };
    const auto begin =
        std::mismatch(m_rows.begin(), m_rows.end(), rows.begin(), rows.end(), isSame).first - m_rows.begin();
    const auto most = std::min(m_rows.size(), rows.size()) - static_cast<std::size_t>(begin);
    std::size_t end = 0; // so many are the same at the end
    while (end < most && isSame(m_rows[m_rows.size() - end - 1], rows[rows.size() - end - 1]))
        ++end;
    const int first = static_cast<int>(begin);
    if (end + 1 == most && m_rows.size() == rows.size()) { // One has another name: who has chosen it has so still.
        m_rows[static_cast<std::size_t>(begin)] = rows[static_cast<std::size_t>(begin)];
        Q_EMIT dataChanged(index(first, 0), index(first, ColumnCount - 1));
        return;
    }
    if (const int last = static_cast<int>(m_rows.size() - end) - 1; last >= first) {
        beginRemoveRows({}, first, last);
        m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
        endRemoveRows();
    }
    if (const int last = static_cast<int>(rows.size() - end) - 1; last >= first) {
        beginInsertRows({}, first, last);
        m_rows.insert(m_rows.begin() + first, rows.begin() + first, rows.begin() + last + 1);
        endInsertRows();
    }
}

void ArgumentsModel::setRules(const std::vector<const matrix::Rule *> &rules, std::vector<ArgumentHint> hints)
{
    std::vector<Row> rows = rowsOf(rules);
    const bool adds = !rules.empty();
    m_hints = std::move(hints);
    if (adds != m_adds) {
        beginResetModel();
        m_rows = std::move(rows);
        m_adds = adds;
        endResetModel();
        return;
    }
    takeNames(rows);
    for (std::size_t i = 0; i < rows.size(); ++i) { // A cell that is said to be new loses what is being typed in it.
        const int row = static_cast<int>(i);
        const bool changed = rows[i].value != m_rows[i].value || rows[i].differs != m_rows[i].differs;
        m_rows[i] = std::move(rows[i]);
        if (changed)
            Q_EMIT dataChanged(index(row, ValueColumn), index(row, ValueColumn));
    }
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, DefaultColumn), index(static_cast<int>(m_rows.size()) - 1, DefaultColumn));
}

void ArgumentsModel::setEditable(bool editable)
{
    if (editable == m_editable)
        return;
    m_editable = editable;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

QString ArgumentsModel::nameAt(int row) const
{
    const auto at = static_cast<std::size_t>(row);
    return row >= 0 && at < m_rows.size() ? QString::fromStdString(m_rows[at].name) : QString();
}

int ArgumentsModel::rowOf(const QString &name) const
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].name == name.toStdString())
            return static_cast<int>(i);
    }
    return -1;
}

int ArgumentsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size()) + (m_adds ? 1 : 0);
}

int ArgumentsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ArgumentsModel::textOf(const Row &row, int column) const
{
    if (column == NameColumn)
        return QString::fromStdString(row.name);
    if (column == ValueColumn) {
        if (row.differs)
            return tr("(several)");
        return row.value ? QString::fromStdString(*row.value) : tr("(no value)");
    }
    const ArgumentHint *hint = findHint(m_hints, QString::fromStdString(row.name));
    return hint ? hint->defaultText : QString();
}

QString ArgumentsModel::toolTipOf(const QString &name) const
{
    const ArgumentHint *hint = findHint(m_hints, name);
    if (!hint)
        return m_hints.empty() ? QString() : tr("The Dockerfile has no argument %1.").arg(name);
    const QString value =
        hint->defaultText.isEmpty() ? tr("It has no default.") : tr("Default: %1").arg(hint->defaultText);
    return hint->description.isEmpty() ? value : hint->description + QLatin1Char('\n') + value;
}

QVariant ArgumentsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (isAddRow(index.row()))
        return role == Qt::DisplayRole && index.column() == NameColumn && m_editable ? QVariant(tr("Add an argument…"))
                                                                                     : QVariant();
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole)
        return textOf(row, index.column());
    if (role == Qt::EditRole) {
        if (index.column() == ValueColumn)
            return row.differs ? QString() : QString::fromStdString(row.value.value_or(""));
        return textOf(row, index.column());
    }
    if (role == Qt::ToolTipRole)
        return toolTipOf(QString::fromStdString(row.name));
    return {};
}

bool ArgumentsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::EditRole)
        return false;
    const QString text = value.toString();
    if (isAddRow(index.row())) {
        const QString name = text.section(QLatin1Char('='), 0, 0).trimmed();
        const ArgumentHint *hint = findHint(m_hints, name);
        if (name.isEmpty())
            return false;
        if (text.contains(QLatin1Char('=')))
            Q_EMIT setRequested(name, text.section(QLatin1Char('='), 1));
        else
            Q_EMIT addRequested(name, hint ? hint->defaultText : QString());
        return true;
    }
    const QString name = nameAt(index.row());
    if (text == data(index, Qt::EditRole).toString())
        return false;
    if (index.column() == NameColumn)
        Q_EMIT renameRequested(name, text.trimmed());
    else
        Q_EMIT setRequested(name, text);
    return true;
}

QVariant ArgumentsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static const QStringList names{tr("Argument"), tr("Value"), tr("Default")};
    return orientation == Qt::Horizontal && role == Qt::DisplayRole ? names.value(section) : QVariant();
}

Qt::ItemFlags ArgumentsModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const Qt::ItemFlags base = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (!m_editable || index.column() == DefaultColumn || (isAddRow(index.row()) && index.column() != NameColumn))
        return base;
    return base | Qt::ItemIsEditable;
}

} // namespace runner::ui
