#include "matrix/effectmodel.h"

#include "support/markwords.h"

#include <algorithm>
#include <utility>

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

/// "2 added, 1 removed"
template <typename Changes>
QString counted(const Changes &changes)
{
    const std::pair<ChangeKind, QString> kinds[] = {{ChangeKind::Added, EffectModel::tr("%1 added")},
                                                    {ChangeKind::Removed, EffectModel::tr("%1 removed")},
                                                    {ChangeKind::Retagged, EffectModel::tr("%1 retagged")},
                                                    {ChangeKind::Changed, EffectModel::tr("%1 changed")}};
    QStringList parts;
    for (const auto &[kind, text] : kinds) {
        const auto count = std::count_if(changes.begin(), changes.end(),
                                         [kind = kind](const auto &change) { return change.kind == kind; });
        if (count > 0)
            parts << text.arg(count);
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace

void EffectModel::setEffect(workspace::Effect effect, std::vector<workspace::ReleaseChange> releases)
{
    if (effect == m_effect && releases == m_releases)
        return;
    beginResetModel();
    m_effect = std::move(effect);
    m_releases = std::move(releases);
    m_fates = workspace::fatesOf(m_releases);
    endResetModel();
}

std::optional<std::size_t> EffectModel::ruleAt(const QModelIndex &index) const
{
    const QModelIndex image = index.parent().isValid() ? index.parent() : index;
    const auto row = static_cast<std::size_t>(image.row());
    return image.isValid() && row < m_effect.size() ? m_effect[row].ruleAfter : std::nullopt;
}

QString EffectModel::summary() const
{
    QStringList parts;
    if (!m_effect.empty())
        parts << tr("Images: %1").arg(counted(m_effect));
    const auto behind = std::find_if(m_releases.begin(), m_releases.end(),
                                     [](const workspace::ReleaseChange &each) { return !each.released; });
    const workspace::ReleaseFate released(m_releases.begin(), behind), imageless(behind, m_releases.end());
    if (!released.empty())
        parts << tr("Released images: %1").arg(counted(released));
    if (!imageless.empty())
        parts << tr("Listed without an image: %1").arg(counted(imageless));
    return parts.isEmpty() ? tr("No image changes.") : parts.join(QStringLiteral(" \u00b7 "));
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
        return static_cast<int>(m_effect.size() + m_fates.size());
    if (parent.internalId() != 0 || parent.column() != 0)
        return 0;
    const auto row = static_cast<std::size_t>(parent.row());
    return static_cast<int>(row < m_effect.size() ? m_effect[row].arguments.size()
                                                  : linesOf(fateAt(row).front()).size());
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

QString EffectModel::textOf(workspace::ReleaseFate fate, int column, bool whole) const
{
    const workspace::ReleaseChange &change = fate.front();
    const QString image = QString::fromStdString(change.image);
    if (column == ImageColumn)
        return whole ? image : image.section(QLatin1Char(':'), -1); // As images of rules are called.
    if (column == PlatformsColumn) {
        std::vector<std::string> platforms;
        for (const workspace::ReleaseChange &each : fate)
            platforms.push_back(each.platform);
        return joined(platforms, whole);
    }
    switch (change.kind) {
    case ChangeKind::Added:
        return tr("+ released");
    case ChangeKind::Removed:
        return tr("− not released");
    default:
        return tr("~ released");
    }
}

QStringList EffectModel::linesOf(const workspace::ReleaseChange &change) const
{
    QStringList lines;
    if (!change.released)
        lines << tr("The table lists it without an image");
    for (const workspace::MarkChange &mark : change.marks)
        lines << releaseMarkText(mark);
    if (!change.original.name.empty())
        lines << textOf(change.original, m_argumentsColumn);
    return lines;
}

QVariant EffectModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const bool isImage = index.internalId() == 0;
    const auto row = static_cast<std::size_t>(isImage ? index.row() : static_cast<int>(index.internalId()) - 1);
    const bool isBuilt = row < m_effect.size();
    const bool whole = role == Qt::ToolTipRole;
    if (isImage && isBuilt)
        return whole && index.column() == PlatformsColumn ? joined(m_effect[row].platforms, true)
                                                          : textOf(m_effect[row], index.column());
    if (isImage)
        return textOf(fateAt(row), index.column(), whole);
    if (isBuilt)
        return textOf(m_effect[row].arguments[static_cast<std::size_t>(index.row())], index.column());
    return index.column() == m_argumentsColumn ? linesOf(fateAt(row).front()).value(index.row()) : QString();
}

QVariant EffectModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static const QStringList names{tr("What"), tr("Image"), tr("Platforms")};
    return orientation == Qt::Horizontal && role == Qt::DisplayRole ? names.value(section) : QVariant();
}

} // namespace runner::ui
