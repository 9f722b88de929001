#include "transfer/plan.h"
#include "transfer/selection.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace runner;
using namespace runner::transfer;

class TransferPlanTest : public QObject
{
    Q_OBJECT

    static catalog::Record record(const char *backend, const char *image, const char *platform, bool deprecated = false)
    {
        catalog::Record made;
        made.backend = backend;
        made.dockerImage = image;
        made.platform = platform;
        made.deprecated = deprecated;
        return made;
    }
    const catalog::Records m_records{
        record("cuda", "g/runner:a", "linux/amd64"),
        record("cuda", "g/runner:a", "linux/arm64", true),
        record("cann", "g/other:b", "linux/arm64"),
        record("cuda", "g/runner:old", "linux/amd64", true),
    };

private slots:
    void selectsDistinctNamesWithTheirPlatforms()
    {
        Selection selection;
        QCOMPARE(*selectImages(m_records, selection),
                 (Images{{"g/runner:a", {"linux/amd64"}, false}, {"g/other:b", {"linux/arm64"}, false}}));
        selection.filter.withDeprecated = true;
        const Images all = *selectImages(m_records, selection);
        QCOMPARE(all[0], (Image{"g/runner:a", {"linux/amd64", "linux/arm64"}, false}));
        QCOMPARE(all.back(), (Image{"g/runner:old", {"linux/amd64"}, true}));
    }
    void filtersByRepository()
    {
        Selection selection;
        selection.repository = "runner";
        QCOMPARE(toText(*selectImages(m_records, selection)), std::string("g/runner:a\n"));
        selection.withoutRepositories = {"runner"};
        QCOMPARE(selectImages(m_records, selection).error().id, std::string("filter-conflict"));
        selection.repository.reset();
        QCOMPARE(toText(*selectImages(m_records, selection)), std::string("g/other:b\n"));
        selection.filter.platform = "linux/s390x";
        QCOMPARE(toJson(*selectImages(m_records, selection)), std::string("[]\n"));
    }
    void printsJson()
    {
        QCOMPARE(toJson({{"g/r:a", {"linux/amd64"}, true}}),
                 std::string("[\n  {\n    \"name\": \"g/r:a\",\n    \"platforms\": [\n      \"linux/amd64\"\n    ],\n"
                             "    \"deprecated\": true\n  }\n]\n"));
    }
    void tellsWhatChanged()
    {
        const catalog::Records before{record("cuda", "g/r:gone", "linux/amd64"),
                                      record("cuda", "g/r:a", "linux/amd64")};
        const catalog::Records after{record("cuda", "g/r:a", "linux/amd64", true),
                                     record("cuda", "g/r:new", "linux/amd64"),
                                     record("cuda", "g/r:new", "linux/arm64")};
        QCOMPARE(compareImages(before, after),
                 (std::vector<Change>{{ChangeKind::Added, "g/r:new", {"linux/amd64", "linux/arm64"}},
                                      {ChangeKind::Deprecated, "g/r:a", {"linux/amd64"}},
                                      {ChangeKind::Removed, "g/r:gone", {"linux/amd64"}}}));
        QVERIFY(compareImages(after, after).empty());
    }
    void plansFilesBelowTheOutput()
    {
        const Moves moves = *planSaves({{"g/runner:a", {}, false}, {"g/runner", {}, false}},
                                       {{"127.0.0.1:5000", "x/y"}, ArchiveFormat::Docker, "linux/amd64", "/out"});
        QCOMPARE(moves.size(), std::size_t(2));
        QCOMPARE(moves[0].source, std::string("127.0.0.1:5000/x/y/runner:a"));
        QCOMPARE(moves[0].file, std::filesystem::path("/out/127.0.0.1:5000/x/y/runner/a.tar"));
        QCOMPARE(moves[1].file, std::filesystem::path("/out/127.0.0.1:5000/x/y/runner/latest.tar"));
    }
    void refusesNamesThatLeadOut_data()
    {
        QTest::addColumn<QString>("image");
        QTest::addColumn<QString>("registry");
        QTest::addColumn<QString>("nameSpace");
        QTest::newRow("dots in the image") << "../../etc/runner:a"
                                           << "docker.io"
                                           << "";
        QTest::newRow("dots in the namespace") << "g/runner:a"
                                               << "docker.io"
                                               << "../..";
        QTest::newRow("dots as registry") << "g/runner:a"
                                          << ".."
                                          << "";
        QTest::newRow("absolute") << "g/runner:a"
                                  << "/etc"
                                  << "";
        QTest::newRow("dots as tag") << "g/runner:.."
                                     << "docker.io"
                                     << "";
        QTest::newRow("registry that is a namespace") << "g/runner:a"
                                                      << "registry"
                                                      << "";
        QTest::newRow("option") << "g/runner:a"
                                << "--help"
                                << "";
    }
    void refusesNamesThatLeadOut()
    {
        QFETCH(QString, image);
        QFETCH(QString, registry);
        QFETCH(QString, nameSpace);
        const auto moves = planSaves({{image.toStdString(), {}, false}},
                                     {{registry.toStdString(), nameSpace.toStdString()}, {}, "linux/amd64", "/out"});
        QVERIFY(!moves.has_value());
    }
    void plansEveryCopyOnce()
    {
        const Images images{{"a/runner:t", {}, false}, {"b/runner:t", {}, false}};
        QCOMPARE(planCopies(images, {{"docker.io", "c"}, {"quay.io", ""}, ""})->size(), std::size_t(2));
        const Moves merged = *planCopies(images, {{"docker.io", ""}, {"quay.io", "c"}, "linux/arm64"});
        QCOMPARE(merged.size(), std::size_t(1));
        QCOMPARE(merged[0].destination, std::string("quay.io/c/runner:t"));
        QCOMPARE(planCopies(images, {}).error().id, std::string("copy-onto-itself"));
    }
    void findsArchivesAndTheirNames()
    {
        QTemporaryDir folder;
        for (const char *path : {"h:5000/g/runner", "h:5000/.g/runner", "."})
            QVERIFY(QDir(folder.path()).mkpath(QString::fromLatin1(path)));
        for (const char *path : {"h:5000/g/runner/t.tar", "h:5000/g/runner/t.txt", "h:5000/.g/runner/t.tar", "x.tar"}) {
            QFile file(folder.filePath(QString::fromLatin1(path)));
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        const auto found = findArchives(folder.path().toStdString());
        QCOMPARE(*found, (std::vector<std::filesystem::path>{"h:5000/g/runner/t.tar", "x.tar"}));
        LoadRequest request;
        request.input = folder.path().toStdString();
        Problems problems;
        const Moves moves = *planLoads(*found, request, problems);
        QCOMPARE(moves.size(), std::size_t(1));
        QCOMPARE(moves[0].destination, std::string("h:5000/g/runner:t"));
        QCOMPARE(problems.size(), std::size_t(1));
        QCOMPARE(problems[0].id, std::string("archive-without-name"));
        request.destination = Place{"docker.io", {}};
        request.destinationNamespace = "n";
        QCOMPARE((*planLoads(*found, request, problems))[0].destination, std::string("docker.io/n/runner:t"));
        request.only = std::set<std::string>{"runner:other"};
        QVERIFY(planLoads(*found, request, problems)->empty());
        QCOMPARE(findArchives("/no/such").error().id, std::string("folder-unreadable"));
    }
};

QTEST_APPLESS_MAIN(TransferPlanTest)
#include "tst_plan.moc"
