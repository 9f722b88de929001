// Rules that are dragged from their tree, and where they may be dropped.
#include "matrix/rulematching.h"
#include "matrix/ruletreemodel.h"

#include <QByteArrayList>
#include <QMimeData>

#include <algorithm>
#include <set>

namespace runner::ui {

namespace {

const QString ruleMime = QStringLiteral("application/x-runner-rule");

} // namespace

QStringList RuleTreeModel::mimeTypes() const
{
    return {ruleMime};
}

/// Disabled rules stay where they are.
QMimeData *RuleTreeModel::mimeData(const QModelIndexList &indexes) const
{
    std::set<std::size_t> rules;
    for (const QModelIndex &index : indexes) {
        if (const auto rule = ruleAt(index); rule && !rule->disabled)
            rules.insert(rule->index);
    }
    if (rules.empty() || m_stale)
        return nullptr;
    QByteArrayList numbers;
    for (const std::size_t rule : rules)
        numbers << QByteArray::number(static_cast<qulonglong>(rule));
    m_draggedFrom = m_document;
    auto *data = new QMimeData;
    data->setData(ruleMime, numbers.join(','));
    return data;
}

/// Ascending; none where one of them is gone: the file may have changed on disk since.
std::vector<std::size_t> RuleTreeModel::draggedRules(const QMimeData *data) const
{
    if (!data || !data->hasFormat(ruleMime) || m_stale)
        return {};
    std::vector<RuleRef> dragged;
    const QByteArrayList numbers = data->data(ruleMime).split(',');
    for (const QByteArray &number : numbers)
        dragged.push_back({static_cast<std::size_t>(number.toULongLong()), false});
    std::vector<std::size_t> rules;
    for (const RuleRef &rule : foundAgain(dragged, m_draggedFrom.matrix(), matrix())) {
        if (!rule.disabled)
            rules.push_back(rule.index);
    }
    if (rules.size() != dragged.size())
        rules.clear();
    std::sort(rules.begin(), rules.end());
    return rules;
}

/// Rules move among those of their own backend: under another one's name they would not appear.
std::optional<RuleMoves> RuleTreeModel::dropMoves(const std::vector<std::size_t> &rules, int row,
                                                  const QModelIndex &parent) const
{
    if (rules.empty() || !parent.isValid() || parent.internalId() != 0)
        return std::nullopt;
    const Group &group = m_groups[static_cast<std::size_t>(parent.row())];
    const bool isOwn = std::all_of(rules.begin(), rules.end(), [&](std::size_t rule) {
        return group.id.toStdString() == matrix().rules[rule].backend.text;
    });
    if (!isOwn)
        return std::nullopt;
    const auto stays = [&rules](const Item &item) {
        return !item.rule.disabled && !std::binary_search(rules.begin(), rules.end(), item.rule.index);
    };
    const auto begin = group.items.begin() + (row < 0 ? static_cast<long>(group.items.size()) : row);
    const auto below = std::find_if(begin, group.items.end(), stays);
    if (below != group.items.end())
        return movesTo(rules, matrix().rules.size(), below->rule.index, 0);
    const auto above = std::find_if(group.items.rbegin(), group.items.rend(), stays);
    if (above == group.items.rend())
        return std::nullopt;
    return movesTo(rules, matrix().rules.size(), std::nullopt, above->rule.index);
}

QString RuleTreeModel::whyNoDrop(const QMimeData *data, const QModelIndex &at) const
{
    for (const std::size_t rule : at.isValid() ? draggedRules(data) : std::vector<std::size_t>()) {
        const QString backend = QString::fromStdString(matrix().rules[rule].backend.text);
        if (backendAt(at) != backend)
            return tr("Rules are moved among those of their own backend: arguments of %1 mean nothing to %2. To pack "
                      "for %2, choose it as the rule's backend in the form.")
                .arg(backend, backendAt(at));
    }
    return {};
}

bool RuleTreeModel::canDropMimeData(const QMimeData *data, Qt::DropAction action, int row, int,
                                    const QModelIndex &parent) const
{
    return action == Qt::MoveAction && dropMoves(draggedRules(data), row, parent).has_value();
}

bool RuleTreeModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int, const QModelIndex &parent)
{
    const auto moves = dropMoves(draggedRules(data), row, parent);
    if (action == Qt::MoveAction && moves && !moves->steps.empty())
        Q_EMIT moveRequested(*moves);
    return false; // The view would remove the rows it has dragged.
}

} // namespace runner::ui
