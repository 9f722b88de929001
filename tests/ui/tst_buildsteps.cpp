// The place "Builds": how the steps of a build are arranged.
#include "buildstest.h"

#include "build/readsteps.h"
#include "builds/comparemodel.h"
#include "builds/steporder.h"
#include "builds/steptreemodel.h"

#include <QAbstractItemModelTester>

class TestBuildSteps : public BuildsTest
{
    Q_OBJECT

private slots:
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

private:
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
                const int number = placeOfStep(model.steps()[static_cast<std::size_t>(step)].name).number;
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
