#include "support/supportmodel.h"

#include "support/entrywords.h"

#include <algorithm>

namespace runner::ui {

void SupportModel::setWorkspace(LoadedPointer loaded)
{
    beginResetModel();
    m_loaded = std::move(loaded);
    m_search.setIndex(m_loaded ? &m_loaded->index() : nullptr, m_loaded ? &matrix() : nullptr);
    rebuild();
    endResetModel();
}

void SupportModel::setFilter(const SupportFilter &filter)
{
    if (filter == m_filter)
        return;
    beginResetModel();
    m_filter = filter;
    rebuild();
    endResetModel();
}

void SupportModel::rebuild()
{
    m_rows.clear();
    m_sections.clear();
    m_entries.clear();
    if (!m_loaded)
        return;
    m_entries = m_search.apply(m_filter);
    const SupportIndex &index = m_loaded->index();
    for (std::uint32_t i = 0; i < m_entries.size(); ++i) {
        const std::uint32_t row = index.entries[m_entries[i]].row;
        if (m_rows.empty() || m_rows.back().row != row) {
            const std::uint32_t backend = index.rows[row].section;
            if (m_sections.empty() || m_sections.back().backend != backend)
                m_sections.push_back({backend, static_cast<std::uint32_t>(m_rows.size()), 0});
            m_rows.push_back({row, i, i});
            m_sections.back().end = static_cast<std::uint32_t>(m_rows.size());
        }
        m_rows.back().end = i + 1;
    }
}

std::vector<int> SupportModel::columnWeights() const
{
    if (!m_loaded)
        return {};
    std::vector<int> weights(matrix().services.size(), 1);
    const SupportIndex &index = m_loaded->index();
    std::vector<int> chips(weights.size());
    for (const SupportRow &row : index.rows) {
        std::fill(chips.begin(), chips.end(), 0);
        for (std::uint32_t i = row.firstEntry; i < row.endEntry; ++i) {
            const std::uint32_t service = index.entries[i].service;
            weights[service] = std::max(weights[service], ++chips[service] + 1);
        }
    }
    return weights;
}

std::pair<QString, QString> SupportModel::longestTexts() const
{
    if (!m_loaded)
        return {};
    std::string version, variant;
    for (const SupportRow &row : m_loaded->index().rows) {
        if (row.row->shownVersion.size() > version.size())
            version = row.row->shownVersion;
        std::string label = matrix().backends[row.section].variantLabel(row.row->variant);
        if (label.size() > variant.size())
            variant = std::move(label);
    }
    return {QString::fromStdString(version), QString::fromStdString(variant)};
}

QModelIndex SupportModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : quintptr{0});
}

QModelIndex SupportModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || isSection(child))
        return {};
    return createIndex(static_cast<int>(child.internalId()) - 1, 0, quintptr{0});
}

int SupportModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_sections.size());
    if (!isSection(parent) || parent.column() != 0)
        return 0;
    const Section &section = m_sections[static_cast<std::size_t>(parent.row())];
    return static_cast<int>(section.end - section.begin);
}

int SupportModel::columnCount(const QModelIndex &parent) const
{
    if (parent.isValid() && (!isSection(parent) || parent.column() != 0))
        return 0;
    return FirstServiceColumn + (m_loaded ? static_cast<int>(matrix().services.size()) : 0);
}

bool SupportModel::hasChildren(const QModelIndex &parent) const
{
    return rowCount(parent) > 0;
}

QVariant SupportModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    return isSection(index) ? sectionData(index, role) : rowData(index, role);
}

QVariant SupportModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= columnCount())
        return {};
    if (section == VersionColumn)
        return tr("Version");
    if (section == VariantColumn)
        return tr("Variant");
    return QString::fromStdString(matrix().services[static_cast<std::size_t>(section - FirstServiceColumn)].name);
}

Qt::ItemFlags SupportModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    return isSection(index) ? flags : flags | Qt::ItemNeverHasChildren;
}

const SupportModel::Row &SupportModel::rowOf(const QModelIndex &index) const
{
    const Section &section = m_sections[index.internalId() - 1];
    return m_rows[section.begin + static_cast<std::size_t>(index.row())];
}

const matrix::Backend &SupportModel::backendOf(const QModelIndex &index) const
{
    const auto section = isSection(index) ? static_cast<std::size_t>(index.row()) : index.internalId() - 1;
    return matrix().backends[m_sections[section].backend];
}

