// The support table as a tree: backends, their rows below, a column per service.
#pragma once

#include "catalog/supporttable.h"
#include "support/supportroles.h"
#include "support/supportsearch.h"
#include "workspace/loadedworkspace.h"

#include <QAbstractItemModel>

namespace runner::ui {

class SupportModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    using QAbstractItemModel::QAbstractItemModel;

    void setWorkspace(LoadedPointer loaded);
    void setFilter(const SupportFilter &filter);
    const SupportFilter &filter() const { return m_filter; }
    const LoadedPointer &loaded() const { return m_loaded; }
    int shownEntries() const { return static_cast<int>(m_entries.size()); }
    /// Index into the plan's and the index's entries of a chip; -1 where there is none.
    int entryAt(const QModelIndex &cell, int chip) const;
    /// The cell that shows the entry; invalid where it is filtered out.
    QModelIndex cellOf(int entry) const;
    /// The topmost, leftmost chip's entry; -1 where nothing is shown.
    int firstEntry() const { return m_entries.empty() ? -1 : static_cast<int>(m_entries.front()); }
    /// How much room each service's column wants, filters or not: one more than its fullest row's chips.
    std::vector<int> columnWeights() const;
    /// The longest version and the longest variant of all rows, filters or not.
    std::pair<QString, QString> longestTexts() const;
    /// A chip's words for a tooltip or a screen reader: sentences.
    QString describe(int entry) const;
    /// What is shown, for an export; of \a cells only where that is not empty.
    std::vector<catalog::TableSection> table(const QModelIndexList &cells = {}) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const final;
    QModelIndex parent(const QModelIndex &child) const final;
    int rowCount(const QModelIndex &parent = {}) const final;
    int columnCount(const QModelIndex &parent = {}) const final;
    bool hasChildren(const QModelIndex &parent = {}) const final;
    QVariant data(const QModelIndex &index, int role) const final;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const final;
    Qt::ItemFlags flags(const QModelIndex &index) const final;

private:
    struct Row
    {
        std::uint32_t row = 0;   ///< Into SupportIndex::rows.
        std::uint32_t begin = 0; ///< Into m_entries.
        std::uint32_t end = 0;
    };
    struct Section
    {
        std::uint32_t backend = 0; ///< Into the matrix's backends.
        std::uint32_t begin = 0;   ///< Into m_rows.
        std::uint32_t end = 0;
    };

    void rebuild();
    const matrix::Matrix &matrix() const { return m_loaded->workspace->matrix; }
    bool isSection(const QModelIndex &index) const { return index.internalId() == 0; }
    const Row &rowOf(const QModelIndex &index) const;
    const matrix::Backend &backendOf(const QModelIndex &index) const;
    QList<int> entriesOf(const QModelIndex &index) const;
    QVariant sectionData(const QModelIndex &index, int role) const;
    QVariant rowData(const QModelIndex &index, int role) const;
    QString cellText(const QModelIndex &index) const;
    QString accessibleText(const QModelIndex &index) const;
    QList<Chip> chipsOf(const QModelIndex &index) const;

    LoadedPointer m_loaded;
    SupportFilter m_filter;
    SupportSearch m_search;
    std::vector<std::uint32_t> m_entries;
    std::vector<Row> m_rows;
    std::vector<Section> m_sections;
};

} // namespace runner::ui
