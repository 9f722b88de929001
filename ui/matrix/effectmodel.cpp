#include "matrix/effectmodel.h"

#include <algorithm>

namespace runner::ui {

namespace {

using ChangeKind = workspace::ImageChange::Kind;

/// Linux, which nearly all of them are, is not said again and again; the tooltip has all.
QString joined(const std::vector<std::string> &platforms, bool whole)
{
    const QString usual = QStringLiteral("linux/");
    QStringList list;
    for (const std::string &platform : platforms) {
        const QString name = QString::fromStdString(platform);
        list << (!whole && name.startsWith(usual) ? name.mid(usual.size()) : name);
    }
    return list.join(QStringLiteral(", "));
}

} // namespace

void EffectModel::setEffect(workspace::Effect effect)
{
    if (effect == m_effect)
        return;
    beginResetModel();
    m_effect = std::move(effect);
    endResetModel();
}

std::optional<std::size_t> EffectModel::ruleAt(const QModelIndex &index) const
{
    const QModelIndex image = index.parent().isValid() ? index.parent() : index;
    return image.isValid() ? m_effect[static_cast<std::size_t>(image.row())].ruleAfter : std::nullopt;
}

QString EffectModel::summary() const
{
    const auto count = [this](ChangeKind kind) {
        return std::count_if(m_effect.begin(), m_effect.end(),
                             [kind](const workspace::ImageChange &change) { return change.kind == kind; });
    };
    QStringList parts;
    if (const auto added = count(ChangeKind::Added))
        parts << tr("%1 added").arg(added);
    if (const auto removed = count(ChangeKind::Removed))
        parts << tr("%1 removed").arg(removed);
    if (const auto retagged = count(ChangeKind::Retagged))
        parts << tr("%1 retagged").arg(retagged);
    if (const auto changed = count(ChangeKind::Changed))
        parts << tr("%1 changed").arg(changed);
    return parts.isEmpty() ? tr("No image changes.") : tr("Images: %1").arg(parts.join(QStringLiteral(", ")));
}

QModelIndex EffectModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : 0);
}

QModelIndex EffectModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == 0)
        return {};
    return createIndex(static_cast<int>(child.internalId()) - 1, 0, quintptr(0));
}

int EffectModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_effect.size());
    if (parent.internalId() != 0 || parent.column() != 0)
        return 0;
    return static_cast<int>(m_effect[static_cast<std::size_t>(parent.row())].arguments.size());
}

int EffectModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QString EffectModel::textOf(const workspace::ImageChange &change, int column) const
{
    if (column == PlatformsColumn)
        return joined(change.platforms, false);
    if (column == ImageColumn && change.kind == ChangeKind::Retagged)
        return QString::fromStdString(change.beforeTag + " → " + change.tag);
    if (column == ImageColumn)
        return QString::fromStdString(change.tag);
    switch (change.kind) {
    case ChangeKind::Added:
        return tr("+ added");
    case ChangeKind::Removed:
        return tr("− removed");
    case ChangeKind::Retagged:
        return tr("→ retagged");
    case ChangeKind::Changed:
        return tr("~ changed");
    }
    return {};
}

QString EffectModel::textOf(const workspace::ArgumentChange &change, int column) const
{
    if (column != m_argumentsColumn)
        return {};
    const QString name = QString::fromStdString(change.name);
    if (!change.before)
        return tr("%1 = %2, not given before").arg(name, QString::fromStdString(*change.after));
    if (!change.after)
        return tr("%1 is not given any more; it was %2").arg(name, QString::fromStdString(*change.before));
    return QStringLiteral("%1: %2 → %3")
        .arg(name, QString::fromStdString(*change.before), QString::fromStdString(*change.after));
}

QVariant EffectModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    if (index.internalId() == 0) {
        const workspace::ImageChange &change = m_effect[static_cast<std::size_t>(index.row())];
        const bool whole = role == Qt::ToolTipRole && index.column() == PlatformsColumn;
        return whole ? joined(change.platforms, true) : textOf(change, index.column());
    }
    const auto &arguments = m_effect[index.internalId() - 1].arguments;
    return textOf(arguments[static_cast<std::size_t>(index.row())], index.column());
}

QVariant EffectModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static const QStringList names{tr("What"), tr("Image"), tr("Platforms")};
    return orientation == Qt::Horizontal && role == Qt::DisplayRole ? names.value(section) : QVariant();
}

} // namespace runner::ui
