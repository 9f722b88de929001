// buildx as a process in a group of its own, with its output going into a recording.
#pragma once

#include "build/outputpump.h"
#include "build/patience.h"
#include "build/tool.h"

#include <QProcess>
#include <QTimer>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace runner::build {

struct ProcessEnd
{
    bool started = false;
    int exitCode = -1;   ///< 128 + signal where a signal ended it.
    std::string message; ///< Why it could not be started.
};

/// Needs the event loop of a thread that outlives the process: it is killed with that thread, so also when this program
/// is killed. Never blocks, except that destroying a running one kills its group.
class BuildProcess
{
public:
    struct Events
    {
        std::function<void()> news; ///< Output has been recorded; several pieces may be told as one.
        std::function<void(const Problem &)> unwritable;
        std::function<void(const ProcessEnd &)> ended; ///< Once, after the output is drained. May destroy this.
    };

    BuildProcess(const Tool &tool, const std::vector<std::string> &arguments, const std::string &folder,
                 Recording &recording, Patience patience, Events events);
    ~BuildProcess();
    BuildProcess(const BuildProcess &) = delete;
    BuildProcess &operator=(const BuildProcess &) = delete;

    void start();
    /// INT to the group, TERM and KILL if that does not help. Again: the next of these at once.
    void stop();

private:
    enum class Force { None, Interrupt, Terminate, Kill };

    bool openPipe();
    void finished(int exitCode);
    void drained();
    void endIfDone();
    void signalGroup(int signal) const;
    /// Calls \a function in this object's thread, unless the object is gone by then.
    void post(std::function<void()> function);

    QProcess m_process;
    Recording &m_recording;
    Patience m_patience;
    Events m_events;
    QTimer m_timer;
    ProcessEnd m_end;
    int m_pipe[2] = {-1, -1};
    qint64 m_group = 0;
    Force m_force = Force::None;
    bool m_hasFinished = false;
    bool m_hasDrained = false;
    std::atomic<bool> m_newsPosted{false};
    std::unique_ptr<OutputPump> m_pump;
};

} // namespace runner::build
