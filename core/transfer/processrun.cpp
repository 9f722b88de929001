#include "transfer/processrun.h"

#include <QTimer>

#include <algorithm>
#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace runner::transfer {

namespace {

constexpr std::size_t maxOutput = 4U << 20U;
constexpr std::size_t maxErrors = 64U << 10U;

/// What a child needs of the environment, without the passwords that were given to us.
QProcessEnvironment environmentWithoutSecrets()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"SOURCE_USERNAME", "SOURCE_PASSWORD", "DESTINATION_USERNAME", "DESTINATION_PASSWORD"})
        environment.remove(QString::fromLatin1(name));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    return environment;
}

} // namespace

ProcessRun::ProcessRun(const std::string &program, const std::vector<std::string> &arguments, const std::string &folder,
                       Done done)
    : m_done(std::move(done))
{
    QStringList list;
    for (const std::string &argument : arguments)
        list.append(QString::fromStdString(argument));
    m_process.setProgram(QString::fromStdString(program));
    m_process.setArguments(list);
    m_process.setWorkingDirectory(QString::fromStdString(folder));
    m_process.setProcessEnvironment(environmentWithoutSecrets());
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.setChildProcessModifier([] {
        ::setpgid(0, 0);
        ::prctl(PR_SET_PDEATHSIG, SIGKILL); // also when we are killed ourselves
        for (const int signal : {SIGINT, SIGTERM, SIGHUP})
            ::signal(signal, SIG_DFL);
    });
}

ProcessRun::~ProcessRun()
{
    m_process.disconnect();
    if (m_process.state() == QProcess::NotRunning)
        return;
    kill();
    m_process.waitForFinished(2000);
}

void ProcessRun::setVariable(const std::string &name, const std::string &value)
{
    QProcessEnvironment environment = m_process.processEnvironment();
    environment.insert(QString::fromStdString(name), QString::fromStdString(value));
    m_process.setProcessEnvironment(environment);
}

void ProcessRun::setListener(Listener listener)
{
    m_listener = std::move(listener);
}

void ProcessRun::start()
{
    QObject::connect(&m_process, &QProcess::readyReadStandardOutput, &m_process, [this] { readOutput(); });
    QObject::connect(&m_process, &QProcess::readyReadStandardError, &m_process, [this] { readErrors(); });
    QObject::connect(&m_process, &QProcess::started, &m_process, [this] {
        m_result.started = true;
        m_group = m_process.processId();
    });
    QObject::connect(&m_process, &QProcess::finished, &m_process, [this](int code, QProcess::ExitStatus status) {
        m_result.exitCode = status == QProcess::NormalExit ? code : -1;
        report();
    });
    QObject::connect(&m_process, &QProcess::errorOccurred, &m_process, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return;
        m_result.errors = m_process.errorString().toStdString();
        report();
    });
    m_process.start();
}

void ProcessRun::interrupt()
{
    signalGroup(SIGINT);
}

void ProcessRun::kill()
{
    signalGroup(SIGKILL);
}

void ProcessRun::tell(const QByteArray &bytes) const
{
    if (m_listener && !bytes.isEmpty())
        m_listener({bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

void ProcessRun::readOutput()
{
    const QByteArray bytes = m_process.readAllStandardOutput();
    tell(bytes);
    const auto room = maxOutput - std::min(maxOutput, m_result.output.size());
    m_result.output.append(bytes.constData(), std::min(room, static_cast<std::size_t>(bytes.size())));
}

void ProcessRun::readErrors()
{
    const QByteArray bytes = m_process.readAllStandardError();
    tell(bytes);
    m_result.errors += bytes.toStdString();
    if (m_result.errors.size() > maxErrors)
        m_result.errors.erase(0, m_result.errors.size() - maxErrors);
}

void ProcessRun::report()
{
    if (m_result.started) {
        readOutput();
        readErrors();
    }
    signalGroup(SIGKILL); // what the process may have left behind in its group
    QTimer::singleShot(0, &m_process, [this] {
        const Done done = std::move(m_done); // may destroy this
        done(std::move(m_result));
    });
}

void ProcessRun::signalGroup(int signal) const
{
    const qint64 group = m_process.processId() > 0 ? m_process.processId() : m_group;
    if (group > 1)
        ::kill(static_cast<pid_t>(-group), signal);
}

} // namespace runner::transfer
