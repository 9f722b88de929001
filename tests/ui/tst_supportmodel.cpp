#include "centre.h"
#include "support/supportmodel.h"
#include "testdata.h"

#include <QAbstractItemModelTester>

using namespace runner::ui;

class TestSupportModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(centre::lay(m_folder.path()));
        m_loaded = centre::load(m_folder.path());
        QVERIFY(m_loaded);
    }

    void showsTheTable()
    {
        SupportModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setWorkspace(m_loaded);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.columnCount(), 4);
        const QModelIndex cuda = model.index(0, 0);
        QCOMPARE(cuda.data().toString(), QStringLiteral("NVIDIA CUDA"));
        QCOMPARE(cuda.data(NotesRole).value<QList<SectionNote>>().size(), qsizetype(1));
        QCOMPARE(model.rowCount(cuda), 1);
        QCOMPARE(model.index(0, 2, cuda).data().toString(), QStringLiteral("0.17.1, 0.16.0 rc, 0.9.1, 0.8.5"));
        QCOMPARE(model.index(0, 1, model.index(1, 0)).data().toString(), QStringLiteral("A3/910C"));
        const auto chips = model.index(0, 2, cuda).data(ChipsRole).value<QList<Chip>>();
        QVERIFY(chips[2].deprecated && !chips[0].deprecated);
        QVERIFY(chips[3].polished && !chips[0].polished);
        QVERIFY(model.describe(model.entryAt(model.index(0, 2, cuda), 2)).contains(QStringLiteral("deprecated")));
    }

    void finds_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<int>("count");
        QTest::newRow("nothing asked") << QString() << 6;
        QTest::newRow("service") << QStringLiteral("vllm") << 5;
        QTest::newRow("shown name, other case") << QStringLiteral("sglang") << 1;
        QTest::newRow("backend") << QStringLiteral("ascend") << 1;
        QTest::newRow("variant") << QStringLiteral("910c") << 1;
        QTest::newRow("tag") << QStringLiteral("cuda12.9-vllm0.16.0") << 1;
        QTest::newRow("words are anded") << QStringLiteral("0.16.0 nvidia") << 1;
        QTest::newRow("argument") << QStringLiteral("CUDA_VERSION=12.9.1") << 1;
        QTest::newRow("nonsense") << QStringLiteral("zzz") << 0;
        QTest::newRow("candidate") << QStringLiteral("rc") << 1;
    }

    void finds()
    {
        QFETCH(QString, query);
        SupportModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setWorkspace(m_loaded);
        SupportFilter filter;
        for (qsizetype i = 1; i <= query.size(); ++i) { // As it is typed: narrowing has to give the same.
            filter.query = query.left(i);
            model.setFilter(filter);
        }
        QTEST(model.shownEntries(), "count");
        SupportModel atOnce;
        atOnce.setWorkspace(m_loaded);
        atOnce.setFilter(filter);
        QCOMPARE(atOnce.shownEntries(), model.shownEntries());
    }

    void filters()
    {
        SupportModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setWorkspace(m_loaded);
        const auto count = [&model](const SupportFilter &filter) {
            model.setFilter(filter);
            return model.shownEntries();
        };
        SupportFilter filter;
        filter.hideDeprecated = true;
        QCOMPARE(count(filter), 5);
        filter = {};
        filter.onlyPolished = true;
        QCOMPARE(count(filter), 1);
        filter = {};
        filter.showUnlisted = true;
        QCOMPARE(count(filter), 7);
        filter = {};
        filter.hiddenServices << QStringLiteral("vllm");
        QCOMPARE(count(filter), 1);
        filter = {};
        filter.onlyIncomplete = true;
        QVERIFY(count(filter) >= 1);
        QVERIFY(model.cellOf(model.firstEntry()).isValid());
    }

    void everyEntryHasItsCell()
    {
        SupportModel model;
        model.setWorkspace(m_loaded);
        for (int entry = 0; entry < static_cast<int>(m_loaded->index().entries.size()); ++entry) {
            const QModelIndex cell = model.cellOf(entry);
            if (cell.isValid())
                QVERIFY(cell.data(EntriesRole).value<QList<int>>().contains(entry));
        }
    }

    void exportsWhatIsChosen()
    {
        SupportModel model;
        model.setWorkspace(m_loaded);
        QCOMPARE(model.table().size(), std::size_t(2));
        const auto part = model.table({model.index(0, 3, model.index(0, 0))});
        QCOMPARE(part.size(), std::size_t(1));
        QCOMPARE(part[0].services, std::vector<std::string>{"sglang"});
    }

    void ownWorkspace()
    {
        const LoadedPointer own = centre::load(testdata::project());
        QVERIFY(own);
        SupportModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setWorkspace(own);
        QCOMPARE(model.rowCount(), 8);
        int rows = 0;
        for (int i = 0; i < model.rowCount(); ++i)
            rows += model.rowCount(model.index(i, 0));
        QCOMPARE(rows, 24);
        QCOMPARE(model.shownEntries(), 114);
    }

    void hundredThousandRecords()
    {
        const LoadedPointer big = centre::big(5000);
        QCOMPARE(big->workspace->records.size(), std::size_t(100000));
        SupportModel model;
        model.setWorkspace(big);
        QCOMPARE(model.shownEntries(), 50000);
        SupportFilter filter;
        filter.query = QStringLiteral("rocm1.4998-vllm0.3.4998");
        model.setFilter(filter);
        QCOMPARE(model.shownEntries(), 1);
    }

private:
    QTemporaryDir m_folder;
    LoadedPointer m_loaded;
};

QTEST_MAIN(TestSupportModel)
#include "tst_supportmodel.moc"
