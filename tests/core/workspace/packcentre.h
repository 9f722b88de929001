// Pack centres for tests, in temporary folders.
#pragma once

#include "testdata.h"
#include "workspace/workspace.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <memory>
#include <string>

class PackCentre
{
public:
    /// Writes a file, with the folders that lead to it.
    PackCentre &file(const QString &path, const QByteArray &text)
    {
        const QString full = QDir(m_folder.path()).filePath(path);
        QDir().mkpath(QFileInfo(full).path());
        QFile out(full);
        if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size())
            qFatal("cannot write %s", qPrintable(full));
        return *this;
    }

    /// Lays out a folder of the shared collection in the older layout: rules, catalogue, and Dockerfiles that have
    /// the arguments and an empty stage for each service.
    PackCentre &older(const QString &source)
    {
        file(QStringLiteral("pack/matrix.yaml"), testdata::read(source + QStringLiteral("/matrix.yaml")));
        file(QStringLiteral("gpustack_runner/runner.py.json"), testdata::read(source + QStringLiteral("/runner.json")));
        const auto files = QJsonDocument::fromJson(testdata::read(source + QStringLiteral("/arguments.json"))).object();
        for (auto each = files.begin(); each != files.end(); ++each) {
            QByteArray text;
            for (const auto &pair : each->toArray())
                text +=
                    "ARG " + pair.toArray()[0].toString().toUtf8() + "=" + pair.toArray()[1].toString().toUtf8() + "\n";
            for (const char *service : {"mindie", "vllm", "sglang", "voxbox"})
                text += QByteArray("FROM scratch AS ") + service + "\n";
            file(each.key(), text);
        }
        return *this;
    }

    QString path(const QString &relative = {}) const { return QDir(m_folder.path()).filePath(relative); }

    runner::Result<std::shared_ptr<const runner::workspace::Workspace>>
    tryOpen(const std::string &postOperation = {}) const
    {
        return runner::workspace::open(m_folder.path().toStdString(), postOperation);
    }

    /// Null where it cannot be opened.
    std::shared_ptr<const runner::workspace::Workspace> open(const std::string &postOperation = {}) const
    {
        auto opened = tryOpen(postOperation);
        if (!opened)
            qWarning("%s", runner::diagnostics::describe(opened.error()).c_str());
        return opened ? *opened : nullptr;
    }

private:
    QTemporaryDir m_folder;
};

/// "ID@FILE:LINE ID@FILE:LINE …"
inline std::string idsOf(const runner::Problems &problems)
{
    std::string ids;
    for (const runner::Problem &problem : problems)
        ids += (ids.empty() ? "" : " ") + problem.id + "@"
               + runner::diagnostics::describe({problem.where.file, problem.where.line, 0});
    return ids;
}
