// What buildx says of builders, and the argument vectors that change them.
#include "build/builders.h"
#include "build/stillrunning.h"
#include "build/tool.h"

#include <QtTest>

using namespace runner;

class TestBuilders : public QObject
{
    Q_OBJECT

private slots:
    void reads();
    void strangers();
    void sizes_data();
    void sizes();
    void creates();
    void refuses_data();
    void refuses();
    void history();
};

void TestBuilders::reads()
{
    const auto builders = build::parseBuilders(
        R"({"Current":true,"Driver":"docker","Name":"default","Nodes":[{"Endpoint":"default","Name":"default","Platforms":["linux/amd64","linux/amd64/v2"],"Status":"running","Version":"v0.1"}]})"
        "\n"
        R"({"Driver":"kubernetes","Name":"farm","Nodes":[{"Name":"a","Status":"running","Platforms":["linux/amd64"]},{"Name":"b","Status":"running","Platforms":["linux/arm64*"]}]})"
        "\n");
    QCOMPARE(builders.size(), std::size_t(2));
    QCOMPARE(builders[0].nodes[0].version, std::string("v0.1"));
    QVERIFY(builders[0].current && builders[0].mayClipLogs() && !builders[1].mayClipLogs());
    QCOMPARE(builders[1].platforms(), (std::vector<std::string>{"linux/amd64", "linux/arm64"}));
    QVERIFY(builders[1].canRun("linux/arm64") && !builders[0].canRun("linux/arm64")
            && builders[0].canRun("linux/amd64"));
    QCOMPARE(build::route(builders, "", "linux/arm64"), &builders[1]);
    QCOMPARE(build::route(builders, "", "linux/amd64"), &builders[0]);
    QCOMPARE(build::route(builders, "farm", "linux/amd64"), &builders[1]);
    QVERIFY(!build::route(builders, "", "linux/s390x"));
    const auto uses = build::parseCacheUse(
        R"({"Description":"local source for common","Reclaimable":true,"Size":"4.096kB","Type":"source.local"})");
    QVERIFY(uses.size() == 1 && uses[0].bytes == 4096 && uses[0].reclaimable);
}

void TestBuilders::strangers()
{
    for (const char *text : {"", "\n\n", "null\n[]\n1", "{\"Name\":", "{\"Name\":1,\"Nodes\":{\"a\":1}}",
                             "{\"Nodes\":[null,1,{\"Platforms\":[1,null,\"*\"]}]}"}) {
        const auto builders = build::parseBuilders(text);
        QVERIFY(builders.size() <= 1);
        QVERIFY(builders.empty() || builders[0].platforms().empty());
        build::parseCacheUse(text);
    }
}

void TestBuilders::sizes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<quint64>("bytes");
    const auto row = [](const char *text, quint64 bytes) { QTest::newRow(text) << QByteArray(text) << bytes; };
    row("0B", 0);
    row("512B", 512);
    row("3.968kB", 3968);
    row("1.5GB", 1'500'000'000);
    row("2MiB", 2U << 20U);
    row("", 0);
    row("x", 0);
    row("-1kB", 0);
    row("1e300GB", 0);
}

void TestBuilders::sizes()
{
    QFETCH(QByteArray, text);
    QTEST(quint64(build::parseSize(text.toStdString())), "bytes");
}

void TestBuilders::creates()
{
    build::NewBuilder builder;
    builder.name = "big";
    QCOMPARE(build::createArguments(builder).value(),
             (std::vector<std::string>{
                 "buildx", "create", "--name", "big", "--driver", "docker-container", "--driver-opt", "network=host",
                 "--driver-opt", "env.BUILDKIT_STEP_LOG_MAX_SIZE=-1", "--driver-opt",
                 "env.BUILDKIT_STEP_LOG_MAX_SPEED=-1", "--buildkitd-flags",
                 "--allow-insecure-entitlement=security.insecure --allow-insecure-entitlement=network.host "
                 "--oci-worker-net=host --oci-worker-gc-keepstorage=204800"}));
    builder.driver = "remote";
    builder.endpoint = "tcp://arm:1234";
    builder.append = builder.use = true;
    builder.platforms = {"linux/arm64", "linux/arm/v7"};
    QCOMPARE(build::createArguments(builder).value(),
             (std::vector<std::string>{"buildx", "create", "--name", "big", "--driver", "remote", "--append", "--use",
                                       "--platform", "linux/arm64,linux/arm/v7", "--", "tcp://arm:1234"}));
    builder.driver = "kubernetes";
    builder.endpoint.clear();
    builder.driverOptions = {"namespace=builds", "nodeselector=kubernetes.io/arch=arm64"};
    const auto words = build::createArguments(builder).value();
    QVERIFY(std::find(words.begin(), words.end(), "nodeselector=kubernetes.io/arch=arm64") != words.end());
    QCOMPARE(
        build::pruneArguments("big", true, 5),
        (std::vector<std::string>{"buildx", "prune", "--force", "--builder", "big", "--all", "--max-used-space", "5"}));
}

