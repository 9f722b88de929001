#include "images/interrupts.h"

#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace runner::ctl {

namespace {

constexpr int stopSignals[] = {SIGINT, SIGTERM, SIGHUP};
int pipeEnds[2] = {-1, -1}; // a handler can reach nothing but globals

extern "C" void tellEventLoop(int)
{
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(pipeEnds[1], &byte, 1);
}

} // namespace

Interrupts::Interrupts(std::function<void()> call)
{
    if (::pipe2(pipeEnds, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(pipeEnds[0], QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [call = std::move(call)] {
        char byte = 0;
        while (::read(pipeEnds[0], &byte, 1) == 1)
            call();
    });
    struct sigaction action = {};
    action.sa_handler = tellEventLoop;
    action.sa_flags = SA_RESTART;
    for (const int signal : stopSignals)
        ::sigaction(signal, &action, nullptr);
}

Interrupts::~Interrupts()
{
    for (const int signal : stopSignals)
        ::signal(signal, SIG_DFL);
    m_notifier.reset();
    for (int &end : pipeEnds) {
        ::close(end);
        end = -1;
    }
}

} // namespace runner::ctl
