// Runs builds with a docker of the tests' own.
#include "recordings.h"

#include "build/run.h"

#include <QSignalSpy>
#include <QtTest>

using namespace runner;
using namespace recordings;
using build::Outcome;

namespace {

struct Ran
{
    build::RunEnd end;
    int ends = 0;
    int news = 0;
    std::vector<std::string> lines;
};

build::Request request()
{
    build::Request request;
    request.folder = "/";
    request.platform = "linux/amd64";
    request.target = "vllm";
    request.dockerfile = "pack/cuda/Dockerfile";
    request.context = "pack/cuda";
    request.entitlements = {"network.host", "security.insecure"};
    return request;
}

class Bench
{
public:
    build::Pairs environment;
    build::Request asked = request();
    build::Patience patience{std::chrono::milliseconds(150), std::chrono::milliseconds(150),
                             std::chrono::milliseconds(2000)};
    QTemporaryDir folder;
    std::unique_ptr<build::Run> run;
    Ran result;

    void set(const char *name, const std::string &value) { environment.emplace_back(name, value); }
    void play(const char *name)
    {
        set("FAKE_DOCKER_STREAM",
            testdata::project(QStringLiteral("tests/data/rawjson/") + QString::fromLatin1(name)).toStdString());
    }

    void start()
    {
        build::Run::Events events;
        events.started = [this](const build::Ready &) { QVERIFY(run->recording()); };
        events.news = [this] { ++result.news; };
        events.ended = [this](const build::RunEnd &end) {
            result.end = end;
            ++result.ends;
        };
        run = std::make_unique<build::Run>(
            asked, build::Run::Options{{FAKE_DOCKER, environment}, folder.path().toStdString(), patience}, events);
        run->start();
    }
    bool wait()
    {
        const bool ended = QTest::qWaitFor([this] { return result.ends > 0; }, 20000);
        QTest::qWait(20); // A second end would come now.
        if (run->recording()) {
            for (const auto &line : run->recording()->log()->read(0, ~0ULL))
                result.lines.push_back(line.bytes);
        }
        return ended && result.ends == 1;
    }
    std::string firstProblem() const { return result.end.problems.empty() ? "" : result.end.problems.front().id; }
    std::string lastProblem() const { return result.end.problems.empty() ? "" : result.end.problems.back().id; }
};

} // namespace

class TestRun : public QObject
{
    Q_OBJECT

private slots:
    void succeeds();
    void fails();
    void speedsAndPieces_data();
    void speedsAndPieces();
    void cancels_data();
    void cancels();
    void saysWhatStillRuns();
    void cancelWhenTheBuilderHangs();
    void cancelBeforeStart();
    void drainsWhatComesLate();
    void endsThoughTheOutputStaysOpen();
    void cannotStart_data();
    void cannotStart();
    void routesToABuilderThatCan();
    void entitlementOfTheDockerDriver();
    void diskFull();
    void daemonLost();
    void archiveIntoAFolderThatIsNotThere();
    void destroyedWhileRunning();
};

void TestRun::succeeds()
{
    Bench bench;
    bench.play("success.jsonl");
    bench.set("FAKE_DOCKER_METADATA",
              testdata::read(testdata::project("tests/data/rawjson/metadata-file.json")).toStdString());
    bench.start();
    QVERIFY(bench.wait());
    QCOMPARE(build::outcomeName(bench.result.end.outcome), "succeeded");
    QCOMPARE(bench.result.end.exitCode, 0);
    QVERIFY(bench.result.end.metadata.digest.starts_with("sha256:781b2b31"));
    QCOMPARE(bench.result.end.metadata.materials.size(), std::size_t(1));
    QVERIFY(bench.result.news > 0 && bench.result.end.ended >= bench.result.end.started);
    QVERIFY(std::filesystem::exists(bench.folder.path().toStdString() + "/log.index"));
}

