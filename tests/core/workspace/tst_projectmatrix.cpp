// The project's own pack centre says what the seed's files say.
#include "packcentre.h"

#include "catalog/catalog.h"
#include "catalog/query.h"
#include "catalog/supporttable.h"

#include <QtTest>

using namespace runner;

namespace {

std::vector<std::string> textsOf(const std::vector<matrix::Value> &values)
{
    std::vector<std::string> texts;
    for (const matrix::Value &value : values)
        texts.push_back(value.text);
    return texts;
}

std::vector<std::string> textsOf(const std::optional<std::vector<matrix::Argument>> &arguments)
{
    std::vector<std::string> texts;
    for (const matrix::Argument &argument : arguments.value_or(std::vector<matrix::Argument>()))
        texts.push_back(argument.text);
    return texts;
}

QJsonDocument parse(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        qWarning("%s", qPrintable(error.errorString()));
    return document;
}

} // namespace

class ProjectMatrixTest : public QObject
{
    Q_OBJECT

    std::shared_ptr<const workspace::Workspace> m_project;

private slots:
    void initTestCase()
    {
        auto opened = workspace::open(testdata::project().toStdString());
        QVERIFY2(opened.has_value(), opened ? "" : opened.error().message.c_str());
        m_project = *opened;
        QCOMPARE(idsOf(m_project->problems), std::string());
        QCOMPARE(m_project->dockerfiles.size(), std::size_t{8});
    }

    void hasTheReleasedRecords()
    {
        RUNNER_NEEDS_SHARED();
        const QByteArray expected = testdata::read(testdata::shared(QStringLiteral("upstream/seed/runner.json")));
        const std::string json = catalog::toJson(m_project->records, catalog::Grouping::Runner);
        QCOMPARE(m_project->records.size(), std::size_t{222});
        const QJsonArray ours = parse(QByteArray::fromStdString(json)).array();
        const QJsonArray theirs = parse(expected).array();
        for (int i = 0; i < theirs.size(); ++i)
            QCOMPARE(ours.at(i), theirs.at(i));
        QCOMPARE(QByteArray::fromStdString(json).trimmed(), expected.trimmed());
    }

    void hasTheSupportTable()
    {
        RUNNER_NEEDS_SHARED();
        const auto table = catalog::supportTable(m_project->matrix, {});
        const std::string json = catalog::render(m_project->matrix, table, catalog::TableFormat::Json);
        const QJsonDocument expected =
            parse(testdata::read(testdata::shared(QStringLiteral("facts/support-table.json"))));
        QVERIFY(!expected.isNull());
        QCOMPARE(parse(QByteArray::fromStdString(json)).toJson(), expected.toJson());
    }

    void hasTheRules()
    {
        RUNNER_NEEDS_SHARED();
        const QByteArray text = testdata::read(testdata::shared(QStringLiteral("upstream/seed/matrix.yaml")));
        const auto seed = matrix::Document::parse(text.toStdString(), "matrix.yaml");
        QVERIFY(seed.has_value());
        const auto &ours = m_project->matrix.rules;
        const auto &theirs = seed->matrix().rules;
        QCOMPARE(ours.size(), theirs.size());
        for (std::size_t i = 0; i < ours.size(); ++i) {
            QCOMPARE(ours[i].backend.text, theirs[i].backend.text);
            QCOMPARE(textsOf(ours[i].services), textsOf(theirs[i].services));
            QCOMPARE(textsOf(ours[i].platforms), textsOf(theirs[i].platforms));
            QCOMPARE(ours[i].arguments.has_value(), theirs[i].arguments.has_value());
            QCOMPARE(textsOf(ours[i].arguments), textsOf(theirs[i].arguments));
        }
    }
};

QTEST_GUILESS_MAIN(ProjectMatrixTest)
#include "tst_projectmatrix.moc"
