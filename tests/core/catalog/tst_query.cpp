// Questions to the catalogue: filters and grouped views, against what the older query functions answered.
#include "catalog/query.h"
#include "catalogtest.h"

#include <set>

using namespace runner;
using namespace catalogtest;
using catalog::Filter;
using catalog::Grouping;
using catalog::Records;

namespace {

Records seed()
{
    return readRecords(testdata::read(testdata::shared("upstream/seed/runner.json")));
}

Filter filterOf(const QJsonObject &filters)
{
    Filter filter;
    const auto set = [&](const char *key, std::optional<std::string> &member) {
        if (filters.contains(QLatin1String(key)))
            member = filters.value(QLatin1String(key)).toString().toStdString();
    };
    set("backend", filter.backend);
    set("backend_version", filter.backendVersion);
    set("backend_version_prefix", filter.backendVersionPrefix);
    set("backend_variant", filter.backendVariant);
    set("service", filter.service);
    set("service_version", filter.serviceVersion);
    set("service_version_prefix", filter.serviceVersionPrefix);
    set("platform", filter.platform);
    filter.withDeprecated = filters.value("with_deprecated").toBool(true);
    return filter;
}

// Where the two differ, as "PATH: ACTUAL instead of EXPECTED".
void compare(const QJsonValue &actual, const QJsonValue &expected, const QString &path, QStringList &differences)
{
    if (actual.isArray() && expected.isArray() && actual.toArray().size() == expected.toArray().size()) {
        for (qsizetype i = 0; i < actual.toArray().size(); ++i) {
            const QJsonObject item = actual.toArray().at(i).toObject();
            QString name = QString::number(i);
            for (const char *key : {"backend", "service", "version", "variant", "platform"})
                name = item.contains(QLatin1String(key)) ? item.value(QLatin1String(key)).toString() : name;
            compare(item, expected.toArray().at(i), path + '/' + name, differences);
        }
    } else if (actual.isObject() && expected.isObject() && actual.toObject().keys() == expected.toObject().keys()) {
        for (const QString &key : actual.toObject().keys())
            compare(actual.toObject().value(key), expected.toObject().value(key), path + '/' + key, differences);
    } else if (actual != expected) {
        differences << path + ": " + actual.toVariant().toString() + " instead of " + expected.toVariant().toString();
    }
}

std::string withoutBlanks(std::string text)
{
    text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return c == ' ' || c == '\n'; }), text.end());
    return text;
}

} // namespace

class TestQuery : public QObject
{
    Q_OBJECT

private slots:
    void olderAnswers_data();
    void olderAnswers();
    void prefixes_data();
    void prefixes();
    void emptyAndAbsentFilters();
    void allRecordsAsWritten();
    void groupedViews_data();
    void groupedViews();
    void groupsWhoseRecordsDiffer();
    void orderOfGroups();
    void emptyAnswers();
};

void TestQuery::olderAnswers_data()
{
    QTest::addColumn<QJsonObject>("answer");
    const auto cases = sharedJson("upstream/seed/expected/list_runners.cases.json").array();
    for (const auto &value : cases)
        QTest::newRow(QJsonDocument(value.toObject().value("filters").toObject()).toJson(QJsonDocument::Compact))
            << value.toObject();
    if (cases.isEmpty())
        QTest::newRow("no data") << QJsonObject();
}

void TestQuery::olderAnswers()
{
    RUNNER_NEEDS_SHARED();
    QFETCH(QJsonObject, answer);
    const Records selected = catalog::select(seed(), filterOf(answer.value("filters").toObject()));
    std::set<std::string> images;
    for (const auto &item : selected)
        images.insert(item.dockerImage);
    QJsonArray names;
    for (const std::string &image : images)
        names.append(QString::fromStdString(image));
    QCOMPARE(static_cast<int>(selected.size()), answer.value("count").toInt());
    QCOMPARE(names, answer.value("images").toArray());
}

void TestQuery::prefixes_data()
{
    QTest::addColumn<QString>("actual");
    QTest::addColumn<QString>("prefix");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char *actual, const char *prefix, bool matches) {
        QTest::addRow("%s in %s", prefix, actual) << actual << prefix << matches;
    };
    row("12.9", "12", true);
    row("12.9", "12.9", true);
    row("12.9", "12.9.2", true);
    row("12.9", "12.95.1", true);
    row("12.9", "12.90", false);
    row("12.9", "13.9.1", false);
    row("0.10.0", "0.1", true);
    row("0.17.1", "0.1", true);
    row("13.0", "1", true);
    row("12", "1", true);
    row("1", "12", true);
    row("1", "2", false);
    row("", "12", true);
    row("", "", true);
    row("12.9", "", true);
    row("12", "12.9", true);
    row("12.9", "2", false);
}

void TestQuery::prefixes()
{
    QFETCH(QString, actual);
    QFETCH(QString, prefix);
    QFETCH(bool, matches);
    const auto item = record("cuda", actual.toStdString(), "", "", "vllm", actual.toStdString(), "linux/amd64");
    Filter filter;
    filter.backendVersionPrefix = prefix.toStdString();
    QCOMPARE(filter.matches(item), matches);
    filter = {};
    filter.serviceVersionPrefix = prefix.toStdString();
    QCOMPARE(filter.matches(item), matches);
}

