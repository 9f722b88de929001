// Brings a process' output into a recording, on a thread of its own.
#pragma once

#include "build/recording.h"

#include <atomic>
#include <functional>
#include <thread>

namespace runner::build {

/// Reads a pipe until its other end is closed everywhere. Once a write has failed, the rest is read and dropped, so
/// that the process does not wait for us.
class OutputPump
{
public:
    struct Events
    {
        std::function<void()> news;                      ///< After each piece.
        std::function<void(const Problem &)> unwritable; ///< Once, when a write fails.
        std::function<void()> drained;                   ///< Once, at the end, unless it was stopped.
    };

    /// Owns \a readEnd. Events are called from the thread.
    OutputPump(int readEnd, Recording &recording, Events events);
    ~OutputPump(); ///< Stops reading.
    OutputPump(const OutputPump &) = delete;
    OutputPump &operator=(const OutputPump &) = delete;

private:
    void run();
    bool waitForInput() const;

    int m_readEnd;
    int m_wakeEnds[2] = {-1, -1};
    Recording &m_recording;
    Events m_events;
    std::thread m_thread;
};

} // namespace runner::build