void TestRun::fails()
{
    Bench bench;
    bench.play("fail.jsonl");
    bench.set("FAKE_DOCKER_EXIT", "1");
    bench.start();
    QVERIFY(bench.wait());
    QCOMPARE(build::outcomeName(bench.result.end.outcome), "failed");
    const Problem &why = bench.result.end.problems.front();
    QCOMPARE(why.id, std::string("build-failed"));
    QCOMPARE(why.where, (Location{"pack/cuda/Dockerfile", 23, 0}));
    QVERIFY(why.message.starts_with("[broken 1/1] RUN"));
}

void TestRun::speedsAndPieces_data()
{
    QTest::addColumn<QByteArray>("piece");
    QTest::addColumn<QByteArray>("pause");
    QTest::addColumn<QByteArray>("repeat");
    QTest::newRow("bytes") << QByteArray("1") << QByteArray("0") << QByteArray("1");
    QTest::newRow("slow") << QByteArray("1000") << QByteArray("2000") << QByteArray("1");
    QTest::newRow("fast") << QByteArray("65536") << QByteArray("0") << QByteArray("20");
}

void TestRun::speedsAndPieces()
{
    QFETCH(QByteArray, piece);
    QFETCH(QByteArray, pause);
    QFETCH(QByteArray, repeat);
    Bench bench;
    bench.play("fail.jsonl");
    bench.set("FAKE_DOCKER_PIECE", piece.toStdString());
    bench.set("FAKE_DOCKER_PAUSE", pause.toStdString());
    bench.set("FAKE_DOCKER_REPEAT", repeat.toStdString());
    bench.start();
    QVERIFY(bench.wait());
    std::string wanted;
    for (int i = 0; i < repeat.toInt(); ++i)
        wanted += stream("fail.jsonl");
    QVERIFY(testdata::read(bench.folder.filePath("stream.jsonl")).toStdString() == wanted);
    Recorded recorded(wanted);
    QCOMPARE(bench.result.lines, recorded.finish().lines());
}

void TestRun::cancels_data()
{
    QTest::addColumn<QByteArray>("hang");
    QTest::addColumn<int>("times");
    QTest::newRow("polite") << QByteArray("polite") << 1;
    QTest::newRow("deaf") << QByteArray("deaf") << 1;
    QTest::newRow("deaf, in a hurry") << QByteArray("deaf") << 3;
}

void TestRun::cancels()
{
    QFETCH(QByteArray, hang);
    QFETCH(int, times);
    Bench bench;
    bench.play("cancel-INT-docker.jsonl");
    bench.set("FAKE_DOCKER_HANG", hang.toStdString());
    bench.start();
    QVERIFY(QTest::qWaitFor([&] { return bench.result.news > 0; }));
    QTest::qWait(50);
    for (int i = 0; i < times; ++i)
        bench.run->cancel();
    QVERIFY(bench.wait());
    QCOMPARE(build::outcomeName(bench.result.end.outcome), "cancelled");
    QCOMPARE(bench.result.end.exitCode, hang == "deaf" ? 137 : 130);
    QCOMPARE(bench.lastProblem(), std::string("entitlement-left-out")); // nothing about what still runs
    const auto steps = bench.run->recording()->steps().steps();
    QVERIFY(
        std::any_of(steps.begin(), steps.end(), [](const auto &s) { return s.state == build::StepState::Cancelled; }));
}

void TestRun::saysWhatStillRuns()
{
    Bench bench;
    bench.play("cancel-INT-docker.jsonl");
    bench.set("FAKE_DOCKER_HANG", "polite");
    bench.set("FAKE_DOCKER_RUNNING",
              "{\"ref\":\"b/n/abc\",\"status\":\"Running\",\"created_at\":\"2199-01-01T00:00:00Z\"}\n"
              "{\"ref\":\"b/n/old\",\"status\":\"Running\",\"created_at\":\"2001-01-01T00:00:00Z\"}\n");
    bench.set(
        "FAKE_DOCKER_INSPECT",
        R"({"Status":"running","Target":"vllm","Platform":["linux/amd64"],"Dockerfile":"/x/pack/cuda/Dockerfile"})");
    bench.start();
    QVERIFY(QTest::qWaitFor([&] { return bench.result.news > 0; }));
    bench.run->cancel();
    QVERIFY(bench.wait());
    QCOMPARE(bench.lastProblem(), std::string("build-still-running"));
    QVERIFY(bench.result.end.problems.back().message.ends_with("abc"));
}

