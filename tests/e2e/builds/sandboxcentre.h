// A pack centre whose images are built in the sandbox.
#pragma once

#include "testdata.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <unistd.h>

namespace e2e {

struct Ran
{
    int code = -1;
    QByteArray out;
    QByteArray err;

    QJsonArray list() const { return QJsonDocument::fromJson(out).array(); }
    QJsonObject object() const { return QJsonDocument::fromJson(out).object(); }
};

inline Ran run(const QString &program, const QStringList &arguments, const QProcessEnvironment &environment,
               int seconds = 120, const QString &folder = {})
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    const bool ended = process.waitForFinished(seconds * 1000) && process.exitStatus() == QProcess::NormalExit;
    return {ended ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
}

/// The image that this process builds on. Tests run side by side in one sandbox: an import by another under the same
/// name would be other bytes, and a step that was cached would run again.
inline const QByteArray base = "e2e-base:" + QByteArray::number(getpid());

/// Makes `base`: a folder that is a root file system, a static busybox under all its names. And its own name is in it:
/// two tests that import in one second would share a layer, and BuildKit forgets the results on one of them.
inline bool makeBaseImage(const QProcessEnvironment &environment)
{
    const QTemporaryDir folder;
    const QString script =
        QStringLiteral("set -e; cd \"$1\"; mkdir bin tmp; echo \"$3\" >name; cp \"$2\" bin/busybox; for name in "
                       "$(bin/busybox --list | grep -vx busybox); do ln -s busybox bin/$name; done; tar -c . | docker "
                       "import --platform linux/amd64 - \"$3\"");
    const QString busybox =
        environment.value(QStringLiteral("RUNNER_SANDBOX_HOME")) + QStringLiteral("/root/bin/busybox");
    return run(QStringLiteral("bash"),
               {QStringLiteral("-c"), script, QStringLiteral("base"), folder.path(), busybox,
                QString::fromLatin1(base)},
               environment)
               .code
           == 0;
}

inline void removeBaseImage(const QProcessEnvironment &environment)
{
    run(QStringLiteral("docker"), {QStringLiteral("rmi"), QString::fromLatin1(base)}, environment);
}

/// Images "cuda12.9-vllmVERSION" of a Dockerfile of the test's own, and a history of their builds.
class SandboxCentre
{
public:
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();

    explicit SandboxCentre(const QByteArray &commands, const QByteArray &platforms = "linux/amd64")
    {
        environment.insert(QStringLiteral("XDG_STATE_HOME"), m_state.path());
        QByteArray matrix = "schema: 1\nimage: { namespace: \"" + registry() + "/e2e"
                            + QByteArray::number(QCoreApplication::applicationPid())
                            + "\", repository: runner }\nservices: { vllm: { name: vLLM } }\nbackends: { cuda: { name: "
                              "CUDA, title: CUDA } }\nrules:\n";
        for (int i = 1; i <= 10; ++i)
            matrix += "  - { backend: cuda, services: [vllm], platforms: [" + platforms
                      + "], args: [CUDA_VERSION=12.9.1, VLLM_VERSION=" + QByteArray::number(i) + "] }\n";
        write(QStringLiteral("matrix.yml"), matrix);
        write(QStringLiteral("pack/cuda/hello"), "hello\n");
        write(QStringLiteral("pack/cuda/Dockerfile"), "ARG CUDA_VERSION=1\nARG VLLM_VERSION=1\n" + commands);
    }

    QByteArray registry() const { return environment.value(QStringLiteral("RUNNER_SANDBOX_REGISTRY")).toUtf8(); }
    QString image(const QString &tag) const
    {
        return QString::fromUtf8(registry()) + QStringLiteral("/e2e")
               + QString::number(QCoreApplication::applicationPid()) + QStringLiteral("/runner:") + tag;
    }
    QString path(const QString &name = {}) const { return m_folder.filePath(name); }
    void write(const QString &name, const QByteArray &text) const
    {
        QDir().mkpath(QFileInfo(path(name)).path());
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write %s", qPrintable(file.fileName()));
    }

    /// Without the limits, which a machine may not allow, and without a cache in the registry.
    static QStringList buildArguments(const QStringList &more, const QString &command = QStringLiteral("build"))
    {
        return QStringList{command,
                           QStringLiteral("--ulimit"),
                           QStringLiteral("none"),
                           QStringLiteral("--no-cache-from"),
                           QStringLiteral("--cache-to"),
                           QStringLiteral("never")}
               + more;
    }
    Ran build(const QStringList &more) const { return ctl(buildArguments(more)); }
    Ran ctl(const QStringList &arguments) const
    {
        return run(QStringLiteral(RUNNERCTL), QStringList{QStringLiteral("-C"), path()} + arguments, environment, 300);
    }
    void startBuild(QProcess &process, const QStringList &more) const
    {
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(RUNNERCTL), QStringList{QStringLiteral("-C"), path()} + buildArguments(more));
    }
    Ran docker(const QStringList &arguments) const
    {
        return run(QStringLiteral("docker"), arguments, environment, 120, path());
    }
    QJsonArray builds() const
    {
        return ctl({QStringLiteral("builds"), QStringLiteral("list"), QStringLiteral("--format"),
                    QStringLiteral("json")})
            .list();
    }
    QString result(int index = 0) const { return builds()[index].toObject()[QStringLiteral("result")].toString(); }

    /// Whether the daemon builds anything out of this centre.
    bool anythingRuns() const
    {
        for (const QByteArray &line :
             docker({QStringLiteral("buildx"), QStringLiteral("history"), QStringLiteral("ls"),
                     QStringLiteral("--format"), QStringLiteral("json"), QStringLiteral("--no-trunc")})
                 .out.split('\n')) {
            const QJsonObject entry = QJsonDocument::fromJson(line).object();
            if (entry[QStringLiteral("status")].toString() != QLatin1String("Running"))
                continue;
            const QString id = entry[QStringLiteral("ref")].toString().section(u'/', -1);
            if (docker({QStringLiteral("buildx"), QStringLiteral("history"), QStringLiteral("inspect"), id,
                        QStringLiteral("--format"), QStringLiteral("json")})
                    .out.contains(path().toUtf8()))
                return true;
        }
        return false;
    }

private:
    QTemporaryDir m_folder;
    QTemporaryDir m_state;
};

} // namespace e2e