void TestQuery::emptyAndAbsentFilters()
{
    const auto plain = record("cuda", "12.9", "12.9.1", "", "vllm", "1", "linux/amd64", true);
    const auto special = record("cann", "8.5", "8.5.1", "a3", "vllm", "1", "linux/arm64");
    Filter filter;
    QCOMPARE(catalog::select({plain, special}, filter).size(), 2U);
    filter.backendVariant = "";
    QVERIFY(filter.matches(plain) && !filter.matches(special));
    filter.withDeprecated = false;
    QVERIFY(!filter.matches(plain));
    filter = {};
    filter.platform = "linux/arm64";
    filter.backendVersion = "8.5";
    filter.serviceVersion = "1";
    QVERIFY(filter.matches(special) && !filter.matches(plain));
}

void TestQuery::allRecordsAsWritten()
{
    RUNNER_NEEDS_SHARED();
    const QByteArray expected = testdata::read(testdata::shared("upstream/seed/expected/list_runners.all.json"));
    const std::string text = catalog::toJson(seed(), Grouping::Runner);
    QCOMPARE(withoutBlanks(text), withoutBlanks(expected.toStdString()));
    QCOMPARE(QByteArray::fromStdString(text).trimmed(),
             testdata::read(testdata::shared("upstream/seed/runner.json")).trimmed());
}

// The older views take `original_version` and `deprecated` from the first record of a group. These are all the groups
// of the seed in which that hides a newer version.
void TestQuery::groupedViews_data()
{
    QTest::addColumn<bool>("byBackend");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QStringList>("differences");
    QTest::newRow("backend") << true << "upstream/seed/expected/backend_runners.all.json"
                             << QStringList{"/cann/versions/8.5/original_version: 8.5.1 instead of 8.5.0"};
    QTest::newRow("service") << false << "upstream/seed/expected/service_runners.all.json" << QStringList();
}

void TestQuery::groupedViews()
{
    RUNNER_NEEDS_SHARED();
    QFETCH(bool, byBackend);
    QFETCH(QString, file);
    QFETCH(QStringList, differences);
    const std::string text = catalog::toJson(seed(), byBackend ? Grouping::Backend : Grouping::Service);
    QStringList found;
    compare(json(text).array(), sharedJson(file).array(), {}, found);
    QCOMPARE(found, differences);
    // The order of the members as well.
    std::string expected = withoutBlanks(testdata::read(testdata::shared(file)).toStdString());
    if (byBackend)
        expected.replace(expected.find(R"("original_version":"8.5.0")"), 26, R"("original_version":"8.5.1")");
    QVERIFY(withoutBlanks(text) == expected);
}

void TestQuery::groupsWhoseRecordsDiffer()
{
    const Records records{record("cann", "8.2", "8.2.rc2", "", "vllm", "0.9", "linux/arm64", true),
                          record("cann", "8.2", "8.2.rc10", "", "vllm", "0.9", "linux/amd64"),
                          record("cann", "8.2", "8.2.rc1", "", "vllm", "0.8", "linux/amd64", true)};
    const auto version = json(catalog::toJson(records, Grouping::Backend)).array().at(0)["versions"][0];
    QCOMPARE(version["original_version"].toString(), QString("8.2.rc10"));
    const auto services = version["variants"][0]["services"][0]["versions"];
    QCOMPARE(services[0]["deprecated"].toBool(true), false);
    QCOMPARE(services[0]["platforms"][0]["platform"].toString(), QString("linux/amd64"));
    QCOMPARE(services[1]["deprecated"].toBool(false), true);
    const auto service = json(catalog::toJson(records, Grouping::Service)).array().at(0)["versions"];
    QCOMPARE(service[0]["backends"][0]["versions"][0]["original_version"].toString(), QString("8.2.rc10"));
    QCOMPARE(service[0]["backends"][0]["versions"][0]["variants"][0]["deprecated"].toBool(true), false);
    QCOMPARE(service[1]["backends"][0]["versions"][0]["original_version"].toString(), QString("8.2.rc1"));
}

void TestQuery::orderOfGroups()
{
    Records records;
    for (const char *version : {"0.5.9", "latest", "0.5.10rc0", "2.1", "0.5.14", "2.1.0"})
        records.push_back(record("cuda", "12.9", "12.9.1", "", "vllm", version, "linux/amd64"));
    const auto versions = json(catalog::toJson(records, Grouping::Service)).array().at(0)["versions"].toArray();
    QStringList order;
    for (const QJsonValue version : versions)
        order << version["version"].toString();
    QCOMPARE(order.join(' '), QString("2.1 2.1.0 0.5.14 0.5.10rc0 0.5.9 latest"));
}

void TestQuery::emptyAnswers()
{
    for (const auto grouping : {Grouping::Runner, Grouping::Backend, Grouping::Service})
        QCOMPARE(catalog::toJson({}, grouping), std::string("[]\n"));
}

QTEST_APPLESS_MAIN(TestQuery)
#include "tst_query.moc"
