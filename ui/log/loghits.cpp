#include "log/loghits.h"

#include "log/loghit.h"
#include "log/logview.h"

namespace runner::ui {

namespace {

constexpr int longestChosen = 200;

} // namespace

LogHits::LogHits(LogView *view, QObject *parent)
    : FindSource(parent)
    , m_view(view)
{
    connect(&m_search, &LogSearch::changed, this, &LogHits::onChanged);
    connect(m_view, &LogView::grown, this, [this] { m_search.more(); });
}

QString LogHits::chosenText() const
{
    const QString chosen = m_view->cursor().row < m_view->rows() ? m_view->selectedText() : QString();
    return chosen.contains(u'\n') || chosen.size() >= longestChosen ? QString() : chosen;
}

void LogHits::search(const FindQuery &query, bool jump)
{
    m_problem.clear();
    m_current.reset();
    m_search.stop();
    m_jump = false;
    if (!query.text.isEmpty()) {
        const auto started =
            m_search.start(m_view->source(), {query.text.toStdString(), query.regular, query.matchCase});
        if (!started)
            m_problem = QString::fromStdString(started.error().message);
        m_jump = jump && started.has_value();
    }
    m_view->setMatcher(m_search.matcher());
}

void LogHits::onChanged()
{
    if (m_jump && m_search.kept() > 0) {
        m_jump = false;
        if (const auto found = m_search.from(m_view->source().offsetOf(m_view->cursor().row)))
            show(*found);
    }
    Q_EMIT changed();
}

/// Where nothing is found yet, the first hit is shown when it is.
void LogHits::goOn(bool forward)
{
    const std::size_t kept = m_search.kept();
    if (kept == 0) {
        m_jump = m_search.isActive();
        return;
    }
    const std::uint64_t row = m_view->cursor().row;
    const auto current = m_current ? m_search.at(*m_current) : std::nullopt;
    std::size_t next = 0;
    if (current && m_view->source().rowOf(current->line) == row)
        next = forward ? (*m_current + 1) % kept : (*m_current + kept - 1) % kept;
    else // The reader has gone elsewhere: on from there.
        next = (m_search.indexFrom(m_view->source().offsetOf(row)) + (forward ? 0 : kept - 1)) % kept;
    if (const auto found = m_search.at(next))
        show(*found);
}

void LogHits::show(const LogSearch::Found &found)
{
    m_current = found.index;
    showHit(*m_view, found);
}

void LogHits::stop()
{
    m_search.stop();
    m_current.reset();
    m_problem.clear();
    m_view->setMatcher({});
}

FindState LogHits::state() const
{
    FindState state;
    state.count = m_search.count();
    if (m_current)
        state.current = *m_current;
    state.finished = m_search.isFinished() || !m_search.isActive();
    state.undecided = m_search.undecided();
    state.problem = m_problem;
    return state;
}

QWidget *LogHits::reader() const
{
    return m_view;
}

} // namespace runner::ui
