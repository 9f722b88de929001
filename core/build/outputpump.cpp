#include "build/outputpump.h"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#include <vector>

namespace runner::build {

namespace {

constexpr std::size_t readSize = std::size_t(256) << 10U;

} // namespace

OutputPump::OutputPump(int readEnd, Recording &recording, Events events)
    : m_readEnd(readEnd)
    , m_recording(recording)
    , m_events(std::move(events))
{
    [[maybe_unused]] const int made = ::pipe2(m_wakeEnds, O_CLOEXEC);
    m_thread = std::thread([this] { run(); });
}

OutputPump::~OutputPump()
{
    ::close(m_wakeEnds[1]);
    m_thread.join();
    ::close(m_wakeEnds[0]);
    ::close(m_readEnd);
}

bool OutputPump::waitForInput() const
{
    pollfd waits[] = {{m_readEnd, POLLIN, 0}, {m_wakeEnds[0], POLLIN, 0}};
    while (::poll(waits, 2, -1) < 0 && errno == EINTR) {
    }
    return waits[1].revents == 0;
}

void OutputPump::run()
{
    std::vector<char> piece(readSize);
    bool writable = true;
    while (waitForInput()) {
        const ssize_t count = ::read(m_readEnd, piece.data(), piece.size());
        if (count < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (count <= 0) {
            m_events.drained();
            return;
        }
        if (!writable)
            continue;
        const auto written = m_recording.write({piece.data(), static_cast<std::size_t>(count)});
        writable = written.has_value();
        if (writable)
            m_events.news();
        else
            m_events.unwritable(written.error());
    }
}

} // namespace runner::build
