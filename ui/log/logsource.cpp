#include "log/logsource.h"

#include <algorithm>

namespace runner::ui {

LogSource::LogSource(std::shared_ptr<const build::Log> log, std::optional<std::size_t> step, bool live,
                     Unfinished unfinished)
    : m_log(std::move(log))
    , m_step(step)
    , m_live(live)
    , m_unfinished(std::move(unfinished))
{
}

std::uint64_t LogSource::rows() const
{
    if (!m_log)
        return 0;
    return std::min(m_step ? m_log->linesOfStep(*m_step) : m_log->lines(), mostRows);
}

std::vector<build::LogLine> LogSource::read(std::uint64_t row, std::uint64_t count) const
{
    if (!m_log)
        return {};
    return m_step ? m_log->readStep(*m_step, row, count) : m_log->read(row, count);
}

LongLine LogSource::line(std::uint64_t row) const
{
    if (row >= rows())
        return {{}, 0};
    const std::uint64_t number = numberOf(row);
    const auto read = [log = m_log, number](std::uint64_t begin, std::size_t most) {
        return log->readPart(number, begin, most);
    };
    return {read(0, LongLine::headBytes), m_log->lengthOf(number),
            [read](std::uint64_t begin, std::size_t most) { return read(begin, most).bytes; }};
}

std::uint64_t LogSource::numberOf(std::uint64_t row) const
{
    if (!m_log)
        return 0;
    if (!m_step)
        return row;
    return row < m_log->linesOfStep(*m_step) ? m_log->lineOfStep(*m_step, row) : m_log->lines();
}

std::uint64_t LogSource::rowOf(std::uint64_t number) const
{
    if (!m_log)
        return 0;
    return m_step ? m_log->indexInStep(*m_step, number) : number;
}

std::uint64_t LogSource::offsetOf(std::uint64_t row) const
{
    return m_log ? m_log->offsetOf(numberOf(row)) : 0;
}

} // namespace runner::ui
