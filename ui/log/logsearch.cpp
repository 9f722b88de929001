#include "log/logsearch.h"

#include <limits>

namespace runner::ui {

LogSearch::~LogSearch()
{
    m_find.reset(); // Its thread calls tell().
}

Result<bool> LogSearch::start(const LogSource &source, const build::Query &query)
{
    stop();
    if (source.isNull())
        return true;
    auto matcher = build::Matcher::compile(query);
    if (!matcher)
        return tl::unexpected<Problem>(matcher.error());
    m_source = source;
    m_matcher.emplace(*matcher);
    m_matcher->limitTime(longestMatch);
    m_find = std::make_unique<build::Find>(source.log(), std::move(*matcher), source.step(), [this] { tell(); });
    return true;
}

void LogSearch::stop()
{
    m_find.reset();
    m_matcher.reset();
}

void LogSearch::more()
{
    if (m_find && m_find->finished() && m_find->searchedBytes() < m_source.log()->size())
        m_find->more();
}

/// Called in the search's thread; many calls become one signal.
void LogSearch::tell()
{
    if (m_told.exchange(true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_told = false;
            Q_EMIT changed();
        },
        Qt::QueuedConnection);
}

std::size_t LogSearch::kept() const
{
    return m_find ? m_find->hitAt(std::numeric_limits<std::uint64_t>::max()) : 0;
}

std::optional<LogSearch::Found> LogSearch::at(std::size_t index) const
{
    if (!m_find)
        return {};
    const auto hits = m_find->hits(index, 1);
    if (hits.empty())
        return {};
    return Found{index, hits.front(), m_source.log()->lineAt(hits.front().offset)};
}

std::optional<LogSearch::Found> LogSearch::from(std::uint64_t offset) const
{
    const std::size_t index = indexFrom(offset);
    const std::optional<Found> found = at(index);
    return found ? found : at(0);
}

} // namespace runner::ui