void TestBuilders::refuses_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("driver");
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("no name") << QByteArray() << QByteArray("remote") << QByteArray("builder-name-invalid");
    QTest::newRow("an option") << QByteArray("--use") << QByteArray("remote") << QByteArray("builder-name-invalid");
    QTest::newRow("a path") << QByteArray("a/b") << QByteArray("remote") << QByteArray("builder-name-invalid");
    QTest::newRow("docker") << QByteArray("a") << QByteArray("docker") << QByteArray("builder-driver-invalid");
    QTest::newRow("no address") << QByteArray("a") << QByteArray("remote") << QByteArray("builder-endpoint-missing");
}

void TestBuilders::refuses()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, driver);
    build::NewBuilder builder;
    builder.name = name.toStdString();
    builder.driver = driver.toStdString();
    QTEST(QByteArray::fromStdString(build::createArguments(builder).error().id), "id");
}

void TestBuilders::history()
{
    const char *list = R"({"ref":"d/d/one","status":"Completed","created_at":"2026-11-24T16:32:48Z"})"
                       "\n"
                       R"({"ref":"d/d/two","status":"Running","created_at":"2026-11-24T16:32:48Z"})"
                       "\nnonsense\n"
                       R"({"ref":"d/d/old","status":"running","created_at":"2026-11-24T16:32:40Z"})"
                       "\n";
    QCOMPARE(build::runningSince(list, 1795537962'000'000'000), std::vector<std::string>{"two"});
    build::Request request;
    request.target = "vllm";
    request.platform = "linux/arm64";
    request.dockerfile = "pack/cuda/Dockerfile";
    QVERIFY(build::tellsOf(
        R"({"Status":"running","Target":"vllm","Platform":["linux/arm64"],"Dockerfile":"/home/x/pack/cuda/Dockerfile"})",
        request));
    QVERIFY(!build::tellsOf(
        R"({"Status":"running","Target":"vllm","Platform":["linux/amd64"],"Dockerfile":"pack/cuda/Dockerfile"})",
        request));
    QVERIFY(!build::tellsOf(R"({"Status":"completed","Target":"vllm"})", request));
    QVERIFY(!build::tellsOf("[]", request));
    // Somebody else's build of the same target: another version, another pack centre.
    request.folder = "/home/x";
    request.buildArguments = {{"VLLM_VERSION", "0.6.0"}, {"CUDA_VERSION", "12.9"}};
    const auto told = [](const std::string &version, const std::string &context) {
        return R"({"Status":"running","Target":"vllm","Context":")" + context
               + R"(","BuildArgs":[{"Name":"CUDA_VERSION","Value":"12.9"},{"Name":"VLLM_VERSION","Value":")" + version
               + R"("}]})";
    };
    QVERIFY(build::tellsOf(told("0.6.0", "/home/x/pack/cuda"), request));
    QVERIFY(!build::tellsOf(told("0.5.0", "/home/x/pack/cuda"), request));
    QVERIFY(!build::tellsOf(told("0.6.0", "/home/y/pack/cuda"), request));
    QVERIFY(!build::tellsOf(told("0.6.0", "/home/xylem/pack/cuda"), request));
    QVERIFY(build::tellsOf(R"({"Status":"running","Target":"vllm","BuildArgs":null})", request));
}

QTEST_APPLESS_MAIN(TestBuilders)
#include "tst_builders.moc"
