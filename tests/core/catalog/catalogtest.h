// What the tests of the catalogue share.
#pragma once

#include "catalog/catalog.h"
#include "matrix/document.h"
#include "testdata.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace catalogtest {

inline runner::catalog::Record record(const std::string &backend, const std::string &version,
                                      const std::string &original, const std::string &variant,
                                      const std::string &service, const std::string &serviceVersion,
                                      const std::string &platform, bool deprecated = false)
{
    const std::string image =
        "me/runner:" + backend + version + (variant.empty() ? "" : "-" + variant) + "-" + service + serviceVersion;
    return {backend, version, original, variant, service, serviceVersion, platform, image, deprecated, {}, {}};
}

/// The records of a catalogue; fails the test where any of them is bad.
inline runner::catalog::Records readRecords(const QByteArray &json)
{
    runner::Problems problems;
    auto records = runner::catalog::readJson(json.toStdString(), "runner.json", problems);
    if (!records || !problems.empty())
        QTest::qFail(records ? problems.front().message.c_str() : records.error().message.c_str(), __FILE__, __LINE__);
    return records ? *records : runner::catalog::Records();
}

inline QJsonDocument json(const std::string &text)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(text), &error);
    if (error.error != QJsonParseError::NoError)
        QTest::qFail(qPrintable(error.errorString()), __FILE__, __LINE__);
    return document;
}

inline QJsonDocument sharedJson(const QString &path)
{
    return QJsonDocument::fromJson(testdata::read(testdata::shared(path)));
}

/// The project's own matrix.
inline runner::matrix::Document ownMatrix()
{
    auto document =
        runner::matrix::Document::parse(testdata::read(testdata::project("matrix.yml")).toStdString(), "matrix.yml");
    if (!document)
        QTest::qFail(document.error().message.c_str(), __FILE__, __LINE__);
    return document ? *document : runner::matrix::Document();
}

} // namespace catalogtest
