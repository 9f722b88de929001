#include "support/supportsearch.h"

#include <algorithm>

namespace runner::ui {

namespace {

std::vector<std::string> wordsOf(const QString &query)
{
    std::vector<std::string> words;
    for (const QString &word : query.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts))
        words.push_back(lowered(word.toStdString()));
    std::sort(words.begin(), words.end(),
              [](const std::string &a, const std::string &b) { return a.size() > b.size(); });
    return words;
}

} // namespace

void SupportSearch::setIndex(const SupportIndex *index, const matrix::Matrix *matrix)
{
    m_index = index;
    m_matrix = matrix;
    m_hasLast = false;
    m_shown.clear();
    m_rowHits.resize(index ? index->rowTexts.size() : 0);
    m_jobHits.resize(index ? index->jobTexts.size() : 0);
    m_entryHits.resize(index ? index->entryTexts.size() : 0);
}

const std::vector<std::uint32_t> &SupportSearch::apply(const SupportFilter &filter)
{
    if (!m_index || (m_hasLast && filter == m_last))
        return m_shown;
    if (!narrows(filter))
        applyFilters(filter);
    for (const std::string &word : wordsOf(filter.query))
        keepWord(word);
    m_last = filter;
    m_hasLast = true;
    return m_shown;
}

bool SupportSearch::narrows(const SupportFilter &filter) const
{
    SupportFilter same = filter;
    same.query = m_last.query;
    return m_hasLast && same == m_last && filter.query.startsWith(m_last.query);
}

bool SupportSearch::passes(const SupportEntry &entry, const SupportFilter &filter,
                           const std::vector<bool> &hidden) const
{
    const matrix::RunnerEntry &value = *entry.entry;
    return !hidden[entry.service] && !(filter.hideDeprecated && value.deprecated())
           && (!filter.onlyPolished || value.polished) && (!filter.onlyIncomplete || entry.incomplete)
           && (filter.showUnlisted || (value.listed && m_index->rows[entry.row].row->listed));
}

void SupportSearch::applyFilters(const SupportFilter &filter)
{
    std::vector<bool> hidden;
    for (const matrix::Service &service : m_matrix->services)
        hidden.push_back(filter.hiddenServices.contains(QString::fromStdString(service.id)));
    m_shown.clear();
    for (std::uint32_t i = 0; i < m_index->entries.size(); ++i) {
        if (passes(m_index->entries[i], filter, hidden))
            m_shown.push_back(i);
    }
}

void SupportSearch::keepWord(const std::string &word)
{
    m_index->rowTexts.find(word, m_rowHits);
    m_index->jobTexts.find(word, m_jobHits);
    const bool few = m_shown.size() < m_index->entries.size() / 8;
    if (!few)
        m_index->entryTexts.find(word, m_entryHits);
    const auto misses = [&](std::uint32_t number) {
        const SupportEntry &entry = m_index->entries[number];
        if (m_rowHits[entry.row] || (entry.jobs >= 0 && m_jobHits[static_cast<std::size_t>(entry.jobs)]))
            return false;
        return !(few ? m_index->entryTexts.contains(number, word) : m_entryHits[number] != 0);
    };
    m_shown.erase(std::remove_if(m_shown.begin(), m_shown.end(), misses), m_shown.end());
}

} // namespace runner::ui
