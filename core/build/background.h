// Work on a thread of its own whose end is told in the event loop.
#pragma once

#include <QMetaObject>
#include <QObject>

#include <functional>
#include <thread>

namespace runner::build {

/// Waits for the work when it is destroyed; then nothing is told any more.
class Background
{
public:
    /// \a work runs in the thread, then \a done in the thread that made this. \a done may destroy it.
    Background(std::function<void()> work, std::function<void()> done)
    {
        m_thread = std::thread([this, work = std::move(work), done = std::move(done)]() mutable {
            work();
            QMetaObject::invokeMethod(&m_receiver, std::move(done), Qt::QueuedConnection);
        });
    }
    ~Background() { m_thread.join(); }
    Background(const Background &) = delete;
    Background &operator=(const Background &) = delete;

private:
    QObject m_receiver;
    std::thread m_thread;
};

} // namespace runner::build
