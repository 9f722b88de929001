// The place "Builds": how the steps of a build are arranged.
#include "buildstest.h"

#include "build/history.h"
#include "build/readsteps.h"
#include "build/steporder.h"
#include "builds/buildwords.h"
#include "builds/comparemodel.h"
#include "builds/steporder.h"
#include "builds/steptreemodel.h"

#include <QAbstractItemModelTester>
#include <QTreeView>

class TestBuildSteps : public BuildsTest
{
    Q_OBJECT

private slots:
    void init() { setUp(); }
    void cleanup() { m_place.reset(); }

    void stagesAndStepsInTheOrderOfTheDockerfile_data()
    {
        QTest::addColumn<QString>("stream");
        QTest::addColumn<QStringList>("groups");
        const QStringList stages{QStringLiteral("Preparation: 5"), QStringLiteral("base: 1 2"),
                                 QStringLiteral("mid: 1 2"), QStringLiteral("final: 1 2")};
        QTest::newRow("three stages") << "success.jsonl" << stages + QStringList{QStringLiteral("Result: 2")};
        QTest::newRow("all cached") << "cached.jsonl" << stages + QStringList{QStringLiteral("Result: 2")};
        QTest::newRow("one stage") << "warnings.jsonl"
                                   << QStringList{QStringLiteral("Preparation: 3"), QStringLiteral("Build: 1 2")};
        QTest::newRow("two platforms") << "multi.jsonl" << QStringList{QStringLiteral("Preparation: 6"),
                                                                       QStringLiteral("linux/amd64 base: 1 2"),
                                                                       QStringLiteral("linux/amd64 mid: 1 2"),
                                                                       QStringLiteral("linux/amd64 final: 1 2"),
                                                                       QStringLiteral("linux/arm64 base: 1 2"),
                                                                       QStringLiteral("linux/arm64 mid: 1 2"),
                                                                       QStringLiteral("linux/arm64 final: 1 2"),
                                                                       QStringLiteral("Result: 1")};
    }
    void stagesAndStepsInTheOrderOfTheDockerfile()
    {
        QFETCH(QString, stream);
        QFETCH(QStringList, groups);
        StepTreeModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const std::vector<build::Step> steps = stepsOf(stream);
        build::Steps growing;
        for (std::size_t i = 1; i < steps.size(); ++i) { // As they come: one by one.
            build::VertexEvent event;
            event.digest = steps[i].digest;
            event.name = steps[i].name;
            event.inputs.assign(steps[i].inputs.begin(), steps[i].inputs.end());
            growing.apply(event);
            model.setSteps(growing, 0, false);
        }
        QCOMPARE(shown(model), groups);
        for (std::size_t i = 1; i < steps.size(); ++i)
            QCOMPARE(model.indexOf(i).data(StepTreeModel::StepRole).toInt(), static_cast<int>(i));
    }

    void comparedStepsStandInThatOrder()
    {
        for (const char *stream : {"success.jsonl", "cached.jsonl"}) {
            build::KnownBuild build;
            build.steps = build::stepRecords(stepsOf(QLatin1String(stream)));
            CompareModel model;
            model.setBuilds(build, build);
            QStringList stages;
            const QModelIndex steps = model.index(model.rowCount() - 1, 0);
            for (int row = 0; row < model.rowCount(steps); ++row) {
                const QString name = model.index(row, 0, steps).data().toString();
                if (name.startsWith(u'['))
                    stages << name.mid(1, name.indexOf(u']') - 1);
            }
            QCOMPARE(stages, QStringList({QStringLiteral("base 1/2"), QStringLiteral("base 2/2"),
                                          QStringLiteral("mid 1/2"), QStringLiteral("mid 2/2"),
                                          QStringLiteral("final 1/2"), QStringLiteral("final 2/2")}));
        }
    }

