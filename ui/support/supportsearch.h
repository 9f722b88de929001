// Which entries of the support table are shown: words that are all to be found, and filters.
#pragma once

#include "support/supportindex.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <string>
#include <vector>

namespace runner::ui {

struct SupportFilter
{
    QString query;              ///< Words; every one has to be found in the entry, its row, or its arguments.
    QStringList hiddenServices; ///< Identifiers.
    bool hideDeprecated = false;
    bool onlyPolished = false;
    bool onlyIncomplete = false; ///< No image known, or a problem concerns it.
    bool showUnlisted = false;   ///< Also what the published table does not list.

    bool operator==(const SupportFilter &) const = default;
};

/// Remembers the last answer, so that a query that grows searches only in it.
class SupportSearch
{
public:
    /// The index must outlive the use of this object; null for nothing.
    void setIndex(const SupportIndex *index, const matrix::Matrix *matrix);
    /// Shown entries, ascending. Valid until the next call.
    const std::vector<std::uint32_t> &apply(const SupportFilter &filter);

private:
    bool passes(const SupportEntry &entry, const SupportFilter &filter, const std::vector<bool> &hidden) const;
    void applyFilters(const SupportFilter &filter);
    void keepWord(const std::string &word);
    bool narrows(const SupportFilter &filter) const;

    const SupportIndex *m_index = nullptr;
    const matrix::Matrix *m_matrix = nullptr;
    SupportFilter m_last;
    bool m_hasLast = false;
    std::vector<std::uint32_t> m_shown;
    std::vector<std::uint8_t> m_rowHits, m_jobHits, m_entryHits;
};

} // namespace runner::ui
