// Builds on a real BuildKit, pushed to a real registry. Runs itself in `scripts/sandbox run`; where that cannot start,
// it is skipped and the sandbox says why.
#include "insandbox.h"
#include "sandboxcentre.h"

#include <QDir>

#include <algorithm>
#include <csignal>

#include <unistd.h>

using e2e::Ran;
using e2e::SandboxCentre;

namespace {

const QByteArray fromBase = "FROM " + e2e::base + " AS vllm\nARG VLLM_VERSION\n";
const QByteArray slow =
    fromBase + "RUN echo begun; i=0; while [ $i -lt 600 ]; do echo tick $i; sleep 0.1; i=$((i+1)); done\n";
const QByteArray manyLines =
    fromBase
    + "RUN i=0; while [ $i -lt 200000 ]; do echo \"line number $i with some padding text\"; i=$((i+1)); done\n";
const QString tag = QStringLiteral("cuda12.9-vllm1");

/// A second sandbox that a test may break: the first one's programs, a daemon and a registry of its own.
class OwnSandbox
{
public:
    explicit OwnSandbox(const QStringList &variables = {})
    {
        QFile::link(m_environment.value(QStringLiteral("RUNNER_SANDBOX_HOME")) + QStringLiteral("/root"),
                    m_home.filePath(QStringLiteral("root")));
        m_environment.insert(QStringLiteral("RUNNER_SANDBOX_HOME"), m_home.path());
        m_environment.insert(QStringLiteral("RUNNER_SANDBOX_REGISTRY_PORT"),
                             QString::number(20000 + QCoreApplication::applicationPid() % 20000));
        for (const QString &variable : variables)
            m_environment.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
        m_up = sandbox(QStringLiteral("up"));
        for (const QByteArray &line : e2e::run(script(), {QStringLiteral("env")}, m_environment).out.split('\n')) {
            const QString text = QString::fromUtf8(line).remove(QStringLiteral("export "));
            if (!text.startsWith(QLatin1String("PATH=")) && text.contains(u'='))
                m_environment.insert(text.section(u'=', 0, 0), text.section(u'=', 1));
        }
    }
    ~OwnSandbox()
    {
        QFile::remove(m_home.filePath(QStringLiteral("root"))); // the link alone
        sandbox(QStringLiteral("down"));
    }
    bool isUp() const { return m_up; }
    const QProcessEnvironment &environment() const { return m_environment; }
    void kill() const
    {
        const QByteArray started = m_home.filePath(QStringLiteral("run/inner.sh")).toUtf8();
        for (const QString &pid : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            QFile command(QStringLiteral("/proc/%1/cmdline").arg(pid));
            QByteArray words;
            if (pid.toInt() > 0 && command.open(QIODevice::ReadOnly))
                words = command.readAll();
            if (words.startsWith("unshare") && words.contains(started))
                ::kill(pid_t(pid.toInt()), SIGKILL);
        }
    }

private:
    static QString script() { return testdata::project(QStringLiteral("scripts/sandbox")); }
    bool sandbox(const QString &command) { return e2e::run(script(), {command}, m_environment).code == 0; }

    QTemporaryDir m_home;
    QProcessEnvironment m_environment = QProcessEnvironment::systemEnvironment();
    bool m_up = false;
};

/// The centre's builds go to another sandbox.
void move(SandboxCentre &centre, const OwnSandbox &sandbox)
{
    const QString state = centre.environment.value(QStringLiteral("XDG_STATE_HOME"));
    centre.environment = sandbox.environment();
    centre.environment.insert(QStringLiteral("XDG_STATE_HOME"), state);
}

int countLines(const QByteArray &text, const QByteArray &part)
{
    int count = 0;
    for (const QByteArray &line : text.split('\n'))
        count += line.contains(part) ? 1 : 0;
    return count;
}

/// The most builds that ran at one moment.
int mostAtOnce(const QJsonArray &builds)
{
    std::vector<std::pair<QString, int>> moments;
    for (const QJsonValue &build : builds) {
        moments.emplace_back(build[QStringLiteral("started")].toString(), 1);
        moments.emplace_back(build[QStringLiteral("ended")].toString(), -1);
    }
    std::sort(moments.begin(), moments.end());
    int now = 0;
    int most = 0;
    for (const auto &[time, change] : moments)
        most = std::max(most, now += change);
    return most;
}

} // namespace