    void aLongErrorKeepsItsEnd()
    {
        const QString script(5000, u'x');
        const QString text = QStringLiteral("failed to solve: process \"") + script
                             + QStringLiteral("\" did not complete successfully: exit code: 3");
        const QString shown = shortened(text, 600);
        QVERIFY(shown.size() <= 600);
        QVERIFY(shown.startsWith(QStringLiteral("failed to solve: process")));
        QVERIFY(shown.contains(QStringLiteral(" … ")));
        QVERIFY(shown.endsWith(QStringLiteral("did not complete successfully: exit code: 3")));
        QCOMPARE(shortened(QStringLiteral("short"), 600), QStringLiteral("short"));
        const QString pairs = QStringLiteral("😀").repeated(400);
        for (const qsizetype most : {100, 101, 102}) { // No half a character at the gap.
            const QString cut = shortened(pairs, most);
            QVERIFY(!cut.left(cut.indexOf(u' ')).back().isHighSurrogate());
            QVERIFY(!cut[cut.lastIndexOf(u' ') + 1].isLowSurrogate());
        }
    }

    void theSummaryHasTheExitCode()
    {
        open();
        auto other = build::History::open(state());
        QVERIFY(other);
        build::Request request;
        request.platformTag = "cuda12.9-vllm0.17.1-linux-amd64";
        const auto begun = (*other)->begin(request, {});
        QVERIFY(begun);
        build::RunEnd end;
        end.outcome = build::Outcome::Failed;
        end.problems.push_back(
            {"build-failed",
             Severity::Error,
             {},
             "process \"" + std::string(3000, 'x') + "\" did not complete successfully: exit code: 3",
             {}});
        QVERIFY((*other)->end(begun->id, end, nullptr));
        QTRY_COMPARE(outcome(), static_cast<int>(build::Outcome::Failed));
        choose(0);
        QTRY_VERIFY(summary().contains(QStringLiteral("exit code: 3.")));
    }

    /// In a narrow window a name is still one, and what stands beside it gives way.
    void namesOfStepsKeepTheirRoom()
    {
        open();
        auto *tree = child<QTreeView>("buildSteps");
        QWidget *page = m_place->page();
        page->setParent(nullptr);
        page->show();
        for (const int width : {540, 600, 800, 1300}) { // The first is that of a window of 900.
            page->resize(width, 500);
            const int name = tree->columnWidth(StepTreeModel::NameColumn);
            QVERIFY2(name >= 15 * gridUnit, qPrintable(QStringLiteral("%1 of %2").arg(name).arg(tree->width())));
        }
        QVERIFY(!tree->isColumnHidden(StepTreeModel::TimeColumn));
        page->setParent(m_place.get());
    }

private:
    std::string state() const { return m_folder->filePath(QStringLiteral("state")).toStdString(); }
    static std::vector<build::Step> stepsOf(const QString &stream)
    {
        QTemporaryDir folder;
        QFile::copy(testdata::project(QStringLiteral("tests/data/rawjson/") + stream),
                    folder.filePath(QLatin1String(build::streamFile)));
        const auto steps = build::readSteps(folder.path().toStdString(), {}, 1);
        if (!steps)
            qFatal("%s", steps.error().message.c_str());
        return steps->steps();
    }
    /// "base: 1 2": a stage and the numbers of its steps, or how many they are where they have none.
    static QStringList shown(const StepTreeModel &model)
    {
        QStringList groups;
        for (int row = 0; row < model.rowCount(); ++row) {
            const QModelIndex group = model.index(row, 0);
            QStringList numbers;
            for (int child = 0; child < model.rowCount(group); ++child) {
                const int step = model.index(child, 0, group).data(StepTreeModel::StepRole).toInt();
                const int number = build::placeOfStep(model.steps()[static_cast<std::size_t>(step)].name).number;
                if (number > 0)
                    numbers << QString::number(number);
            }
            groups << group.data().toString() + QStringLiteral(": ")
                          + (numbers.isEmpty() ? QString::number(model.rowCount(group)) : numbers.join(u' '));
        }
        return groups;
    }
};

QTEST_MAIN(TestBuildSteps)
#include "tst_buildsteps.moc"
