// Names of images: what parses, into which parts, and that formatting gives the same name again.
#include "image/imagename.h"
#include "testdata.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace runner;
using image::ImageName;
using image::NameGrammar;

namespace {

NameGrammar grammar()
{
    matrix::Matrix matrix;
    for (const char *id : {"cann", "corex", "cuda", "dtk", "hggc", "maca", "musa", "rocm"})
        matrix.backends.push_back({id, {}, {}, {}, {}, {}, {}});
    for (const char *id : {"mindie", "vllm", "sglang", "voxbox"})
        matrix.services.push_back({id, {}, {}});
    return NameGrammar::of(matrix);
}

// All parts in one text, so that a row of data is readable.
QString partsOf(const ImageName &n)
{
    QStringList parts;
    for (const std::string &part : {n.prefix, n.repository, n.backend, n.backendVersion, n.backendVariant, n.service,
                                    n.serviceVersion, n.suffix, n.os, n.arch})
        parts << QString::fromStdString(part);
    return parts.join(QLatin1Char('|'));
}

} // namespace

class TestImageName : public QObject
{
    Q_OBJECT

private slots:
    void parses_data();
    void parses();
    void rejects_data();
    void rejects();
    void parsesTheWholeCatalogue_data();
    void parsesTheWholeCatalogue();
    void longestIdentifierWins();
    void shorterIdentifierWhereTheLongestDoesNotFit();
    void repositoryIsTheMatrixOwn();
    void makesTags();
    void makesPlatformSuffixes();
};

void TestImageName::parses_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("parts");
    const auto row = [](const char *name, const char *parts) { QTest::newRow(name) << name << parts; };
    row("gpustack/runner:cann8.5-a3-vllm0.16.0", "gpustack|runner|cann|8.5|a3|vllm|0.16.0|||");
    row("gpustack/runner:cuda12.9-vllm0.17.1", "gpustack|runner|cuda|12.9||vllm|0.17.1|||");
    row("runner:cuda12.9-vllm0.17.1", "|runner|cuda|12.9||vllm|0.17.1|||");
    row("gpustack/runner:cuda12.9-vllm0.17.1-dev", "gpustack|runner|cuda|12.9||vllm|0.17.1|dev||");
    row("gpustack/runner:cuda12.9-sglang0.5.8.post1", "gpustack|runner|cuda|12.9||sglang|0.5.8.post1|||");
    row("gpustack/runner:cann8.3-910b-mindie2.2.rc1", "gpustack|runner|cann|8.3|910b|mindie|2.2.rc1|||");
    row("gpustack/runner:cann8.1-910b-vllm0.9.2-linux-amd64", "gpustack|runner|cann|8.1|910b|vllm|0.9.2||linux|amd64");
    row("gpustack/runner:cuda12.8-vllm0.9.2-dev-linux-arm64", "gpustack|runner|cuda|12.8||vllm|0.9.2|dev|linux|arm64");
    row("gpustack/runner:cuda12.8-910b-vllm0.9.2", "gpustack|runner|cuda|12.8|910b|vllm|0.9.2|||");
    row("quay.io/gpustack/runner:rocm7.0-vllm0.16.0", "quay.io/gpustack|runner|rocm|7.0||vllm|0.16.0|||");
    row("localhost:5000/runner:rocm7.0-vllm0.16.0", "localhost:5000|runner|rocm|7.0||vllm|0.16.0|||");
    row("quay.io:443/a/b-c/runner:rocm7.0-vllm0.16.0", "quay.io:443/a/b-c|runner|rocm|7.0||vllm|0.16.0|||");
    row("[::1]:5000/gpustack/runner:rocm7.0-vllm1", "[::1]:5000/gpustack|runner|rocm|7.0||vllm|1|||");
    row("gpustack/runner:HostX.Y-vllm0.9.2", "gpustack|runner|Host|X.Y||vllm|0.9.2|||");
    row("gpustack/runner:cudaX.Y-vllmX.Y.Z", "gpustack|runner|cuda|X.Y||vllm|X.Y.Z|||");
    row("gpustack/runner:cuda12\\.8-vllm0\\.9", "gpustack|runner|cuda|12\\.8||vllm|0\\.9|||");
    // Where both readings are possible the one with a variant is taken, as the older pattern does.
    row("gpustack/runner:cuda12-vllm0-sglang1", "gpustack|runner|cuda|12|vllm0|sglang|1|||");
    row("gpustack/runner:cuda12.8-vllm0.9.2-linux", "gpustack|runner|cuda|12.8||vllm|0.9.2|linux||");
}

void TestImageName::parses()
{
    QFETCH(QString, name);
    QFETCH(QString, parts);
    const auto parsed = grammar().parse(name.toStdString());
    QVERIFY(parsed.has_value());
    QCOMPARE(partsOf(*parsed), parts);
    QCOMPARE(QString::fromStdString(image::format(*parsed)), name);
}

