// The real matrices that tests go over: the project's own, and the shared collection where it is present.
#pragma once

#include "matrix/document.h"
#include "testdata.h"

#include <string>
#include <vector>

struct RealMatrix
{
    QString name;
    runner::matrix::Document document;
};

inline std::vector<RealMatrix> realMatrices()
{
    QStringList files{testdata::project(QStringLiteral("matrix.yml"))};
    const QDir history(testdata::shared(QStringLiteral("upstream/history")));
    for (const QString &name : history.entryList({QStringLiteral("*.yaml")}, QDir::Files, QDir::Name))
        files << history.filePath(name);
    const QDir upstream(testdata::shared(QStringLiteral("upstream")));
    for (const QString &name : upstream.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (QFile::exists(upstream.filePath(name + QStringLiteral("/matrix.yaml"))))
            files << upstream.filePath(name + QStringLiteral("/matrix.yaml"));
    }
    std::vector<RealMatrix> matrices;
    for (const QString &file : files) {
        auto document = runner::matrix::Document::parse(testdata::read(file).toStdString(), "matrix.yml");
        if (document)
            matrices.push_back({file, std::move(*document)});
        else
            qWarning("%s: %s", qPrintable(file), runner::diagnostics::describe(document.error()).c_str());
    }
    return matrices;
}
