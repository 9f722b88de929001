// SIGINT, SIGTERM and SIGHUP as calls from the event loop.
#pragma once

#include <QSocketNotifier>

#include <functional>
#include <memory>

namespace runner::ctl {

/// While this lives, the signals call a function instead of ending the process. One object at a time.
class Interrupts
{
public:
    explicit Interrupts(std::function<void()> call);
    ~Interrupts();
    Interrupts(const Interrupts &) = delete;
    Interrupts &operator=(const Interrupts &) = delete;

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace runner::ctl
