#include "builds/comparemodel.h"

#include "builds/buildwords.h"
#include "builds/steporder.h"
#include "theme/theme.h"

#include <QGuiApplication>

#include <algorithm>
#include <cstdlib>

namespace runner::ui {

namespace {

constexpr build::Time shownDifference = 100'000'000; ///< Nanoseconds; less is noise.

/// "+1.2 s", "−3 min 04 s"; empty where it is next to nothing.
QString difference(build::Time first, build::Time second)
{
    const build::Time more = second - first;
    if (std::abs(more) < shownDifference)
        return {};
    return (more > 0 ? QStringLiteral("+") : QStringLiteral("−")) + shownDuration(std::abs(more));
}

QString marked(bool differs, const QString &text)
{
    if (!differs)
        return text;
    return text.isEmpty() ? QStringLiteral("≠") : QStringLiteral("≠ ") + text;
}

QString shownStep(const std::optional<build::StepRecord> &step)
{
    if (!step)
        return QStringLiteral("–");
    const QString state = stateSign(step->state) + u' ' + stateWord(step->state);
    return step->state == build::StepState::Cached || step->busy <= 0
               ? state
               : state + QStringLiteral(", ") + shownDuration(step->busy);
}

bool ran(const std::optional<build::StepRecord> &step)
{
    return step && step->state == build::StepState::Done;
}

} // namespace

CompareModel::Row CompareModel::rowOf(const build::Fact &fact)
{
    const auto value = [](const std::string &text) {
        return text.empty() ? QStringLiteral("–") : QString::fromStdString(text);
    };
    return {{QString::fromStdString(fact.name), value(fact.first), value(fact.second), marked(fact.differs, {})},
            fact.differs};
}

CompareModel::Row CompareModel::rowOf(const build::StepDifference &step)
{
    const QString more =
        ran(step.first) && ran(step.second) ? difference(step.first->busy, step.second->busy) : QString();
    return {{QString::fromStdString(step.name).simplified(), shownStep(step.first), shownStep(step.second),
             marked(step.differs(), more)},
            step.differs()};
}

void CompareModel::setBuilds(const build::KnownBuild &first, const build::KnownBuild &second)
{
    build::Comparison comparison = build::compareBuilds(first, second);
    m_changes = comparison.changes;
    m_titles[0] = tr("Build %1").arg(first.record.id);
    m_titles[1] = tr("Build %1").arg(second.record.id);
    m_all.clear();
    for (const build::FactGroup &group : comparison.facts) {
        m_all.push_back({QString::fromStdString(group.name), {}});
        for (const build::Fact &fact : group.facts)
            m_all.back().rows.push_back(rowOf(fact));
    }
    addTimes(first.record, second.record);
    m_all.push_back({tr("Steps"), {}});
    for (const build::StepDifference &step : comparison.steps)
        m_all.back().rows.push_back(rowOf(step));
    show();
}

/// Behind the result. They always differ, so nothing is marked.
void CompareModel::addTimes(const build::BuildRecord &first, const build::BuildRecord &second)
{
    const auto took = [](const build::BuildRecord &record) {
        return record.isRunning() ? QStringLiteral("–") : shownDuration(record.duration());
    };
    const QString more =
        first.isRunning() || second.isRunning() ? QString() : difference(first.duration(), second.duration());
    std::vector<Row> &rows = m_all.front().rows;
    const Row started{{tr("Started"), shownMoment(first.started), shownMoment(second.started), {}}, false};
    const Row lasted{{tr("Took"), took(first), took(second), more}, false};
    rows.insert(rows.begin() + 1, {started, lasted});
}

void CompareModel::setOnlyDifferences(bool only)
{
    m_onlyDifferences = only;
    show();
}

void CompareModel::show()
{
    beginResetModel();
    m_shown = m_all;
    if (m_onlyDifferences) {
        for (Group &group : m_shown)
            std::erase_if(group.rows, [](const Row &row) { return !row.differs; });
        std::erase_if(m_shown, [](const Group &group) { return group.rows.empty(); });
    }
    endResetModel();
}

int CompareModel::differences() const
{
    std::ptrdiff_t count = 0;
    for (const Group &group : m_all)
        count += std::count_if(group.rows.begin(), group.rows.end(), [](const Row &row) { return row.differs; });
    return static_cast<int>(count);
}

QString CompareModel::text() const
{
    QString text = QStringLiteral("\t%1\t%2\n").arg(m_titles[0], m_titles[1]);
    for (const Group &group : m_shown) {
        text += group.name + u'\n';
        for (const Row &row : group.rows)
            text += QStringList(row.columns.begin(), row.columns.end()).join(u'\t').trimmed() + u'\n';
    }
    return text;
}

// The internal identifier is 0 for a group, and one more than its row for its rows.
QModelIndex CompareModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : 0);
}

QModelIndex CompareModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == 0)
        return {};
    return createIndex(static_cast<int>(child.internalId()) - 1, 0, quintptr(0));
}

int CompareModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_shown.size());
    if (parent.internalId() != 0 || parent.column() > 0)
        return 0;
    return static_cast<int>(m_shown[static_cast<std::size_t>(parent.row())].rows.size());
}

int CompareModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant CompareModel::rowData(const Row &row, int column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return row.columns[static_cast<std::size_t>(column)];
    case Qt::AccessibleTextRole:
        return column == NameColumn ? QStringList(row.columns.begin(), row.columns.end()).join(QStringLiteral(", "))
                                    : row.columns[static_cast<std::size_t>(column)];
    case Qt::FontRole:
        return row.differs ? QVariant(boldFont(QGuiApplication::font())) : QVariant();
    case DiffersRole:
        return row.differs;
    default:
        return {};
    }
}

QVariant CompareModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (index.internalId() != 0)
        return rowData(m_shown[index.internalId() - 1].rows[static_cast<std::size_t>(index.row())], index.column(),
                       role);
    const Group &group = m_shown[static_cast<std::size_t>(index.row())];
    return role == Qt::DisplayRole && index.column() == NameColumn ? QVariant(group.name) : QVariant();
}

QVariant CompareModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    if (section == FirstColumn || section == SecondColumn)
        return m_titles[section - FirstColumn];
    return section == NameColumn ? tr("What") : tr("Difference");
}

} // namespace runner::ui