class TestBuilds : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY2(e2e::makeBaseImage(QProcessEnvironment::systemEnvironment()), "no base image"); }
    void cleanupTestCase() { e2e::removeBaseImage(QProcessEnvironment::systemEnvironment()); }

    void succeedsThenComesFromTheCache()
    {
        const QByteArray once = QByteArray::number(QCoreApplication::applicationPid());
        const SandboxCentre centre(fromBase + "COPY hello /hello\nRUN echo made of $(cat /hello) for " + once
                                   + " ${VLLM_VERSION}\n");
        const Ran first = centre.build({tag});
        QVERIFY2(first.code == 0, first.err);
        QVERIFY(first.out.contains("made of hello for " + once + " 1\n"));
        const Ran second = centre.build({tag});
        QVERIFY2(second.out.contains("CACHED [3/3] RUN echo made of"), second.out);
        centre.write("pack/cuda/hello", "other\n");
        const Ran third = centre.build({tag});
        QVERIFY(third.out.contains("made of other"));
        const Ran shown = centre.ctl({"builds", "show", "3"});
        QVERIFY2(shown.out.contains("not cached: [2/3] COPY hello /hello (compared with build 2)\n  The file has "
                                    "changed: pack/cuda/hello\n"),
                 shown.out);
    }

    void failsAtItsCause()
    {
        const SandboxCentre centre(fromBase + "RUN echo before; ls /nope\n");
        const Ran ran = centre.build({tag});
        QCOMPARE(ran.code, 1);
        QVERIFY2(ran.err.contains("pack/cuda/Dockerfile:5: error: [2/2] RUN echo before; ls /nope failed"), ran.err);
        // Two streams of one step come in any order.
        QByteArrayList lines = centre.ctl({"builds", "log", "1", "--step", "[2/2]"}).out.trimmed().split('\n');
        std::sort(lines.begin(), lines.end());
        QCOMPARE(lines, QByteArrayList({"before", "ls: /nope: No such file or directory"}));
    }

    void cancels_data()
    {
        QTest::addColumn<int>("milliseconds");
        for (const int moment : {0, 300, 1500, 4000})
            QTest::addRow("after %d ms", moment) << moment;
    }

    void cancels()
    {
        QFETCH(int, milliseconds);
        const SandboxCentre centre(slow);
        QProcess process;
        centre.startBuild(process, {tag, "--no-cache"});
        QVERIFY(process.waitForStarted());
        QTest::qWait(milliseconds + 200); // before that there is no handler for the signal
        ::kill(pid_t(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(40000));
        QCOMPARE(process.exitCode(), 1);
        const QByteArray said = process.readAllStandardError();
        QVERIFY2(!said.contains("build-still-running"), said);
        QVERIFY(!centre.anythingRuns());
        const QJsonArray builds = centre.builds();
        QVERIFY(builds.isEmpty() || centre.result() == "cancelled");
    }

    void pushesWhatCanBeReadBack()
    {
        const SandboxCentre centre(fromBase + "RUN echo ${VLLM_VERSION} > /version\n");
        const Ran ran = centre.build({tag, "--push"});
        QVERIFY2(ran.code == 0, ran.err);
        const QString digest = centre.builds()[0].toObject()["digest"].toString();
        QVERIFY(digest.startsWith("sha256:"));
        const Ran inspected = centre.docker({"buildx", "imagetools", "inspect", centre.image(tag + "-linux-amd64")});
        QVERIFY2(inspected.out.contains(digest.toUtf8()), inspected.out + inspected.err);
    }

    void manifestOfTwoPlatforms()
    {
        const SandboxCentre centre("FROM scratch AS vllm\nCOPY hello /hello\n", "linux/amd64, linux/arm64");
        if (!centre.ctl({"builders", "list"}).out.contains("linux/arm64"))
            QSKIP("the sandbox cannot build for linux/arm64: QEMU is not there");
        const Ran ran = centre.build({tag, "--push", "--release", "--jobs", "2"});
        QVERIFY2(ran.code == 0, ran.err);
        for (const QString &name : {tag + "-dev", tag}) {
            const QByteArray index =
                centre.docker({"buildx", "imagetools", "inspect", "--raw", centre.image(name)}).out;
            QVERIFY2(index.contains("\"arm64\"") && index.contains("\"amd64\""), index);
        }
    }

    /// buildx's own reading of the bake file, and a build of it: odd values arrive as they are.
    void bakeTakesTheFile()
    {
        const SandboxCentre centre(fromBase + "ARG ODD\nRUN echo \"odd: [${ODD}]\"\n");
        const QString value = QStringLiteral("${Y} $Z %{q} $${a} %%{b} \"c\" 'd' \\e");
        const Ran file =
            centre.ctl(SandboxCentre::buildArguments({tag, "--arg", "ODD=" + value, "--no-cache"}, "bake"));
        QVERIFY2(file.code == 0, file.err);
        centre.write("bake.json", file.out);
        const Ran printed = centre.docker({"buildx", "bake", "--file", "bake.json", "--print"});
        QVERIFY2(printed.code == 0, printed.err);
        const QJsonObject read = printed.object()["target"].toObject(), written = file.object()["target"].toObject();
        QCOMPARE(read.keys(), written.keys());
        const QJsonObject target = read.begin()->toObject();
        for (const char *key : {"context", "dockerfile", "target", "tags", "platforms"})
            QCOMPARE(target[QLatin1String(key)], written.begin()->toObject()[QLatin1String(key)]);
        const Ran built =
            centre.docker({"buildx", "bake", "--file", "bake.json", "--progress", "plain", "--allow", "network.host",
                           "--allow", "security.insecure", "--allow", "fs.read=" + centre.path()});
        QVERIFY2(built.code == 0, built.err);
        QVERIFY2(built.err.contains("odd: [" + value.toUtf8() + "]\n"), built.err);
    }

    void keepsEveryLine()
    {
        const SandboxCentre centre(manyLines);
        const Ran ran = centre.build({tag, "--quiet", "--no-cache"});
        QVERIFY2(ran.code == 0, ran.err);
        QCOMPARE(countLines(centre.ctl({"builds", "log", "1"}).out, "with some padding text"), 200000);
    }

    void marksAClippedLog()
    {
        const OwnSandbox own({"BUILDKIT_STEP_LOG_MAX_SIZE=2097152", "BUILDKIT_STEP_LOG_MAX_SPEED=204800"});
        if (!own.isUp())
            QSKIP("a second sandbox cannot be started beside the first");
        SandboxCentre centre(manyLines);
        move(centre, own);
        QVERIFY(e2e::makeBaseImage(own.environment()));
        QVERIFY(centre.build({tag, "--quiet"}).code == 0);
        const Ran shown = centre.ctl({"builds", "show", "1"});
        QVERIFY2(shown.out.contains("(log clipped by the builder)"), shown.out);
        QVERIFY(centre.ctl({"builds", "log", "1"}).out.contains("[output clipped, log limit"));
    }

    void daemonDies()
    {
        const OwnSandbox own;
        if (!own.isUp())
            QSKIP("a second sandbox cannot be started beside the first");
        SandboxCentre centre(slow);
        move(centre, own);
        QVERIFY(e2e::makeBaseImage(own.environment()));
        QProcess process;
        centre.startBuild(process, {tag});
        QByteArray out;
        QVERIFY(QTest::qWaitFor([&] { return (out += process.readAllStandardOutput()).contains("tick 5"); }, 30000));
        own.kill();
        QVERIFY(process.waitForFinished(40000));
        QCOMPARE(process.exitCode(), 1);
        const QByteArray said = process.readAllStandardError();
        QVERIFY2(said.contains("[daemon-lost]"), said);
        QVERIFY(centre.ctl({"builds", "log", "1"}).out.contains("tick 5\n"));
        QVERIFY(centre.build({tag}).err.contains("[daemon-unreachable]"));
    }

    void tenImagesTwoAtATime()
    {
        const SandboxCentre centre(fromBase + "RUN echo image ${VLLM_VERSION}; sleep 0.5\n");
        QStringList tags;
        for (int i = 1; i <= 10; ++i)
            tags.append("cuda12.9-vllm" + QString::number(i));
        const Ran ran = centre.build(tags + QStringList{"--jobs", "2", "--no-cache"});
        QVERIFY2(ran.code == 0, ran.err);
        const QJsonArray builds = centre.builds();
        QCOMPARE(builds.size(), 10);
        QVERIFY(std::all_of(builds.begin(), builds.end(),
                            [](const auto &b) { return b[QString("result")].toString() == "succeeded"; }));
        QCOMPARE(mostAtOnce(builds), 2);
    }

    void consoleIsKilled()
    {
        const SandboxCentre centre(slow);
        QProcess process;
        centre.startBuild(process, {tag, "--no-cache"});
        QByteArray out;
        QVERIFY(QTest::qWaitFor([&] { return (out += process.readAllStandardOutput()).contains("tick 5"); }, 30000));
        ::kill(pid_t(process.processId()), SIGKILL);
        QVERIFY(process.waitForFinished());
        QCOMPARE(centre.result(), QString("interrupted"));
        QVERIFY(centre.ctl({"builds", "log", "1"}).out.contains("tick 5\n"));
        QTRY_VERIFY_WITH_TIMEOUT(!centre.anythingRuns(), 20000);
    }

    void diskFull()
    {
        SandboxCentre centre(manyLines);
        const QTemporaryDir small;
        if (e2e::run("mount", {"-t", "tmpfs", "-o", "size=2m", "tmpfs", small.path()}, centre.environment).code != 0)
            QSKIP("no small file system can be mounted here");
        centre.environment.insert("XDG_STATE_HOME", small.path());
        const Ran ran = centre.build({tag, "--quiet", "--no-cache"});
        const bool runs = centre.anythingRuns();
        QFile::remove(small.filePath("runner-console/builds/1/log.txt"));
        const Ran listed = centre.ctl({"builds", "list"});
        e2e::run("umount", {small.path()}, centre.environment);
        QCOMPARE(ran.code, 1);
        QVERIFY2(ran.err.contains("[log-unwritable]") && ran.err.contains("No space left"), ran.err);
        QVERIFY(!runs);
        QCOMPARE(listed.code, 0);
    }
};

int main(int argc, char **argv)
{
    enterSandbox(argc, argv);
    const QCoreApplication application(argc, argv);
    TestBuilds test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_builds.moc"