void TestImageName::rejects_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"",
                             ":",
                             "/",
                             "runner",
                             "runner:",
                             "runner:cuda",
                             "runner:cuda12.9",
                             "runner:cuda12.9-",
                             "runner:cuda-vllm1",
                             "runner:cuda12.9-vllm",
                             "runner:cuda12.9-vllm-dev",
                             "runner:cuda12.9-vllm1-",
                             "runner:cuda12.9--vllm1",
                             "runner:neuware1.0-vllm1",
                             "runner:CUDA12.9-vllm1",
                             "runner:cuda12.9-VLLM1",
                             "runner:corex.-vllm",
                             "runner:cuda12.9-python3.10",
                             "other:cuda12.9-vllm1",
                             "runner2:cuda12.9-vllm1",
                             "/runner:cuda12.9-vllm1",
                             "a//runner:cuda12.9-vllm1",
                             "a b/runner:cuda12.9-vllm1",
                             "a:b/runner:cuda12.9-vllm1",
                             "a/b:5000/runner:cuda12.9-vllm1",
                             "a:/runner:cuda12.9-vllm1",
                             "[/runner:cuda12.9-vllm1",
                             "[]/runner:cuda12.9-vllm1",
                             "[::1]x/runner:cuda12.9-vllm1",
                             " runner:cuda12.9-vllm1",
                             "runner:cuda12.9-vllm1\n",
                             "runner:cuda12.9-vllm1+cu129",
                             "runner:cuda12.9-vllm1@sha256:00",
                             "runner:cuda12.9-vllm1-dev-foo",
                             "runner:cuda12.9-vllm1-dev-linux-arm-v7",
                             "runner:cuda12.9-vllm1--linux-amd64",
                             "runner:12.9-vllm1",
                             "runner:cuda12.9-vllm1-linux-"})
        QTest::newRow(name) << QString::fromUtf8(name);
}

void TestImageName::rejects()
{
    QFETCH(QString, name);
    const auto parsed = grammar().parse(name.toStdString());
    QVERIFY2(!parsed, parsed ? qPrintable(partsOf(*parsed)) : "");
}

void TestImageName::parsesTheWholeCatalogue_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("seed") << QStringLiteral("upstream/seed/runner.json");
    QTest::newRow("old") << QStringLiteral("upstream/old/runner.json");
}

void TestImageName::parsesTheWholeCatalogue()
{
    RUNNER_NEEDS_SHARED();
    QFETCH(QString, file);
    const NameGrammar names = grammar();
    const auto records = QJsonDocument::fromJson(testdata::read(testdata::shared(file))).array();
    QVERIFY(!records.isEmpty());
    for (const auto &value : records) {
        const QJsonObject record = value.toObject();
        const auto text = [&](const char *key) { return record.value(QLatin1String(key)).toString().toStdString(); };
        for (const std::string &end : {std::string(), "-" + image::platformSuffix(text("platform"))}) {
            const auto parsed = names.parse(text("docker_image") + end);
            QVERIFY2(parsed, text("docker_image").c_str());
            QCOMPARE(parsed->backend, text("backend"));
            QCOMPARE(parsed->backendVersion, text("backend_version"));
            QCOMPARE(parsed->backendVariant, text("backend_variant"));
            QCOMPARE(parsed->service, text("service"));
            QCOMPARE(parsed->serviceVersion, text("service_version"));
            QCOMPARE(image::format(*parsed), text("docker_image") + end);
        }
        QCOMPARE("gpustack/runner:"
                     + image::makeTag(text("backend"), text("backend_version"), text("backend_variant"),
                                      text("service"), text("service_version")),
                 text("docker_image"));
    }
}

void TestImageName::longestIdentifierWins()
{
    const NameGrammar names({"cuda", "cudax", "", "cuda"}, {"vllm", "vllmx"}, "runner");
    const auto parsed = names.parse("runner:cudax1-vllmx2");
    QVERIFY(parsed);
    QCOMPARE(parsed->backend, std::string("cudax"));
    QCOMPARE(parsed->service, std::string("vllmx"));
}

void TestImageName::shorterIdentifierWhereTheLongestDoesNotFit()
{
    const NameGrammar names({"cuda", "cuda12"}, {"vllm", "vllm0"}, "runner");
    const auto parsed = names.parse("runner:cuda12-vllm0");
    QVERIFY(parsed);
    QCOMPARE(parsed->backend, std::string("cuda"));
    QCOMPARE(parsed->service, std::string("vllm"));
}

void TestImageName::repositoryIsTheMatrixOwn()
{
    const NameGrammar names({"cuda"}, {"vllm"}, "images");
    QVERIFY(names.parse("me/images:cuda1-vllm1"));
    QVERIFY(!names.parse("me/runner:cuda1-vllm1"));
}

void TestImageName::makesTags()
{
    QCOMPARE(image::makeTag("cann", "8.5", "910B", "vllm", "0.16.0"), std::string("cann8.5-910b-vllm0.16.0"));
    QCOMPARE(image::makeTag("cuda", "12.9", "", "sglang", "0.5.8.Post1"), std::string("cuda12.9-sglang0.5.8.post1"));
}

void TestImageName::makesPlatformSuffixes()
{
    QCOMPARE(image::platformSuffix("linux/arm64"), std::string("linux-arm64"));
    QCOMPARE(image::platformSuffix("linux/arm/v7"), std::string("linux-arm"));
    QCOMPARE(image::platformSuffix("linux"), std::string("linux"));
    QCOMPARE(image::platformSuffix(""), std::string());
}

QTEST_APPLESS_MAIN(TestImageName)
#include "tst_imagename.moc"
