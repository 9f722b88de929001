// runnerctl build, builds, bake and builders, with a docker of the tests' own.
#include "ctlfixture.h"

#include <QElapsedTimer>

#include <csignal>

namespace {

class BuildCentre
{
public:
    ctl::Centre centre;
    QTemporaryDir state;
    QTemporaryDir bin;
    QStringList environment;

    BuildCentre()
    {
        QFile::link(QStringLiteral(FAKE_DOCKER), bin.filePath(QStringLiteral("docker")));
        environment = {"PATH=" + bin.path() + ":" + qEnvironmentVariable("PATH"), "XDG_STATE_HOME=" + state.path()};
        play("success.jsonl");
    }
    void play(const QString &name, int exit = 0)
    {
        set("FAKE_DOCKER_STREAM=" + testdata::project("tests/data/rawjson/" + name));
        set("FAKE_DOCKER_EXIT=" + QString::number(exit));
    }
    void set(const QString &variable) { environment.append(variable); }
    ctl::Ran run(const QStringList &arguments) const { return centre.run(arguments, environment); }
    /// Starts a build that goes on until it is cancelled.
    void start(QProcess &process)
    {
        set("FAKE_DOCKER_HANG=polite");
        auto variables = QProcessEnvironment::systemEnvironment();
        for (const QString &variable : environment)
            variables.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
        process.setProcessEnvironment(variables);
        process.start(QStringLiteral(RUNNERCTL), {"-C", centre.path(), "build", "cuda12.9-vllm0.13.0"});
        QVERIFY(QTest::qWaitFor(
            [&] { return process.readAllStandardOutput().contains("DONE") || process.state() == QProcess::NotRunning; },
            20000));
    }
};

} // namespace

class TestBuild : public QObject
{
    Q_OBJECT

private slots:
    void builds();
    void failure();
    void severalPlatforms();
    void cancelBySignal();
    void cancelFromElsewhere();
    void retryAndCompare();
    void log();
    void limitsTheDisk();
    void nothingThere();
    void bake();
    void ciJobs();
    void builders();
    void noDocker();
    void escapesStayOut();
};

void TestBuild::builds()
{
    BuildCentre here;
    const ctl::Ran ran = here.run({"build", "cuda12.9-vllm0.13.0"});
    QCOMPARE(ran.code, 0);
    QVERIFY(ran.out.contains("#1 [internal] load build definition from Dockerfile\n"));
    QVERIFY(ran.out.contains(" DONE ") && ran.err.contains("cuda12.9-vllm0.13.0-linux-amd64 succeeded"));
    const QJsonObject build = here.run({"builds", "list", "--format", "json"}).list()[0].toObject();
    QCOMPARE(build["result"].toString(), QString("succeeded"));
    QCOMPARE(build["image"].toString(), QString("gpustack/runner:cuda12.9-vllm0.13.0-linux-amd64"));
    const ctl::Ran shown = here.run({"builds", "show", "1"});
    QVERIFY(shown.out.contains("slowest steps\n") && shown.out.contains("result      succeeded\n"));
    const QJsonObject json = here.run({"builds", "show", "1", "--format", "json"}).object();
    QVERIFY(json["step_list"].toArray().size() > 5);
    QVERIFY(json["command"].toArray().contains(QString("rawjson")));
    QVERIFY(here.run({"build", "cuda12.9-vllm0.13.0", "--quiet"}).out.isEmpty());
}

void TestBuild::failure()
{
    BuildCentre here;
    here.play("fail.jsonl", 1);
    const ctl::Ran ran = here.run({"build", "cuda12.9-vllm0.13.0"});
    QCOMPARE(ran.code, 1);
    QVERIFY2(ran.err.contains("pack/cuda/Dockerfile:23: error: [broken 1/1] RUN"), ran.err);
    QVERIFY(ran.out.contains("about to fail\n"));
    QVERIFY(here.run({"builds", "list", "--result", "failed"}).out.startsWith("1 "));
    QVERIFY(here.run({"builds", "list", "--result", "succeeded"}).out.isEmpty());
}