QVariant SupportModel::sectionData(const QModelIndex &index, int role) const
{
    const matrix::Backend &backend = backendOf(index);
    switch (role) {
    case IsSectionRole:
        return true;
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return index.column() == 0 ? QVariant(QString::fromStdString(backend.name)) : QVariant();
    case NotesRole: {
        QList<SectionNote> notes;
        for (const matrix::Note &note : backend.notes)
            notes << SectionNote{note.kind == matrix::NoteKind::Warning, QString::fromStdString(note.text)};
        return QVariant::fromValue(notes);
    }
    default:
        return {};
    }
}

QVariant SupportModel::rowData(const QModelIndex &index, int role) const
{
    switch (role) {
    case IsSectionRole:
        return false;
    case Qt::DisplayRole:
        return cellText(index);
    case Qt::AccessibleTextRole:
        return accessibleText(index);
    case ChipsRole:
        return QVariant::fromValue(chipsOf(index));
    case EntriesRole:
        return QVariant::fromValue(entriesOf(index));
    default:
        return {};
    }
}

QString SupportModel::cellText(const QModelIndex &index) const
{
    const matrix::RunnerRow &row = *m_loaded->index().rows[rowOf(index).row].row;
    if (index.column() == VersionColumn)
        return QString::fromStdString(row.shownVersion.empty() ? row.version : row.shownVersion);
    if (index.column() == VariantColumn)
        return row.variant.empty() ? QString() : QString::fromStdString(backendOf(index).variantLabel(row.variant));
    QStringList texts;
    for (const Chip &chip : chipsOf(index))
        texts << chip.text;
    return texts.join(QStringLiteral(", "));
}

QString SupportModel::accessibleText(const QModelIndex &index) const
{
    if (index.column() < FirstServiceColumn)
        return cellText(index);
    QStringList sentences;
    for (const int entry : entriesOf(index))
        sentences << describe(entry);
    return sentences.isEmpty() ? tr("No version") : sentences.join(QLatin1Char(' '));
}

QList<int> SupportModel::entriesOf(const QModelIndex &index) const
{
    QList<int> result;
    if (!index.isValid() || isSection(index) || index.column() < FirstServiceColumn)
        return result;
    const auto service = static_cast<std::uint32_t>(index.column() - FirstServiceColumn);
    const Row &row = rowOf(index);
    for (std::uint32_t i = row.begin; i < row.end; ++i) {
        if (m_loaded->index().entries[m_entries[i]].service == service)
            result << static_cast<int>(m_entries[i]);
    }
    return result;
}

QList<Chip> SupportModel::chipsOf(const QModelIndex &index) const
{
    QList<Chip> chips;
    for (const int number : entriesOf(index)) {
        const SupportEntry &item = m_loaded->index().entries[static_cast<std::size_t>(number)];
        const matrix::RunnerEntry &entry = *item.entry;
        const bool listed = entry.listed && m_loaded->index().rows[item.row].row->listed;
        QString text = QString::fromStdString(entry.version);
        if (entry.releaseCandidate)
            text += QStringLiteral(" rc");
        chips << Chip{text, entry.deprecated(), entry.polished, !listed, item.incomplete};
    }
    return chips;
}

int SupportModel::entryAt(const QModelIndex &cell, int chip) const
{
    return entriesOf(cell).value(chip, -1);
}

QModelIndex SupportModel::cellOf(int entry) const
{
    const auto wanted = static_cast<std::uint32_t>(entry);
    const auto found = std::lower_bound(m_entries.begin(), m_entries.end(), wanted);
    if (entry < 0 || found == m_entries.end() || *found != wanted)
        return {};
    const auto place = static_cast<std::uint32_t>(found - m_entries.begin());
    const auto row = std::upper_bound(m_rows.begin(), m_rows.end(), place,
                                      [](std::uint32_t at, const Row &item) { return at < item.begin; });
    const auto number = static_cast<std::uint32_t>(row - m_rows.begin()) - 1;
    const auto section = std::upper_bound(m_sections.begin(), m_sections.end(), number,
                                          [](std::uint32_t at, const Section &item) { return at < item.begin; })
                         - 1;
    const int column = FirstServiceColumn + static_cast<int>(m_loaded->index().entries[wanted].service);
    return index(static_cast<int>(number - section->begin), column,
                 index(static_cast<int>(section - m_sections.begin()), 0));
}

QString SupportModel::describe(int entry) const
{
    return entry < 0 ? QString() : describeEntry(*m_loaded, static_cast<std::size_t>(entry));
}

std::vector<catalog::TableSection> SupportModel::table(const QModelIndexList &cells) const
{
    return m_loaded ? tableOf(*this, cells) : std::vector<catalog::TableSection>();
}

} // namespace runner::ui
