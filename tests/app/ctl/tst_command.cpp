// runnerctl command.
#include "ctlfixture.h"

class TestCommand : public QObject
{
    Q_OBJECT

private slots:
    void onePerPlatform();
    void shellReadsItBack();
    void everyShellReadsItBack();
    void unknownArguments();
    void json();
    void options();
    void archives();
    void wrong_data();
    void wrong();
};

void TestCommand::onePerPlatform()
{
    const ctl::Centre centre;
    const ctl::Ran both = centre.run({"command", "cann8.5-a3-vllm0.13.0"});
    QCOMPARE(both.code, 0);
    QCOMPARE(both.out.count('\n'), 2);
    QVERIFY(both.out.startsWith(
        "docker buildx build --allow network.host --allow security.insecure --platform linux/amd64 "));
    QVERIFY(both.err.contains("to be run in " + centre.path().toUtf8()));
    QCOMPARE(centre.run({"command", "cann8.5-a3-vllm0.13.0-dev", "--platform", "linux/arm64"}).out.count('\n'), 1);
    QCOMPARE(centre.run({"command", "gpustack/runner:cann8.5-a3-vllm0.13.0-linux-arm64"}).out.count('\n'), 1);
    const ctl::Ran two =
        centre.run({"command", "cann8.5-a3-vllm0.13.0", "cuda12.9-vllm0.13.0", "cann8.5-a3-vllm0.13.0-dev"});
    QCOMPARE(two.out.count('\n'), 3);
}

void TestCommand::shellReadsItBack()
{
    const ctl::Centre centre;
    const QStringList arguments{"command", "cuda12.9-vllm0.13.0", "--arg", "FLAGS=-a 'b' $(id)"};
    const QByteArray line = centre.run(arguments).out;
    const QJsonArray wanted =
        centre.run(arguments + QStringList{"--format", "json"}).list()[0].toObject()["command"].toArray();
    const ctl::Ran echoed = ctl::shell("docker() { printf '%s\\n' docker \"$@\"; }; " + QString::fromUtf8(line));
    QJsonArray words;
    for (const QByteArray &word : echoed.out.trimmed().split('\n'))
        words.append(QString::fromUtf8(word));
    QCOMPARE(words, wanted);
    QVERIFY(wanted.contains(QString("FLAGS=-a 'b' $(id)")));
}

/// Control characters, too, and sh is not bash everywhere.
void TestCommand::everyShellReadsItBack()
{
    const ctl::Centre centre;
    const QByteArray value = "VLLM_VERSION=0.13.0\t\x1b[31m caf\xc3\xa9 100% 'x' \\\n";
    const QByteArray line = centre
                                .run({"command", "cuda12.9-sglang1", "--arg", "SGLANG_VERSION=1", "--arg",
                                      "FLAGS=" + QString::fromUtf8(value)})
                                .out;
    QVERIFY(line.startsWith("docker buildx build "));
    for (const char *shell : {"sh", "bash"}) {
        QProcess process;
        process.start(
            shell,
            {"-c", QString::fromUtf8(
                       "docker() { for word; do case $word in FLAGS=*) printf %s \"$word\";; esac; done; }; " + line)});
        QVERIFY2(process.waitForFinished(), shell);
        QCOMPARE(process.readAllStandardOutput(), "FLAGS=" + value);
    }
}

void TestCommand::unknownArguments()
{
    const ctl::Centre centre;
    const ctl::Ran ran = centre.run({"command", "cuda12.9-vllm0.13.0", "--arg", "PYTHON_VERSION=3.12", "--arg",
                                     "TYPO=1", "--arg", "https_proxy=x"});
    QCOMPARE(ran.code, 0);
    QCOMPARE(ran.err.count("knows the argument"), 1);
    QVERIFY2(ran.err.contains("no Dockerfile of these images knows the argument TYPO\n"), ran.err);
}