void TestRun::cancelWhenTheBuilderHangs()
{
    Bench bench;
    bench.play("cancel-INT-docker.jsonl");
    bench.set("FAKE_DOCKER_HANG", "polite");
    bench.set("FAKE_DOCKER_SILENT", "yes");
    bench.patience.verify = std::chrono::milliseconds(200);
    bench.start();
    QVERIFY(QTest::qWaitFor([&] { return bench.result.news > 0; }));
    bench.run->cancel();
    QVERIFY(bench.wait());
    QCOMPARE(build::outcomeName(bench.result.end.outcome), "cancelled");
    QCOMPARE(bench.lastProblem(), std::string("cancel-unverified"));
}

void TestRun::cancelBeforeStart()
{
    Bench bench;
    bench.start();
    bench.run->cancel();
    bench.run->cancel();
    QVERIFY(bench.wait());
    QCOMPARE(build::outcomeName(bench.result.end.outcome), "cancelled");
    QVERIFY(!bench.run->recording());
}

void TestRun::drainsWhatComesLate()
{
    Bench bench;
    bench.play("success.jsonl");
    bench.set("FAKE_DOCKER_CHILD", "1");
    bench.start();
    QVERIFY(bench.wait());
    QCOMPARE(bench.result.lines.back(), std::string("late"));
}

void TestRun::endsThoughTheOutputStaysOpen()
{
    Bench bench;
    bench.play("success.jsonl");
    bench.set("FAKE_DOCKER_CHILD", "3600");
    bench.patience.drain = std::chrono::milliseconds(200);
    bench.start();
    QVERIFY(bench.wait());
    QCOMPARE(build::outcomeName(bench.result.end.outcome), "succeeded");
}

void TestRun::cannotStart_data()
{
    QTest::addColumn<QByteArray>("variable");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("id");
    const auto row = [](const char *id, const char *variable, const char *text) {
        QTest::newRow(text) << QByteArray(variable) << QByteArray(text) << QByteArray(id);
    };
    row("buildx-missing", "FAKE_DOCKER_ERROR",
        "docker: unknown command: docker buildx\n\nRun 'docker --help' for more information\n");
    row("buildx-missing", "FAKE_DOCKER_ERROR",
        "unknown flag: --format\n\nUsage:  docker [OPTIONS] COMMAND [ARG...]\n\nRun 'docker --help' for more "
        "information\n");
    row("buildx-missing", "FAKE_DOCKER_ERROR", "docker: 'buildx' is not a docker command.\nSee 'docker --help'\n");
    row("buildx-failed", "FAKE_DOCKER_ERROR", "ERROR: something new\n");
    row("daemon-unreachable", "FAKE_DOCKER_BUILDERS",
        R"({"Name":"default","Current":true,"Err":"Cannot connect to the Docker daemon at unix:///nope. Is the docker daemon running?","Nodes":[]})");
    row("socket-permission", "FAKE_DOCKER_BUILDERS",
        R"({"Name":"default","Current":true,"Err":"permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock","Nodes":[]})");
    row("builder-missing", "FAKE_DOCKER_BUILDERS", "no JSON");
    row("platform-unable", "FAKE_DOCKER_BUILDERS",
        R"({"Name":"default","Current":true,"Nodes":[{"Status":"running","Platforms":["linux/s390x","linux/arm64*"]}]})");
}

void TestRun::cannotStart()
{
    QFETCH(QByteArray, variable);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, id);
    Bench bench;
    bench.set(variable, text.toStdString());
    bench.start();
    QVERIFY(bench.wait());
    QCOMPARE(build::outcomeName(bench.result.end.outcome), "could not start");
    QCOMPARE(QByteArray::fromStdString(bench.firstProblem()), id);
    QVERIFY(!bench.result.end.problems.front().advice.empty() || id == "buildx-failed");
}

