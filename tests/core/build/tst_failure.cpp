// What is told of a build that failed.
#include "recordings.h"

#include "build/failure.h"
#include "build/tool.h"

#include <QtTest>

using namespace runner;
using namespace recordings;

class TestFailure : public QObject
{
    Q_OBJECT

    /// The recorded failure, whose step writes \a last behind everything else.
    static Problem failing(const std::string &last)
    {
        std::string text = stream("fail.jsonl");
        const std::string written = base64("ls: /nope: No such file or directory\n");
        const std::size_t at = text.find(written);
        if (at == std::string::npos)
            qFatal("the recording is another");
        Recorded recorded(text.replace(at, written.size(), base64(last)));
        recorded.finish();
        return build::explainFailure(recorded.recording->steps(), recorded.recording->log().get(), 1);
    }

private slots:
    void tellsWhatDockerSaid()
    {
        Recorded recorded("invalid argument \"foo\" for \"--ulimit\" flag: invalid ulimit argument: foo\n\n"
                          "Usage:  docker buildx build [OPTIONS] PATH | URL | -\n\n"
                          "Run 'docker buildx build --help' for more information\n");
        recorded.finish();
        QCOMPARE(build::explainFailure(recorded.recording->steps(), recorded.recording->log().get(), 125).message,
                 std::string("invalid argument \"foo\" for \"--ulimit\" flag: invalid ulimit argument: foo"));
        Recorded silent("");
        silent.finish();
        QCOMPARE(build::explainFailure(silent.recording->steps(), silent.recording->log().get(), 125).message,
                 std::string("docker ended with 125 and said nothing of it"));
    }

    void tellsErrorsOfDocker()
    {
        QCOMPARE(build::explainError(build::Answer{true, 5, {}, {}}, "buildx-failed").message,
                 std::string("docker ended with 5 and said nothing of it"));
        const auto silent = build::explainError(std::string("ERROR: context deadline exceeded"), "buildx-failed");
        QCOMPARE(silent.id, std::string("daemon-unreachable"));
        QVERIFY(!silent.advice.empty());
        QCOMPARE(build::explainError(std::string("failed to remove default: context builder cannot be removed\n"
                                                 "ERROR: failed to remove one or more builders\n"),
                                     "buildx-failed")
                     .message,
                 std::string("failed to remove default: context builder cannot be removed"));
        QCOMPARE(diagnostics::describe(Problem{"", Severity::Error, {}, "Is the daemon running?", "Start it"}),
                 std::string("error: Is the daemon running? Start it"));
    }

    void nothingIsAdvisedAboutOrdinaryErrors()
    {
        const Problem problem = failing("ls: /nope: No such file or directory\n");
        QCOMPARE(problem.id, std::string("build-failed"));
        QCOMPARE(problem.where.line, 23);
        QCOMPARE(problem.advice, std::string());
    }

    /// The line that tells why, be there hundreds behind it.
    void theCauseInTheLogIsTold()
    {
        std::string rest;
        for (int i = 0; i < 300; ++i)
            rest += "make: waiting\n";
        const Problem problem = failing("cc: \x1b[31mfatal error: nccl.h: No such file or directory\x1b[0m\n" + rest);
        QVERIFY2(problem.message.ends_with("; its log says: cc: fatal error: nccl.h: No such file or directory"),
                 problem.message.c_str());
        QVERIFY(failing("bye\n").message.find("its log says") == std::string::npos);
    }

    void causesOutsideTheDockerfile_data()
    {
        QTest::addColumn<QByteArray>("last");
        QTest::addColumn<QByteArray>("advised");
        QTest::newRow("limits") << QByteArray("runc run failed: unable to start container process: error during "
                                              "container init: error setting rlimits for "
                                              "ready process: error setting rlimit type 7: operation not permitted\n")
                                << QByteArray("--ulimit none");
        QTest::newRow("platform") << QByteArray("exec /bin/sh: exec format error\n") << QByteArray("QEMU");
        QTest::newRow("disk") << QByteArray(
            "cp: error writing '/a': No space left on device\nwrite /b: no space left on device\nbye\n")
                              << QByteArray("prune");
        QTest::newRow("registry") << QByteArray("unexpected status: 429 Too Many Requests") << QByteArray("log in");
    }

    void causesOutsideTheDockerfile()
    {
        QFETCH(const QByteArray, last);
        QFETCH(const QByteArray, advised);
        const Problem problem = failing(last.toStdString());
        QVERIFY2(problem.advice.find(advised.toStdString()) != std::string::npos, problem.advice.c_str());
        QCOMPARE(problem.where.line, 23);
    }

    void onlyTheEndOfTheStepCounts()
    {
        std::string text = "exec format error\n";
        for (int i = 0; i < 10; ++i)
            text += "went on\n";
        QCOMPARE(failing(text).advice, std::string());
        QCOMPARE(failing("exec format error" + std::string(100'000, '.') + '\n').advice, std::string());
    }

    void theErrorItselfCounts()
    {
        std::string text = stream("fail.jsonl");
        for (std::size_t at = text.find("exit code: 1"); at != std::string::npos;
             at = text.find("exit code: 1", at + 14))
            text.replace(at, 12, "exit code: 137");
        Recorded recorded(text);
        recorded.finish();
        const Problem problem = build::explainFailure(recorded.recording->steps(), nullptr, 1);
        QVERIFY2(problem.advice.find("CMAKE_MAX_JOBS") != std::string::npos, problem.advice.c_str());
    }

    void aDaemonThatWentAway()
    {
        Recorded recorded(stream("daemon-killed.jsonl"));
        recorded.finish();
        QCOMPARE(build::explainFailure(recorded.recording->steps(), nullptr, 1).id, std::string("daemon-lost"));
        QCOMPARE(
            saying("failed to list workers: Unavailable: connection error: desc = \"transport: Error while dialing: "
                   "dial unix /run/docker.sock: connect: connection refused\"")
                .id,
            std::string("daemon-lost"));
    }

    void aRegistryThatDoesNotAnswer()
    {
        const Problem problem =
            saying("failed to solve: failed to push 127.0.0.1:1/x: failed to do request: Head "
                   "\"http://127.0.0.1:1/v2/x\": dial tcp 127.0.0.1:1: connect: connection refused");
        QCOMPARE(problem.id, std::string("build-failed"));
        QVERIFY2(problem.advice.find("Nothing answers at this address") == 0, problem.advice.c_str());
    }

private:
    /// What docker wrote last.
    static Problem saying(const std::string &error)
    {
        Recorded recorded("ERROR: " + error + "\n");
        recorded.finish();
        return build::explainFailure(recorded.recording->steps(), recorded.recording->log().get(), 1);
    }
};

QTEST_GUILESS_MAIN(TestFailure)
#include "tst_failure.moc"