void TestCommand::json()
{
    const ctl::Centre centre;
    const QJsonObject first = centre.run({"command", "cuda12.9-vllm0.13.0", "--format", "json"}).list()[0].toObject();
    QCOMPARE(first["image"].toString(), QString("gpustack/runner:cuda12.9-vllm0.13.0-linux-amd64"));
    QCOMPARE(first["tag"].toString(), QString("cuda12.9-vllm0.13.0-dev"));
    QCOMPARE(first["platform"].toString(), QString("linux/amd64"));
    QCOMPARE(QDir(first["folder"].toString()).canonicalPath(), QDir(centre.path()).canonicalPath());
    QCOMPARE(first["command"].toArray().first().toString(), QString("docker"));
}

void TestCommand::options()
{
    const ctl::Centre centre;
    centre.write("pack/common/install.sh", "true\n");
    const QByteArray line = centre
                                .run({"command",
                                      "cuda12.9-vllm0.13.0",
                                      "--push",
                                      "--builder",
                                      "big",
                                      "--namespace",
                                      "me",
                                      "--repository",
                                      "r",
                                      "--cache-repository",
                                      "c",
                                      "--allow",
                                      "none",
                                      "--ulimit",
                                      "none",
                                      "--shm-size",
                                      "1g",
                                      "--build-context",
                                      "x=docker-image://y",
                                      "--pull",
                                      "--progress",
                                      "plain"})
                                .out;
    for (const char *part :
         {" --push ", " --builder big ", " --tag me/r:cuda", "ref=me/c:cuda12.9-vllm0-linux-amd64,mode=max",
          " --shm-size 1g ", " --build-context common=pack/common --build-context x=docker-image://y ", " --pull ",
          " --progress plain pack/cuda\n"})
        QVERIFY2(line.contains(part), part);
    QVERIFY(!line.contains("--allow"));
    QVERIFY(!line.contains("--ulimit"));
}

void TestCommand::archives()
{
    const ctl::Centre centre;
    QVERIFY(centre.run({"command", "cuda12.9-vllm0.13.0", "--output", "oci=/x/y.tar"})
                .out.contains("--output type=oci,dest=/x/y.tar "));
    const QByteArray two = centre.run({"command", "cann8.5-a3-vllm0.13.0", "--output", "oci=" + centre.path()}).out;
    QVERIFY(two.contains("/cann8.5-a3-vllm0.13.0-linux-arm64.tar"));
    QCOMPARE(centre.run({"command", "cann8.5-a3-vllm0.13.0", "--output", "oci=/x/y.tar"}).code, 2);
}

void TestCommand::wrong_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("no tag") << QStringList{} << 2 << QByteArray("TAG");
    QTest::newRow("unknown") << QStringList{"cuda12.9-vllm9"} << 1
                             << QByteArray("the nearest are: cuda12.9-vllm0.13.0");
    QTest::newRow("blank version")
        << QStringList{"cuda12.9-sglang0.5.6"} << 1
        << QByteArray("rule 2 (cuda, sglang) gives an image when it gets SGLANG_VERSION with --arg");
    QTest::newRow("platform") << QStringList{"cuda12.9-vllm0.13.0", "--platform", "linux/arm64"} << 1
                              << QByteArray("linux/arm64");
    QTest::newRow("two outputs") << QStringList{"cuda12.9-vllm0.13.0", "--push", "--load"} << 2 << QByteArray("--load");
    QTest::newRow("no output") << QStringList{"cuda12.9-vllm0.13.0", "--output", "tar"} << 2 << QByteArray("oci=FILE");
    QTest::newRow("no context") << QStringList{"cuda12.9-vllm0.13.0", "--build-context", "x"} << 2
                                << QByteArray("NAME=VALUE");
    QTest::newRow("bad namespace") << QStringList{"cuda12.9-vllm0.13.0", "--namespace", "UPPER CASE"} << 1
                                   << QByteArray("no name for an image");
}

void TestCommand::wrong()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QByteArray, message);
    const ctl::Ran ran = ctl::Centre().run(QStringList{"command"} + arguments);
    QCOMPARE(ran.code, code);
    QCOMPARE(ran.out, QByteArray());
    QVERIFY2(ran.err.contains(message), ran.err);
}

QTEST_APPLESS_MAIN(TestCommand)
#include "tst_command.moc"