void TestRun::routesToABuilderThatCan()
{
    const std::string builders =
        R"({"Name":"here","Current":true,"Nodes":[{"Status":"running","Platforms":["linux/amd64"]}]})"
        "\n"
        R"({"Name":"asleep","Nodes":[{"Status":"inactive"}]})"
        "\n"
        R"({"Name":"arm","Driver":"remote","Nodes":[{"Status":"running","Platforms":["linux/arm64/v8"]}]})"
        "\n";
    build::Request arm = request();
    arm.platform = "linux/arm64";
    const auto ready = build::judgeBuilders(build::parseBuilders(builders), arm, "");
    QVERIFY(ready);
    QCOMPARE(ready->request.builder, std::string("arm"));
    QCOMPARE(ready->notes.front().id, std::string("builder-routed"));
    arm.builder = "here";
    QCOMPARE(build::judgeBuilders(build::parseBuilders(builders), arm, "").error().id, std::string("platform-unable"));
    arm.builder = "nope";
    QCOMPARE(build::judgeBuilders(build::parseBuilders(builders), arm, "").error().id, std::string("builder-missing"));
}

void TestRun::entitlementOfTheDockerDriver()
{
    build::Builder builder;
    builder.driver = "docker";
    Problems notes;
    QCOMPARE(build::adapted(request(), builder, "FROM x", notes).entitlements,
             std::vector<std::string>{"network.host"});
    QCOMPARE(notes.size(), std::size_t(1));
    QCOMPARE(build::adapted(request(), builder, "RUN --security=insecure x", notes).entitlements.size(),
             std::size_t(2));
    builder.driver = "docker-container";
    QCOMPARE(build::adapted(request(), builder, "FROM x", notes).entitlements.size(), std::size_t(2));
}

void TestRun::diskFull()
{
    if (!QFile::exists("/dev/full"))
        QSKIP("there is no /dev/full to stand for a full disk");
    Bench bench;
    bench.play("success.jsonl");
    bench.set("FAKE_DOCKER_HANG", "polite");
    QVERIFY(QFile::link("/dev/full", bench.folder.filePath("stream.jsonl")));
    bench.start();
    QVERIFY(bench.wait());
    QCOMPARE(build::outcomeName(bench.result.end.outcome), "failed");
    QCOMPARE(bench.firstProblem(), std::string("log-unwritable"));
    QVERIFY(bench.result.end.problems.front().message.find("No space left") != std::string::npos);
}

void TestRun::daemonLost()
{
    Bench bench;
    bench.play("daemon-killed.jsonl");
    bench.set("FAKE_DOCKER_EXIT", "1");
    bench.start();
    QVERIFY(bench.wait());
    QCOMPARE(bench.firstProblem(), std::string("daemon-lost"));
}

void TestRun::archiveIntoAFolderThatIsNotThere()
{
    Bench bench;
    bench.asked.output = {build::OutputKind::Archive, "no/such/folder/image.tar"};
    bench.play("success.jsonl");
    bench.start();
    QVERIFY(bench.wait());
    QCOMPARE(build::outcomeName(bench.result.end.outcome), "could not start");
    QCOMPARE(bench.firstProblem(), std::string("folder-missing"));
}

void TestRun::destroyedWhileRunning()
{
    Bench bench;
    bench.play("success.jsonl");
    bench.set("FAKE_DOCKER_HANG", "deaf");
    bench.start();
    QVERIFY(QTest::qWaitFor([&] { return bench.result.news > 0; }));
    bench.run.reset();
    QTest::qWait(50);
    QCOMPARE(bench.result.ends, 0);
}

QTEST_GUILESS_MAIN(TestRun)
#include "tst_run.moc"
