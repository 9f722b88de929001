// Where tests find data: the project's own files, and the shared collection of real matrices where it is present.
#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QString>
#include <QtTest>

namespace testdata {

inline QString project(const QString &path = {})
{
    return QDir(QStringLiteral(RUNNER_SOURCE_DIR)).absoluteFilePath(path);
}

/// ../shared from the project's root; may not exist.
inline QString shared(const QString &path = {})
{
    return QDir::cleanPath(project(QStringLiteral("../shared/")) + path);
}

inline bool hasShared()
{
    return QDir(shared(QStringLiteral("upstream"))).exists();
}

inline QByteArray read(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qWarning("cannot read %s", qPrintable(path));
    return file.readAll();
}

} // namespace testdata

/// Skips the test function where the shared collection is missing.
#define RUNNER_NEEDS_SHARED()                                                                                          \
    do {                                                                                                               \
        if (!testdata::hasShared())                                                                                    \
            QSKIP("the shared collection of real matrices is not beside the project");                                 \
    } while (false)
