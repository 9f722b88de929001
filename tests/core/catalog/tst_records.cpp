// Records of a matrix, their canonical order, and rows of a table from records.
#include "catalog/query.h"
#include "catalogtest.h"

#include <algorithm>
#include <random>

using namespace runner;
using namespace catalogtest;
using catalog::Records;

class TestRecords : public QObject
{
    Q_OBJECT

private slots:
    void ownMatrixGivesTheSeedsCatalogue();
    void canonicalOrderIsTheOlderOne_data();
    void canonicalOrderIsTheOlderOne();
    void orderOfServiceVersions();
    void sortIsStable();
    void recordsOfAnEntry();
    void recordsWithoutNamespace();
    void rowsAndBack_data();
    void rowsAndBack();
    void rowsMergeWhatDiffers();
};

void TestRecords::ownMatrixGivesTheSeedsCatalogue()
{
    RUNNER_NEEDS_SHARED();
    const auto document = ownMatrix();
    const auto expected = sharedJson("upstream/seed/runner.json");
    QCOMPARE(expected.array().size(), 222);
    const auto actual = json(catalog::toJson(catalog::recordsOf(document.matrix()), catalog::Grouping::Runner));
    for (qsizetype i = 0; i < std::min(actual.array().size(), expected.array().size()); ++i)
        QCOMPARE(actual.array().at(i), expected.array().at(i));
    QCOMPARE(actual, expected);
}

void TestRecords::canonicalOrderIsTheOlderOne_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("seed") << QStringLiteral("upstream/seed/runner.json");
    QTest::newRow("old") << QStringLiteral("upstream/old/runner.json");
}

void TestRecords::canonicalOrderIsTheOlderOne()
{
    RUNNER_NEEDS_SHARED();
    QFETCH(QString, file);
    const Records records = readRecords(testdata::read(testdata::shared(file)));
    QVERIFY(!records.empty());
    std::mt19937 random(1);
    for (int i = 0; i < 20; ++i) {
        Records shuffled = records;
        std::shuffle(shuffled.begin(), shuffled.end(), random);
        catalog::sortRecords(shuffled);
        QVERIFY(shuffled == records);
    }
}

void TestRecords::orderOfServiceVersions()
{
    // Text parts do not count: rc1 and rc2 stand by platform, and 0.5.10rc0 (only 0.5 is numeric) before all of 0.5.
    Records records;
    for (const char *version : {"0.9", "0.10.1.1", "0.10.1", "0.10.2", "0.5.9", "0.5.10rc0", "x", "007"})
        records.push_back(record("cuda", "12.9", "12.9.1", "", "vllm", version, "linux/amd64"));
    catalog::sortRecords(records);
    QStringList order;
    for (const auto &item : records)
        order << QString::fromStdString(item.serviceVersion);
    QCOMPARE(order.join(' '), QString("x 007 0.10.2 0.10.1 0.10.1.1 0.9 0.5.10rc0 0.5.9"));
}

void TestRecords::sortIsStable()
{
    Records records(2, record("cuda", "12.9", "12.9.1", "", "vllm", "1", "linux/amd64"));
    records[1].originalBackendVersion = "12.9.0";
    const Records before = records;
    catalog::sortRecords(records);
    QVERIFY(records == before);
}

void TestRecords::recordsOfAnEntry()
{
    matrix::Matrix matrix;
    matrix::RunnerEntry entry;
    entry.version = "0.5.8.Post1";
    entry.platforms = {"linux/arm64", "linux/amd64"};
    entry.deprecatedPlatforms = {"linux/arm64"};
    entry.members = R"({"dependencies":{"torch":"2.9"}})";
    matrix::RunnerEntry unreleased = entry;
    unreleased.released = false;
    matrix.runners.edit().push_back(
        {"cann", "8.5", "8.5", "8.5.1", "910B", false, {{"sglang", {entry, unreleased}}}, {}});
    const Records records = catalog::recordsOf(matrix);
    QCOMPARE(records.size(), 2U);
    QCOMPARE(records[0].platform, std::string("linux/amd64"));
    QVERIFY(!records[0].deprecated);
    QVERIFY(records[1].deprecated);
    QCOMPARE(records[0].originalBackendVersion, std::string("8.5.1"));
    QCOMPARE(records[0].dockerImage, std::string("gpustack/runner:cann8.5-910b-sglang0.5.8.post1"));
    QCOMPARE(records[0].members, entry.members);
    QVERIFY(records[0].members == entry.members);
}

void TestRecords::recordsWithoutNamespace()
{
    matrix::Matrix matrix;
    matrix.image = {"", "images", ""};
    matrix::RunnerEntry entry;
    entry.version = "1";
    entry.platforms = {"linux/amd64"};
    matrix.runners.edit().push_back({"cuda", "1.0", "1.0", "1.0.0", "", true, {{"vllm", {entry}}}, {}});
    QCOMPARE(catalog::recordsOf(matrix).at(0).dockerImage, std::string("images:cuda1.0-vllm1"));
}

void TestRecords::rowsAndBack_data()
{
    canonicalOrderIsTheOlderOne_data();
}

void TestRecords::rowsAndBack()
{
    RUNNER_NEEDS_SHARED();
    QFETCH(QString, file);
    const Records records = readRecords(testdata::read(testdata::shared(file)));
    matrix::Matrix matrix;
    matrix.runners = catalog::rowsOf(records);
    QVERIFY(catalog::recordsOf(matrix) == records);
    QCOMPARE(matrix.runners.front().backend, std::string("cann"));
    for (const auto &row : matrix.runners) {
        QVERIFY(row.listed);
        QCOMPARE(row.shownVersion, row.version);
    }
}

void TestRecords::rowsMergeWhatDiffers()
{
    Records records{record("cann", "8.2", "8.2.rc1", "", "vllm", "0.9", "linux/amd64", true),
                    record("cann", "8.2", "8.2.rc2", "", "vllm", "0.9", "linux/arm64"),
                    record("cann", "8.10", "8.10.1", "a", "vllm", "0.9", "linux/arm64"),
                    record("cann", "8.10", "8.10.1", "b", "vllm", "0.10", "linux/arm64"),
                    record("cann", "8.10", "8.10.1", "b", "vllm", "0.9", "linux/arm64")};
    const auto rows = catalog::rowsOf(records);
    QCOMPARE(rows.size(), 3U);
    QCOMPARE(rows[0].version + rows[0].variant, std::string("8.10b"));
    QCOMPARE(rows[0].cells[0].entries[0].version, std::string("0.10"));
    QCOMPARE(rows[1].variant, std::string("a"));
    QCOMPARE(rows[2].originalVersion, std::string("8.2.rc2"));
    const auto &entry = rows[2].cells[0].entries[0];
    QVERIFY(entry.platforms == (std::vector<std::string>{"linux/amd64", "linux/arm64"}));
    QVERIFY(entry.deprecatedPlatforms == (std::vector<std::string>{"linux/amd64"}));
    QVERIFY(!entry.deprecated());
    QVERIFY(catalog::rowsOf({}).empty());
}

QTEST_APPLESS_MAIN(TestRecords)
#include "tst_records.moc"
