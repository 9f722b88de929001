// Rules that are dragged from their tree, and where they may be dropped.
#include "matrix/rulematching.h"
#include "matrix/ruletreemodel.h"

#include <QMimeData>

#include <algorithm>

namespace runner::ui {

namespace {

const QString ruleMime = QStringLiteral("application/x-runner-rule");

} // namespace

QStringList RuleTreeModel::mimeTypes() const
{
    return {ruleMime};
}

QMimeData *RuleTreeModel::mimeData(const QModelIndexList &indexes) const
{
    for (const QModelIndex &index : indexes) {
        const auto rule = ruleAt(index);
        if (!rule || rule->disabled)
            continue;
        m_draggedFrom = m_document;
        auto *data = new QMimeData;
        data->setData(ruleMime, QByteArray::number(static_cast<qulonglong>(rule->index)));
        return data;
    }
    return nullptr;
}

std::optional<std::size_t> RuleTreeModel::draggedRule(const QMimeData *data) const
{
    bool ok = false;
    const qulonglong rule = data ? data->data(ruleMime).toULongLong(&ok) : 0;
    if (!ok || m_stale)
        return std::nullopt;
    // The file may have changed on disk since.
    const auto found = foundAgain({{static_cast<std::size_t>(rule), false}}, m_draggedFrom.matrix(), matrix());
    return found.size() == 1 && !found.front().disabled ? std::optional(found.front().index) : std::nullopt;
}

/// Rules move among those of their own backend: under another one's name they would not appear.
std::optional<std::size_t> RuleTreeModel::dropPosition(std::size_t rule, int row, const QModelIndex &parent) const
{
    if (!parent.isValid() || parent.internalId() != 0)
        return std::nullopt;
    const Group &group = m_groups[static_cast<std::size_t>(parent.row())];
    if (group.id.toStdString() != matrix().rules[rule].backend.text)
        return std::nullopt;
    const auto isRule = [](const Item &item) { return !item.rule.disabled; };
    const auto begin = group.items.begin() + (row < 0 ? static_cast<long>(group.items.size()) : row);
    const auto below = std::find_if(begin, group.items.end(), isRule);
    if (below != group.items.end())
        return below->rule.index > rule ? below->rule.index - 1 : below->rule.index;
    const auto above = std::find_if(group.items.rbegin(), group.items.rend(), isRule);
    if (above == group.items.rend())
        return std::nullopt;
    return above->rule.index < rule ? above->rule.index + 1 : above->rule.index;
}

QString RuleTreeModel::whyNoDrop(const QMimeData *data, const QModelIndex &at) const
{
    const auto rule = draggedRule(data);
    if (!rule || !at.isValid())
        return {};
    const QString backend = QString::fromStdString(matrix().rules[*rule].backend.text);
    if (backendAt(at) == backend)
        return {};
    return tr("Rules are moved among those of their own backend: arguments of %1 mean nothing to %2. To pack for %2, "
              "choose "
              "it as the rule's backend in the form.")
        .arg(backend, backendAt(at));
}

bool RuleTreeModel::canDropMimeData(const QMimeData *data, Qt::DropAction action, int row, int,
                                    const QModelIndex &parent) const
{
    const auto rule = draggedRule(data);
    return action == Qt::MoveAction && rule && dropPosition(*rule, row, parent).has_value();
}

bool RuleTreeModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                                 const QModelIndex &parent)
{
    if (!canDropMimeData(data, action, row, column, parent))
        return false;
    const std::size_t rule = *draggedRule(data);
    const std::size_t position = *dropPosition(rule, row, parent);
    if (position != rule)
        Q_EMIT moveRequested(rule, position);
    return false; // The view would remove the rows it has dragged.
}

} // namespace runner::ui
