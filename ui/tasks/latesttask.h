// Work on another thread, one piece at a time: of what is asked for meanwhile only the last counts.
#pragma once

#include <QCoreApplication>
#include <QObject>
#include <QPointer>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <utility>

namespace runner::ui {

/// To be a member of its owner, whose thread asks and is told.
template <typename Answer>
class LatestTask
{
public:
    using Work = std::function<Answer()>; ///< Blocks; called on a worker thread.
    using Use = std::function<void(Answer &&answer)>;

    /// \a use is called from the event loop with every answer, also with one that hasNewer() outdates; never after the
    /// owner is gone.
    LatestTask(QObject *owner, Use use)
        : m_owner(owner)
        , m_use(std::move(use))
    {
    }
    LatestTask(const LatestTask &) = delete;
    LatestTask &operator=(const LatestTask &) = delete;

    /// Begins now, or when what is under way has ended. What waited for that until now is never begun.
    void ask(Work work)
    {
        m_next = std::move(work);
        if (!m_isRunning)
            start();
    }

    /// What waits is not begun.
    void dropNext() { m_next = {}; }
    bool isRunning() const { return m_isRunning; }
    /// Something else was asked for since what is under way, or has just been answered, began.
    bool hasNewer() const { return static_cast<bool>(m_next); }

private:
    void start()
    {
        m_isRunning = true;
        QThreadPool::globalInstance()->start([this, owner = m_owner, work = std::exchange(m_next, {})] {
            auto answer = std::make_shared<Answer>(work());
            const auto deliver = [this, owner, answer] {
                if (owner)
                    finish(std::move(*answer));
            };
            QMetaObject::invokeMethod(qApp, deliver, Qt::QueuedConnection);
        });
    }

    void finish(Answer &&answer)
    {
        m_isRunning = false;
        m_use(std::move(answer));
        if (m_next && !m_isRunning)
            start();
    }

    QPointer<QObject> m_owner;
    Use m_use;
    Work m_next;
    bool m_isRunning = false;
};

} // namespace runner::ui
