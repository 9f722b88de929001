#include "build/buildprocess.h"

#include <csignal>
#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace runner::build {

BuildProcess::BuildProcess(const Tool &tool, const std::vector<std::string> &arguments, const std::string &folder,
                           Recording &recording, Patience patience, Events events)
    : m_recording(recording)
    , m_patience(patience)
    , m_events(std::move(events))
{
    QStringList list;
    for (const std::string &argument : arguments)
        list.append(QString::fromStdString(argument));
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto &[name, value] : tool.environment)
        environment.insert(QString::fromStdString(name), QString::fromStdString(value));
    m_process.setProgram(QString::fromStdString(tool.program));
    m_process.setArguments(list);
    m_process.setWorkingDirectory(QString::fromStdString(folder));
    m_process.setProcessEnvironment(environment);
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.setStandardOutputFile(QProcess::nullDevice());
    m_process.setStandardErrorFile(QProcess::nullDevice());
    m_timer.setSingleShot(true);
}

BuildProcess::~BuildProcess()
{
    m_process.disconnect();
    if (m_process.state() != QProcess::NotRunning) {
        signalGroup(SIGKILL);
        m_process.waitForFinished(2000);
    }
    m_pump.reset();
    for (const int end : m_pipe) {
        if (end >= 0)
            ::close(end);
    }
}

bool BuildProcess::openPipe()
{
    if (::pipe2(m_pipe, O_CLOEXEC) != 0)
        return false;
    ::fcntl(m_pipe[0], F_SETPIPE_SZ, 1 << 20); // fewer turns; the default will do where this is refused
    m_process.setChildProcessModifier([output = m_pipe[1]] {
        ::setpgid(0, 0);
        ::prctl(PR_SET_PDEATHSIG, SIGTERM); // buildx ends the build at its builder
        for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE})
            ::signal(signal, SIG_DFL);
        ::dup2(output, STDOUT_FILENO);
        ::dup2(output, STDERR_FILENO);
    });
    return true;
}

void BuildProcess::start()
{
    QObject::connect(&m_process, &QProcess::finished, &m_process, [this](int code, QProcess::ExitStatus status) {
        finished(status == QProcess::NormalExit ? code : 128 + code);
    });
    QObject::connect(&m_process, &QProcess::errorOccurred, &m_process, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return;
        m_end.message = m_process.errorString().toStdString();
        finished(-1);
    });
    QObject::connect(&m_process, &QProcess::started, &m_process, [this] {
        m_end.started = true;
        m_group = m_process.processId();
    });
    if (!openPipe()) {
        m_end.message = "no pipe can be made";
        QTimer::singleShot(0, &m_process, [this] { finished(-1); });
        return;
    }
    m_process.start();
    ::close(std::exchange(m_pipe[1], -1));
    m_pump = std::make_unique<OutputPump>(
        std::exchange(m_pipe[0], -1), m_recording,
        OutputPump::Events{[this] {
                               if (!m_newsPosted.exchange(true))
                                   post([this] {
                                       m_newsPosted = false;
                                       m_events.news();
                                   });
                           },
                           [this](const Problem &problem) { post([this, problem] { m_events.unwritable(problem); }); },
                           [this] { post([this] { drained(); }); }});
}

void BuildProcess::post(std::function<void()> function)
{
    QMetaObject::invokeMethod(&m_timer, std::move(function), Qt::QueuedConnection);
}

void BuildProcess::stop()
{
    if (m_hasFinished)
        return;
    m_timer.disconnect();
    if (m_force == Force::None) {
        m_force = Force::Interrupt;
        signalGroup(SIGINT);
        m_timer.start(m_patience.interrupt);
    } else if (m_force == Force::Interrupt) {
        m_force = Force::Terminate;
        signalGroup(SIGTERM);
        m_timer.start(m_patience.terminate);
    } else {
        m_force = Force::Kill;
        signalGroup(SIGKILL);
        return;
    }
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { stop(); });
}

void BuildProcess::finished(int exitCode)
{
    m_end.exitCode = exitCode;
    m_hasFinished = true;
    m_timer.disconnect();
    if (!m_pump)
        m_hasDrained = true;
    // What the process has left behind may hold the pipe open.
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
        signalGroup(SIGKILL);
        m_pump.reset();
        m_hasDrained = true;
        endIfDone();
    });
    m_timer.start(m_patience.drain);
    endIfDone();
}

void BuildProcess::drained()
{
    m_hasDrained = true;
    endIfDone();
}

void BuildProcess::endIfDone()
{
    if (!m_hasFinished || !m_hasDrained)
        return;
    m_timer.stop();
    m_timer.disconnect();
    m_pump.reset();
    signalGroup(SIGKILL);
    const auto ended = std::exchange(m_events.ended, {});
    if (ended)
        ended(m_end); // may destroy this
}

void BuildProcess::signalGroup(int signal) const
{
    const qint64 group = m_process.processId() > 0 ? m_process.processId() : m_group;
    if (group > 1)
        ::kill(static_cast<pid_t>(-group), signal);
}

} // namespace runner::build
