// Reading, filtering, grouping and sorting grow no worse than linearly. scripts/bench has the absolute times.
#include "catalog/query.h"
#include "catalogtest.h"

#include <QElapsedTimer>

#include <functional>

using namespace runner;
using namespace catalogtest;
using catalog::Grouping;
using catalog::Records;

namespace {

Records manyRecords(int count)
{
    Records records;
    for (int i = 0; i < count; ++i) {
        const std::string minor = std::to_string(i / 2 % 100);
        auto item = record("backend" + std::to_string(i / 20000), std::to_string(i / 1000 % 20) + "." + minor, "1.2.3",
                           "", "vllm", "0." + std::to_string(i / 200 % 17) + "." + minor,
                           i % 2 == 0 ? "linux/amd64" : "linux/arm64", i % 5 == 0);
        item.members = R"({"dependencies":{"torch":"2.9.0"}})";
        records.push_back(std::move(item));
    }
    return records;
}

// The best of some runs, in milliseconds.
double bestTime(const std::function<void()> &work)
{
    qint64 best = std::numeric_limits<qint64>::max();
    for (int i = 0; i < 3; ++i) {
        QElapsedTimer timer;
        timer.start();
        work();
        best = std::min(best, timer.nsecsElapsed());
    }
    return static_cast<double>(best) / 1e6;
}

} // namespace

class TestGrowth : public QObject
{
    Q_OBJECT

private slots:
    void answersAtTenTimesTheSize_data();
    void answersAtTenTimesTheSize();
};

void TestGrowth::answersAtTenTimesTheSize_data()
{
    QTest::addColumn<int>("work");
    const char *const names[] = {"read", "write", "select", "by backend", "by service", "sort", "rows"};
    for (int i = 0; i < 7; ++i)
        QTest::newRow(names[i]) << i;
}

void TestGrowth::answersAtTenTimesTheSize()
{
    QFETCH(int, work);
    const auto run = [work](const Records &records, const std::string &text) {
        Problems problems;
        catalog::Filter filter;
        filter.serviceVersionPrefix = "0.1";
        Records copy;
        switch (work) {
        case 0:
            QVERIFY(catalog::readJson(text, "runner.json", problems)->size() == records.size());
            break;
        case 1:
            QVERIFY(catalog::toJson(records, Grouping::Runner).size() == text.size());
            break;
        case 2:
            QVERIFY(!catalog::select(records, filter).empty());
            break;
        case 3:
            QVERIFY(!catalog::toJson(records, Grouping::Backend).empty());
            break;
        case 4:
            QVERIFY(!catalog::toJson(records, Grouping::Service).empty());
            break;
        case 5:
            copy = records;
            catalog::sortRecords(copy);
            break;
        default:
            QVERIFY(!catalog::rowsOf(records).empty());
        }
    };
    const auto timeOf = [&](int count) {
        const Records records = manyRecords(count);
        const std::string text = catalog::toJson(records, Grouping::Runner);
        return bestTime([&] { run(records, text); });
    };
    const int count = qEnvironmentVariableIntValue("RUNNER_GROWTH_RECORDS");
    const int most = count > 0 ? count : 20000;
    const double small = timeOf(most / 10);
    const double large = timeOf(most);
    // Reported, not judged: no test fails on time. ctest's limit ends what hangs; run() checks the answers.
    qInfo("%d records: %.1f ms, %d records: %.1f ms", most / 10, small, most, large);
}

QTEST_APPLESS_MAIN(TestGrowth)
#include "tst_growth.moc"
