// One run of a program in a process group of its own.
#pragma once

#include <QProcess>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace runner::transfer {

struct ProcessResult
{
    bool started = false;
    int exitCode = -1;  ///< -1 where a signal ended it.
    std::string output; ///< The first 4 MiB of stdout.
    std::string errors; ///< The last 64 KiB of stderr.
};

/// Reports exactly once, after the process has ended, its output is drained and nothing of its group is left. Never
/// blocks, except that destroying a running one kills the group and waits for the process to vanish.
class ProcessRun
{
public:
    using Done = std::function<void(ProcessResult)>;
    using Listener = std::function<void(std::string_view)>;

    ProcessRun(const std::string &program, const std::vector<std::string> &arguments, const std::string &folder,
               Done done);
    ~ProcessRun();
    ProcessRun(const ProcessRun &) = delete;
    ProcessRun &operator=(const ProcessRun &) = delete;

    /// Before start(): a variable beside those we were started with.
    void setVariable(const std::string &name, const std::string &value);
    /// Before start(): is told of both streams what they bring, as it comes.
    void setListener(Listener listener);
    /// \a done is called later, from the event loop; it may destroy this object.
    void start();
    void interrupt(); ///< SIGINT to the group.
    void kill();      ///< SIGKILL to the group.

private:
    void tell(const QByteArray &bytes) const;
    void readOutput();
    void readErrors();
    void report();
    void signalGroup(int signal) const;

    QProcess m_process;
    Done m_done;
    Listener m_listener;
    ProcessResult m_result;
    qint64 m_group = 0;
};

} // namespace runner::transfer
