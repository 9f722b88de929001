// The pack centre and the images that the test moves, and running programs on them.
#pragma once

#include "registry.h"
#include "tarwriter.h"

#include <QDir>

namespace e2e {

/// The released images: two platforms of one, one platform of another, and a deprecated one.
inline constexpr const char *matrixText = R"(schema: 1
image: { namespace: tests, repository: runner }
services:
  vllm: { name: vLLM }
backends:
  cuda: { name: NVIDIA CUDA, title: CUDA }
rules: []
runners:
  - backend: cuda
    version: "12.8"
    original_version: "12.8.1"
    services:
      vllm:
        - { version: "0.11.0", platforms: [linux/amd64, linux/arm64] }
        - { version: "0.10.2", platforms: [linux/amd64] }
        - { version: "0.9.1", deprecated: true, platforms: [linux/amd64] }
)";

struct Ran
{
    int code = -1;
    QByteArray out;
    QByteArray err;
};

inline void writeFile(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

inline QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline QStringList allFiles(const QString &folder)
{
    QStringList found;
    QDirIterator at(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (at.hasNext())
        found.append(QDir(folder).relativeFilePath(at.next()));
    found.sort();
    return found;
}

inline void prepare(QProcess &process, const QString &program, const QList<QByteArray> &arguments,
                    const QList<QPair<QByteArray, QByteArray>> &variables = {})
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto &[name, value] : variables)
        environment.insert(QString::fromUtf8(name), QString::fromUtf8(value));
    QStringList list;
    for (const QByteArray &argument : arguments)
        list.append(QString::fromUtf8(argument));
    process.setProcessEnvironment(environment);
    process.setProgram(program);
    process.setArguments(list);
}

inline Ran finish(QProcess &process)
{
    Ran ran;
    if (process.waitForFinished(60000) && process.exitStatus() == QProcess::NormalExit)
        ran.code = process.exitCode();
    ran.out = process.readAllStandardOutput();
    ran.err = process.readAllStandardError();
    return ran;
}

inline Ran run(const QString &program, const QList<QByteArray> &arguments,
               const QList<QPair<QByteArray, QByteArray>> &variables = {}, const QByteArray &input = {})
{
    QProcess process;
    prepare(process, program, arguments, variables);
    process.start();
    process.write(input);
    process.closeWriteChannel();
    return finish(process);
}

/// Puts an image with a layer of its own for every architecture into the registry, behind an index if there are
/// several.
inline Ran push(const QByteArray &registry, const QByteArray &name, const QList<QByteArray> &architectures,
                const QByteArray &content = "hello")
{
    QTemporaryDir folder;
    testimages::Layout layout;
    for (const QByteArray &architecture : architectures)
        layout.addImage(architecture, content + architecture);
    for (const auto &[path, bytes] : layout.files(architectures.size() > 1))
        writeFile(folder.filePath(QString::fromUtf8(path)), bytes);
    return run(QStringLiteral("skopeo"),
               {"copy", "--all", "--dest-tls-verify=false", "--dest-creds", QByteArray(user) + ":" + password,
                "oci:" + folder.path().toUtf8(), "docker://" + registry + "/" + name});
}

/// Every process whose command line or environment holds the text: those that are below \a root in the tree.
inline QByteArray findInChildren(qint64 root, const QByteArray &secret)
{
    QByteArray found;
    for (const QString &entry : QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[0-9]*")}, QDir::Dirs)) {
        const QByteArray stat = readFile(QStringLiteral("/proc/%1/stat").arg(entry));
        const qint64 parent = stat.mid(stat.lastIndexOf(')') + 4).split(' ').first().toLongLong();
        const bool own = entry.toLongLong() == root;
        if (parent != root && !own)
            continue;
        const QByteArray line = readFile(QStringLiteral("/proc/%1/cmdline").arg(entry));
        const QByteArray environment = own ? QByteArray() : readFile(QStringLiteral("/proc/%1/environ").arg(entry));
        if (line.contains(secret) || environment.contains(secret))
            found += line + "\n";
    }
    return found;
}

inline QList<qint64> childrenOf(qint64 root)
{
    QList<qint64> found;
    for (const QString &entry : QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[0-9]*")}, QDir::Dirs)) {
        const QByteArray stat = readFile(QStringLiteral("/proc/%1/stat").arg(entry));
        if (stat.mid(stat.lastIndexOf(')') + 4).split(' ').first().toLongLong() == root)
            found.append(entry.toLongLong());
    }
    return found;
}

} // namespace e2e
