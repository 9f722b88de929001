#include "transfer/mover.h"

#include "transfer/movetask.h"

#include <QRandomGenerator>
#include <QTimer>

#include <algorithm>

namespace runner::transfer {

Mover::Mover(Moves moves, MoverOptions options, MoverEvents events)
    : m_moves(std::move(moves))
    , m_options(std::move(options))
    , m_events(std::move(events))
    , m_tasks(m_moves.size())
    , m_alive(std::make_shared<bool>(true))
{
    if (!m_options.random)
        m_options.random = [] { return QRandomGenerator::global()->generateDouble(); };
    if (!m_options.later)
        m_options.later = [](std::chrono::milliseconds wait, std::function<void()> call) {
            QTimer::singleShot(wait, std::move(call));
        };
}

Mover::~Mover()
{
    *m_alive = false;
}

void Mover::start()
{
    QTimer::singleShot(0, [this, alive = m_alive] {
        if (*alive)
            startNext();
    });
}

void Mover::startNext()
{
    while (m_next < m_moves.size()
           && (m_cancelled || m_running < static_cast<std::size_t>(std::max(1, m_options.jobs)))) {
        const std::size_t index = m_next++;
        if (m_cancelled) {
            if (m_events.ended)
                m_events.ended(index, {Outcome::Cancelled, "cancelled", 0});
            continue;
        }
        ++m_running;
        if (m_events.started)
            m_events.started(index);
        TaskEvents events;
        events.retrying = [this, index](const std::string &why, std::chrono::milliseconds wait) {
            if (m_events.retrying)
                m_events.retrying(index, why, wait);
        };
        events.ended = [this, index](const MoveEnd &end) { taskEnded(index, end); };
        m_tasks[index] = std::make_unique<MoveTask>(m_moves[index], m_options, std::move(events));
        m_tasks[index]->start();
    }
    if (m_running == 0 && m_next == m_moves.size())
        finishSoon();
}

void Mover::taskEnded(std::size_t index, const MoveEnd &end)
{
    --m_running;
    if (m_events.ended)
        m_events.ended(index, end);
    QTimer::singleShot(0, [this, index, alive = m_alive] {
        if (!*alive)
            return;
        m_tasks[index].reset();
        startNext();
    });
}

void Mover::finishSoon()
{
    if (std::exchange(m_finishing, true))
        return;
    QTimer::singleShot(0, [alive = m_alive, finished = m_events.finished] {
        if (*alive && finished)
            finished();
    });
}

void Mover::cancel()
{
    const bool again = std::exchange(m_cancelled, true);
    for (const auto &task : m_tasks) {
        if (task)
            again ? task->kill() : task->cancel();
    }
    startNext();
}

std::uint64_t Mover::bytesWritten() const
{
    std::uint64_t sum = 0;
    for (const auto &task : m_tasks)
        sum += task ? task->bytesWritten() : 0;
    return sum;
}

} // namespace runner::transfer
