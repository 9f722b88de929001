// The place "Builds": two builds side by side.
#include "buildstest.h"

#include "builds/comparemodel.h"
#include "builds/comparepage.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QTreeView>

class TestBuildCompare : public BuildsTest
{
    Q_OBJECT

private slots:
    void init() { setUp(); }
    void cleanup() { m_place.reset(); }

    void twoChosenOnesAreCompared()
    {
        buildTwice();
        new QAbstractItemModelTester(comparison(), QAbstractItemModelTester::FailureReportingMode::QtTest,
                                     comparison());
        chooseBoth();
        QTRY_VERIFY(m_place->comparison()->isVisible());
        QTRY_VERIFY(comparison()->rowCount() > 0);
        QCOMPARE(m_place->comparison()->builds(), std::pair(std::int64_t(1), std::int64_t(2)));
        QCOMPARE(row("Result"), QStringList({QStringLiteral("Result"), QStringLiteral("failed"),
                                             QStringLiteral("succeeded"), QStringLiteral("≠")}));
        QCOMPARE(row("Digest")[2], QStringLiteral("sha256:abc"));
        QCOMPARE(row("Size")[2], QStringLiteral("1.5 kB (1500 bytes)"));
        QCOMPARE(row("CUDA_VERSION"), QStringList({QStringLiteral("CUDA_VERSION"), QStringLiteral("12.9.1"),
                                                   QStringLiteral("12.9.1"), QString()}));
        QCOMPARE(row("--no-cache"), QStringList({QStringLiteral("--no-cache"), QStringLiteral("–"),
                                                 QStringLiteral("yes"), QStringLiteral("≠")}));
        QVERIFY(row("[broken 1/1] RUN <<EOF (echo \"about to fail\"...)")[1].contains(QStringLiteral("failed")));
        QVERIFY(row("Took")[3].isEmpty() || !row("Took")[3].contains(QStringLiteral("≠")));
    }

    void onlyDifferencesAndCopying()
    {
        buildTwice();
        chooseBoth();
        QTRY_VERIFY(!row("Image").isEmpty());
        const int differences = comparison()->differences();
        QVERIFY(differences > 0);
        QTest::mouseClick(child<QCheckBox>("compareOnly"), Qt::LeftButton, {},
                          {8, child<QCheckBox>("compareOnly")->height() / 2});
        QVERIFY(row("Image").isEmpty());
        QVERIFY(!row("Result").isEmpty());
        int rows = 0;
        for (int group = 0; group < comparison()->rowCount(); ++group)
            rows += comparison()->rowCount(comparison()->index(group, 0));
        QCOMPARE(rows, differences);
        m_place->copy();
        QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("Result\tfailed\tsucceeded")));
    }

    void oneChosenAgainIsShown()
    {
        buildTwice();
        chooseBoth();
        QTRY_VERIFY(m_place->comparison()->isVisible());
        QTest::keyClick(child<QListView>("buildList"), Qt::Key_Up);
        QTRY_VERIFY(m_place->page()->isVisible());
        QCOMPARE(m_place->comparison()->builds().first, std::int64_t(0));
    }

    void followsTheEndOfARunningOne()
    {
        buildTwice();
        set("FAKE_DOCKER_HANG", "polite");
        reopen();
        build();
        QTRY_COMPARE(outcome(), -1);
        chooseBoth();
        QTRY_VERIFY(!row("Result").isEmpty());
        QCOMPARE(row("Result")[2], QStringLiteral("running"));
        m_place->centre()->cancelAll();
        QTRY_COMPARE_WITH_TIMEOUT(row("Result").value(2), QStringLiteral("cancelled"), 20000);
        QVERIFY(m_place->comparison()->isVisible());
    }

    void manyAreNotCompared()
    {
        buildTwice();
        build();
        const auto *model = m_place->model();
        QTRY_VERIFY(model->rowCount() == 3 && model->record(model->index(0))
                    && model->record(model->index(0))->outcome);
        child<QListView>("buildList")->selectAll();
        QCOMPARE(title(), QStringLiteral("3 builds are chosen"));
    }

private:
    /// A failure, then a success that was told not to use the cache.
    void buildTwice()
    {
        set("FAKE_DOCKER_MANIFEST", R"({"config": {"size": 500}, "layers": [{"size": 1000}]})");
        play("fail.jsonl");
        set("FAKE_DOCKER_EXIT", "1");
        open();
        build();
        QTRY_COMPARE(outcome(), static_cast<int>(build::Outcome::Failed));
        set("FAKE_DOCKER_EXIT", "0");
        set("FAKE_DOCKER_METADATA", R"({"containerimage.digest":"sha256:abc"})");
        play("success.jsonl");
        reopen();
        m_place->newBuild();
        child<QComboBox>("planOutput")->setCurrentIndex(1);
        child<QCheckBox>("planNoCache")->setChecked(true);
        build();
        QTRY_COMPARE(m_place->model()->rowCount(), 2);
        QTRY_COMPARE(outcome(), static_cast<int>(build::Outcome::Succeeded));
    }
    /// The newest and the one before it, by keys.
    void chooseBoth()
    {
        auto *list = child<QListView>("buildList");
        list->setFocus();
        choose(0);
        QTest::keyClick(list, Qt::Key_Down, Qt::ShiftModifier);
    }
    CompareModel *comparison() const { return m_place->comparison()->model(); }
    /// Its columns; none where there is no such row.
    QStringList row(const char *name) const
    {
        const CompareModel *model = comparison();
        for (int group = 0; group < model->rowCount(); ++group) {
            const QModelIndex parent = model->index(group, 0);
            for (int row = 0; row < model->rowCount(parent); ++row) {
                if (model->index(row, 0, parent).data().toString() != QString::fromUtf8(name))
                    continue;
                QStringList columns;
                for (int column = 0; column < CompareModel::ColumnCount; ++column)
                    columns << model->index(row, column, parent).data().toString();
                return columns;
            }
        }
        return {};
    }
};

QTEST_MAIN(TestBuildCompare)
#include "tst_buildcompare.moc"
