// runnerctl table, runners, image: formats, filters, exit codes.
#include "ctlfixture.h"

class TestQueries : public QObject
{
    Q_OBJECT

private slots:
    void tableFormats_data();
    void tableFormats();
    void tableOptions();
    void textFitsTheWidth();
    void controlCharactersAreEscaped();
    void runnersFilters();
    void emptyValueIsAFilter();
    void runnersGroupings();
    void imageParse();
    void imageSort();
    void ownCentre();
};

void TestQueries::tableFormats_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("text") << "text" << QByteArray("Ascend CANN");
    QTest::newRow("markdown") << "markdown" << QByteArray("### Ascend CANN");
    QTest::newRow("markdown deprecated") << "markdown" << QByteArray("~~`0.12.0`~~");
    QTest::newRow("html") << "html" << QByteArray("<table");
    QTest::newRow("csv") << "csv" << QByteArray("0.13.0");
    QTest::newRow("json") << "json" << QByteArray("\"0.13.0\"");
}

void TestQueries::tableFormats()
{
    QFETCH(QString, format);
    QFETCH(QByteArray, part);
    const ctl::Ran ran = ctl::Centre().run({"table", "--format", format});
    QCOMPARE(ran.err, QByteArray());
    QCOMPARE(ran.code, 0);
    QVERIFY2(ran.out.contains(part), ran.out);
    QVERIFY(ran.out.endsWith('\n'));
    QVERIFY(!ran.out.contains('\x1b'));
}

void TestQueries::tableOptions()
{
    const ctl::Centre centre;
    QVERIFY(centre.run({"table"}).out.contains("0.12.0"));
    QVERIFY(!centre.run({"table"}).out.contains("0.11.0"));
    QVERIFY(!centre.run({"table", "--no-deprecated"}).out.contains("0.12.0"));
    QVERIFY(centre.run({"table", "--all"}).out.contains("0.11.0"));
    const QByteArray cuda = centre.run({"table", "--backend", "cuda"}).out;
    QVERIFY(cuda.contains("NVIDIA CUDA") && !cuda.contains("Ascend"));
    QVERIFY(centre.run({"table", "--backend", "cuda", "--backend=cann"}).out.contains("Ascend"));
    const ctl::Ran unknown = centre.run({"table", "--backend", "nope"});
    QCOMPARE(unknown.code, 2);
    QVERIFY(unknown.err.contains("'nope'") && unknown.err.contains("cann, cuda"));
    QCOMPARE(unknown.out, QByteArray());
}

void TestQueries::textFitsTheWidth()
{
    for (const int width : {40, 60, 100}) {
        const ctl::Ran ran = ctl::run({"-C", testdata::project(), "table"}, {QStringLiteral("COLUMNS=%1").arg(width)});
        for (const QString &line : QString::fromUtf8(ran.out).split(u'\n'))
            QVERIFY2(line.size() <= width, qPrintable(line));
    }
}

void TestQueries::controlCharactersAreEscaped()
{
    const ctl::Centre centre;
    centre.write("matrix.yml", QByteArray(ctl::matrixText).replace("name: Ascend CANN", R"(name: "A\e]0;title\aB")"));
    const ctl::Ran ran = centre.run({"table"});
    QVERIFY(!ran.out.contains('\x1b') && !ran.out.contains('\a'));
    QVERIFY2(ran.out.contains("\\x1b]0;title\\x07"), ran.out);
}

void TestQueries::runnersFilters()
{
    const ctl::Centre centre;
    QCOMPARE(centre.run({"runners"}).list().size(), 7);
    QCOMPARE(centre.run({"runners", "--backend", "cuda"}).list().size(), 1);
    QCOMPARE(centre.run({"runners", "--no-deprecated"}).list().size(), 5);
    QCOMPARE(centre.run({"runners", "--platform", "linux/arm64"}).list().size(), 3);
    QCOMPARE(centre.run({"runners", "--service-version", "0.13.0"}).list().size(), 2);
    QCOMPARE(centre.run({"runners", "--backend-version-prefix", "12"}).list().size(), 1);
    const ctl::Ran none = centre.run({"runners", "--backend", "nope"});
    QCOMPARE(none.out, QByteArray("[]\n"));
    QCOMPARE(none.code, 0);
}

void TestQueries::emptyValueIsAFilter()
{
    const ctl::Centre centre;
    QCOMPARE(centre.run({"runners", "--backend-variant", ""}).list().size(), 1);
    QCOMPARE(centre.run({"runners", "--backend-variant="}).list().size(), 1);
    QCOMPARE(centre.run({"runners", "--service", ""}).list().size(), 0);
    QCOMPARE(centre.run({"runners", "--service-version-prefix", ""}).list().size(), 7);
}

void TestQueries::runnersGroupings()
{
    const ctl::Centre centre;
    const QJsonArray backends = centre.run({"runners", "--by", "backend"}).list();
    QCOMPARE(backends.size(), 2);
    QCOMPARE(backends[0].toObject()["backend"].toString(), QString("cann"));
    const QJsonArray services = centre.run({"runners", "--by", "service"}).list();
    QCOMPARE(services[0].toObject()["service"].toString(), QString("sglang"));
    QCOMPARE(centre.run({"runners", "--by", "colour"}).code, 2);
}

void TestQueries::imageParse()
{
    const ctl::Centre centre;
    const ctl::Ran ran =
        centre.run({"image", "parse", "quay.io:443/gpustack/runner:cann8.5-a3-vllm0.13.0-dev", "nginx:1"});
    QCOMPARE(ran.code, 1);
    QVERIFY(ran.err.contains("nginx:1"));
    const QJsonObject first = ran.list()[0].toObject();
    QCOMPARE(first["prefix"].toString(), QString("quay.io:443/gpustack"));
    QCOMPARE(first["backend_variant"].toString(), QString("a3"));
    QCOMPARE(first["suffix"].toString(), QString("dev"));
    QVERIFY(ran.list()[1].isNull());
    QCOMPARE(centre.run({"image", "parse", "gpustack/runner:cuda12.9-vllm0.13.0"}).code, 0);
    QCOMPARE(centre.run({"image", "parse"}).code, 2);
}

void TestQueries::imageSort()
{
    const QByteArray newestFirst = "0.10.0\n0.9.1\n0.9.1rc1\n";
    QCOMPARE(ctl::run({"image", "sort", "0.9.1rc1", "0.10.0", "0.9.1"}).out, newestFirst);
    QCOMPARE(ctl::run({"image", "sort"}, {}, "0.9.1\r\n\n0.10.0\n0.9.1rc1").out, newestFirst);
    QCOMPARE(ctl::run({"image", "sort"}).code, 0);
}

void TestQueries::ownCentre()
{
    const QStringList own = {"-C", testdata::project("pack/cuda")};
    QCOMPARE(ctl::run(own + QStringList{"table"}).code, 0);
    QCOMPARE(ctl::run(own + QStringList{"runners"}).list().size(), 222);
}

QTEST_GUILESS_MAIN(TestQueries)
#include "tst_queries.moc"