void TestBuild::severalPlatforms()
{
    BuildCentre here;
    const ctl::Ran ran = here.run({"build", "cann8.5-a3-vllm0.13.0", "--jobs", "2"});
    QCOMPARE(ran.code, 0);
    QVERIFY(ran.out.contains("cann8.5-a3-vllm0.13.0-linux-arm64 #1 ")
            && ran.out.contains("cann8.5-a3-vllm0.13.0-linux-amd64 #1 "));
    QCOMPARE(here.run({"builds", "list", "--format", "json"}).list().size(), 2);
}

void TestBuild::cancelBySignal()
{
    BuildCentre here;
    QProcess process;
    here.start(process);
    ::kill(pid_t(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(20000));
    QCOMPARE(process.exitCode(), 1);
    QVERIFY(process.readAllStandardError().contains("cuda12.9-vllm0.13.0-linux-amd64 cancelled"));
    QCOMPARE(here.run({"builds", "list", "--format", "json"}).list()[0].toObject()["result"].toString(),
             QString("cancelled"));
}

void TestBuild::cancelFromElsewhere()
{
    BuildCentre here;
    QProcess process;
    here.start(process);
    QVERIFY(here.run({"builds", "log", "1"}).code == 0);
    const ctl::Ran cancelled = here.run({"builds", "cancel", "1"});
    QCOMPARE(cancelled.code, 0);
    QVERIFY(cancelled.err.contains("build 1 cancelled"));
    QVERIFY(process.waitForFinished(20000));
    QCOMPARE(here.run({"builds", "cancel", "1"}).code, 1);
}

void TestBuild::retryAndCompare()
{
    BuildCentre here;
    here.play("fail.jsonl", 1);
    here.run({"build", "cuda12.9-vllm0.13.0", "--arg", "A=1", "--quiet"});
    here.play("success.jsonl");
    QCOMPARE(here.run({"builds", "retry", "1", "--quiet"}).code, 0);
    const auto command = [&](const char *id) {
        return here.run({"builds", "show", id, "--format", "json"}).object()["command"].toArray();
    };
    QVERIFY(command("2").contains(QString("A=1")));
    const ctl::Ran compared = here.run({"builds", "compare", "1", "2"});
    QCOMPARE(compared.code, 0);
    QVERIFY2(compared.out.contains("* failed        -             [broken 1/1] RUN"), compared.out);
    QVERIFY2(compared.out.contains("Result: failed -> succeeded\n"), compared.out);
    QCOMPARE(here.run({"builds", "compare", "1", "9"}).code, 1);
    QCOMPARE(here.run({"builds", "retry", "9"}).code, 1);
}

void TestBuild::log()
{
    BuildCentre here;
    here.play("fail.jsonl", 1);
    here.run({"build", "cuda12.9-vllm0.13.0", "--quiet"});
    QCOMPARE(here.run({"builds", "log", "1", "--step", "[broken"}).out,
             QByteArray("about to fail\nls: /nope: No such file or directory\n"));
    QVERIFY(here.run({"builds", "log", "1"}).out.contains("Dockerfile:23\n"));
    QCOMPARE(here.run({"builds", "log", "1", "--raw"}).out,
             testdata::read(testdata::project("tests/data/rawjson/fail.jsonl")));
    const auto none = here.run({"builds", "log", "1", "--step", "nope"});
    QCOMPARE(none.code, 1);
    QVERIFY2(none.err.contains("no step 'nope'") && none.err.contains("[broken"), none.err.constData());
    const auto several = here.run({"builds", "log", "1", "--step", "load"});
    QCOMPARE(several.code, 1);
    QVERIFY2(several.err.contains("several steps") && several.err.contains("load .dockerignore"),
             several.err.constData());
    QVERIFY(!several.err.contains("[broken"));
    QTemporaryDir folder;
    QFile stream(folder.filePath("tab.jsonl"));
    QVERIFY(stream.open(QIODevice::WriteOnly));
    stream.write(R"({"vertexes":[{"digest":"sha256:a","name":"[s 1/1] RUN x"}]})"
                 "\n"
                 R"({"logs":[{"vertex":"sha256:a","stream":1,"data":"YQliBwo=","timestamp":"2026-01-01T00:00:00Z"}]})"
                 "\n");
    stream.close();
    here.set("FAKE_DOCKER_STREAM=" + stream.fileName());
    here.set("FAKE_DOCKER_EXIT=0");
    QVERIFY(here.run({"build", "cuda12.9-vllm0.13.0"}).out.contains("a\tb"));
    QVERIFY(here.run({"builds", "log", "2"}).out.startsWith("#1 a\tb"));
    QCOMPARE(here.run({"builds", "log", "7"}).code, 1);
}

/// What the window's settings allow counts for the command as well.
void TestBuild::limitsTheDisk()
{
    BuildCentre here;
    here.set("XDG_CONFIG_HOME=" + here.state.path());
    here.play("success.jsonl", 0);
    const auto build = [&](const QStringList &more = {}) {
        return here.run(QStringList{"build", "cuda12.9-vllm0.13.0", "--quiet"} + more).code;
    };
    const auto count = [&] { return here.run({"builds", "list", "--format", "json"}).list().size(); };
    QCOMPARE(build(), 0);
    QFile big(here.state.filePath("runner-console/builds/1/big"));
    QVERIFY(big.open(QIODevice::WriteOnly));
    if (!big.resize(qint64(25) << 30))
        QSKIP("the file system knows no files with holes");
    big.close();
    QDir().mkpath(here.state.filePath("runner-console"));
    const auto set = [&](const QByteArray &gigabytes) {
        QFile settings(here.state.filePath("runner-console/runner-console.conf"));
        QVERIFY(settings.open(QIODevice::WriteOnly));
        settings.write("[builds]\ngigabytes=" + gigabytes + "\n");
    };
    set("100");
    QCOMPARE(build(), 0);
    QCOMPARE(count(), 2);
    set("0");
    QCOMPARE(build(), 0);
    QCOMPARE(count(), 3);
    set("20");
    QCOMPARE(build({"--disk-limit", "50"}), 0);
    QCOMPARE(count(), 4);
    QCOMPARE(build(), 0);
    QCOMPARE(count(), 4); // The first one went.
    QVERIFY(!big.exists());
}

void TestBuild::nothingThere()
{
    BuildCentre here;
    const ctl::Ran ran = here.run({"builds", "list"});
    QCOMPARE(ran.code, 0);
    QVERIFY(ran.err.contains("no build matches"));
    QCOMPARE(here.run({"builds", "list", "--format", "json"}).out, QByteArray("[]\n"));
    QCOMPARE(here.run({"builds"}).code, 2);
    QCOMPARE(here.run({"builds", "show"}).code, 2);
    QCOMPARE(here.run({"builds", "show", "x"}).code, 2);
    for (const QStringList &bad : {QStringList{"--ulimit", "foo"}, QStringList{"--shm-size", "abc"}}) {
        const ctl::Ran refused =
            here.run(QStringList{"build", "cuda12.9-vllm0.13.0"} + bad); // Told before anything starts.
        QCOMPARE(refused.code, 2);
        QVERIFY2(refused.err.contains(bad.last().toUtf8()), refused.err.constData());
    }
}

void TestBuild::bake()
{
    const ctl::Centre centre;
    const QJsonObject file =
        centre.run({"bake", "cann8.5-a3-vllm0.13.0", "--push", "--arg", "X=${Y} $Z %{q}"}).object();
    QCOMPARE(file["group"].toObject()["default"].toObject()["targets"].toArray().size(), 2);
    const QJsonObject target = file["target"].toObject()["cann8_5-a3-vllm0_13_0-linux-amd64"].toObject();
    QCOMPARE(target["dockerfile"].toString(), QString("Dockerfile"));
    QCOMPARE(target["context"].toString(), QString("pack/cann"));
    QCOMPARE(target["args"].toObject()["X"].toString(), QString("$${Y} $Z %%{q}"));
    QCOMPARE(target["platforms"].toArray(), QJsonArray{"linux/amd64"});
    QCOMPARE(target["output"].toArray(), QJsonArray{"type=registry"});
    QCOMPARE(target["cache-to"].toArray().size(), 3);
    QCOMPARE(centre.run({"command", "cann8.5-a3-vllm0.13.0", "--format", "bake", "--push", "--arg", "X=${Y} $Z %{q}"})
                 .object(),
             file);
}

void TestBuild::ciJobs()
{
    const ctl::Centre centre;
    const QJsonArray all =
        centre.run({"expand", "--target", "vllm", "--backend", "cuda"}).object()["build_jobs"].toArray();
    const QJsonArray some =
        centre.run({"command", "cuda12.9-vllm0.13.0", "--format", "ci"}).object()["build_jobs"].toArray();
    QCOMPARE(some, all);
}

void TestBuild::builders()
{
    BuildCentre here;
    QVERIFY(here.run({"builders", "list"}).out.contains("* default (docker): running: linux/amd64, linux/arm64\n"));
    QCOMPARE(here.run({"builders", "list", "--format", "json"}).list()[0].toObject()["may_clip_logs"].toBool(), true);
    const QString log = here.bin.filePath("log");
    here.set("FAKE_DOCKER_LOG=" + log);
    QCOMPARE(here.run({"builders", "create", "big", "--driver", "remote", "tcp://arm:1234", "--platform", "linux/arm64",
                       "--use"})
                 .code,
             0);
    QCOMPARE(here.run({"builders", "prune"}).code, 1); // nobody has said yes
    QCOMPARE(here.run({"builders", "prune", "big", "--yes", "--all"}).code, 0);
    QCOMPARE(here.run({"builders", "remove", "big", "--yes"}).code, 0);
    QCOMPARE(here.run({"builders", "create", "no/name"}).code, 2);
    QCOMPARE(testdata::read(log),
             QByteArray("buildx create --name big --driver remote --use --platform linux/arm64 -- tcp://arm:1234\n"
                        "buildx prune --force --builder big --all\nbuildx rm --force -- big\n"));
    here.set(
        R"(FAKE_DOCKER_BUILDERS={"Name":"default","Driver":"docker","Current":true,"Err":"Cannot connect","Nodes":[]})");
    const ctl::Ran dead = here.run({"builders", "list"});
    QCOMPARE(dead.code, 1);
    QVERIFY2(dead.out.contains("* default (docker): Cannot connect\n"), dead.out);
    here.set("FAKE_DOCKER_ERROR=ERROR: no builder \"x\" found");
    const ctl::Ran ran = here.run({"builders", "du", "x"});
    QCOMPARE(ran.code, 1);
    QVERIFY(ran.err.contains("[builder-missing]"));
}

void TestBuild::noDocker()
{
    BuildCentre here;
    here.set("PATH=/nowhere");
    here.set("RUNNER_SANDBOX_HOME=/nowhere");
    const ctl::Ran ran = here.run({"build", "cuda12.9-vllm0.13.0"});
    QCOMPARE(ran.code, 1);
    QVERIFY(ran.err.contains("[docker-missing]"));
    QCOMPARE(here.run({"builders", "list", "--sandbox"}).code, 1);
}

// What a log writes reaches no terminal as a command to it.
void TestBuild::escapesStayOut()
{
    BuildCentre here;
    QFile file(here.bin.filePath("stream"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"logs\":[{\"vertex\":\"v\",\"data\":\"" + QByteArray("a\x1b]0;title\x07\x1b[2J\xff").toBase64()
               + "\"}]}\n\x1b[31mtext\n");
    file.close();
    here.set("FAKE_DOCKER_STREAM=" + file.fileName());
    const ctl::Ran ran = here.run({"build", "cuda12.9-vllm0.13.0"});
    QVERIFY(!ran.out.contains('\x1b') && !ran.out.contains('\x07') && !ran.out.contains('\xff'));
    QVERIFY(ran.out.contains("text\n"));
}

QTEST_GUILESS_MAIN(TestBuild)
#include "tst_build.moc"
