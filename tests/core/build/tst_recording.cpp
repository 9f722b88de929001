// Steps, lines and the files of a recording.
#include "build/history.h"
#include "recordings.h"

#include <QtTest>

#include <csignal>
#include <sys/resource.h>

using namespace runner;
using namespace recordings;
using build::StepState;
using Lines = std::vector<std::string>;

class TestRecording : public QObject
{
    Q_OBJECT

private slots:
    void realSteps();
    void realFailure();
    void realCancel();
    void realClippedLog();
    void internalStepsCompleteTwice();
    void linesStayApart();
    void cutCharacters();
    void cachedAndWaiting();
    void stepsSharedWithAnotherBuild();
    void missingCacheIsNoFailure();
    void hugeLogLine();
    void everyByteIsKept();
    void opensAgain();
    void replayGivesTheSame();
    void replayOfACutStream();
    void findingsOfADryRun();
    void aCutLogIsMadeAnew();
    void aFailedReplayLeavesTheLog();
    void cutInTheMiddleOfALine();
    void brokenIndex();
    void sixteenBytesALine();
    void fullDisk();
};

void TestRecording::realSteps()
{
    Recorded recorded(stream("success.jsonl"), 100);
    recorded.finish();
    const auto steps = recorded.recording->steps().steps();
    QVERIFY(steps.size() > 5);
    for (std::size_t i = 1; i < steps.size(); ++i) {
        QVERIFY2(steps[i].state == StepState::Done || steps[i].state == StepState::Cached, steps[i].name.c_str());
        QVERIFY(!steps[i].name.empty() && steps[i].completed >= steps[i].started
                && steps[i].busy <= steps[i].completed - steps[i].started);
    }
    Recorded cached(stream("cached.jsonl"));
    const auto again = cached.finish().recording->steps().steps();
    QVERIFY(std::count_if(again.begin(), again.end(), [](const auto &step) { return step.state == StepState::Cached; })
            > 2);
}

void TestRecording::realFailure()
{
    Recorded recorded(stream("fail.jsonl"), 33, "pack/cuda/Dockerfile");
    const build::Steps steps = recorded.finish().recording->steps();
    const build::Step &failed = steps.steps()[steps.failedStep()];
    QVERIFY(failed.name.find("[broken 1/1] RUN") == 0);
    QCOMPARE(recorded.linesOf("[broken"), (Lines{"about to fail", "ls: /nope: No such file or directory"}));
    QCOMPARE(steps.failure().where, (Location{"pack/cuda/Dockerfile", 23, 0}));
    QVERIFY(steps.failure().message.starts_with("failed to build: failed to solve: process"));
}

void TestRecording::realCancel()
{
    for (const char *name : {"cancel-INT-docker.jsonl", "cancel-KILL-buildx.jsonl", "daemon-killed.jsonl"}) {
        Recorded recorded(stream(name));
        const build::Steps steps = recorded.finish().recording->steps();
        for (std::size_t i = 1; i < steps.steps().size(); ++i)
            QVERIFY2(steps.steps()[i].ended(), name);
        const auto &all = steps.steps();
        QVERIFY2(
            std::any_of(all.begin(), all.end(),
                        [](const auto &s) { return s.state == StepState::Cancelled || s.state == StepState::Failed; }),
            name);
    }
}

void TestRecording::realClippedLog()
{
    Recorded recorded(stream("biglog.jsonl"));
    const auto steps = recorded.finish().recording->steps().steps();
    const auto clipped = std::find_if(steps.begin(), steps.end(), [](const auto &step) { return step.clipped; });
    QVERIFY(clipped != steps.end());
    const auto lines = recorded.linesOf(clipped->name);
    QVERIFY(std::any_of(lines.begin(), lines.end(), build::LineMaker::isClipMark));
    QCOMPARE(lines[1], std::string("line number with some padding text 2"));
}

void TestRecording::internalStepsCompleteTwice()
{
    const std::string first = R"(,"started":"2026-11-23T08:38:10Z","completed":"2026-11-23T08:38:11Z")";
    const std::string second = R"(,"started":"2026-11-23T08:38:15Z")";
    Recorded recorded(vertexLine("a", first) + vertexLine("a", second));
    QVERIFY(recorded.recording->steps().steps()[1].state == StepState::Running);
    const std::string end = second + R"(,"completed":"2026-11-23T08:38:17Z")";
    Recorded whole(vertexLine("a", first) + vertexLine("a", second) + vertexLine("a", end) + vertexLine("a", end)
                   + vertexLine("a", second));
    const build::Step step = whole.recording->steps().steps()[1];
    QVERIFY(step.state == StepState::Done);
    QCOMPARE(step.busy, build::Time(3'000'000'000));
    QCOMPARE(step.completed - step.started, build::Time(7'000'000'000));
}

void TestRecording::linesStayApart()
{
    Recorded recorded(logLine("a", "one ") + logLine("b", "x\ny") + logLine("a", "more\ntwo\n", 250)
                      + logLine("b", "z", 300));
    QCOMPARE(recorded.lines(), (Lines{"x", "one more", "two"}));
    QCOMPARE(recorded.recording->unfinishedLine(2), std::string("yz"));
    recorded.finish();
    QCOMPARE(recorded.lines(), (Lines{"x", "one more", "two", "yz"}));
    const auto log = recorded.recording->log();
    QCOMPARE(log->linesOfStep(1), std::uint64_t(2));
    QCOMPARE(log->readStep(1, 1, 5)[0].number, std::uint64_t(2));
    QCOMPARE(log->indexInStep(2, 3), std::uint64_t(1));
    QCOMPARE(log->lineAt(2), std::uint64_t(1));
    QCOMPARE(log->lineAt(log->size()), log->lines());
    QCOMPARE(log->read(2, 1)[0].milliseconds, 250U);
    QVERIFY(log->read(9, 9).empty() && log->readStep(7, 0, 9).empty());
    QCOMPARE(log->lengthOf(1), std::uint64_t(8));
    QCOMPARE(log->readPart(1, 4, 2).bytes, std::string("mo"));
    QCOMPARE(log->readPart(3, 0, 9).bytes, std::string("yz"));
    QCOMPARE(log->readPart(2, 0, 9).milliseconds, 250U);
    QVERIFY(log->readPart(1, 9, 9).bytes.empty() && log->readPart(9, 0, 9).bytes.empty() && log->lengthOf(9) == 0);
}

void TestRecording::cutCharacters()
{
    Recorded recorded(logLine("a", "gr\xc3") + logLine("b", "\xbc\n") + logLine("a", "\xbc\xc3\x9f\n"));
    QCOMPARE(recorded.lines(), (Lines{"\xbc", "gr\xc3\xbc\xc3\x9f"}));
}

void TestRecording::cachedAndWaiting()
{
    Recorded recorded(
        vertexLine("a", "")
        + vertexLine("b", R"(,"started":"2026-11-23T08:38:10Z","completed":"2026-11-23T08:38:10Z","cached":true)")
        + vertexLine(
            "c",
            R"(,"started":"2026-11-23T08:38:10Z","completed":"2026-11-23T08:38:10Z","error":"context canceled: context canceled")"));
    const auto steps = recorded.recording->steps().steps();
    QVERIFY(steps[1].state == StepState::Waiting);
    QVERIFY(steps[2].state == StepState::Cached);
    QVERIFY(steps[3].state == StepState::Cancelled);
}

// Announced with a digest of its own, and carried out with that of a build that was there before.
void TestRecording::stepsSharedWithAnotherBuild()
{
    const auto line = [](const std::string &digest, const std::string &rest) {
        return R"({"vertexes":[{"digest":")" + digest + R"(","name":"[vllm 2/3] RUN make")" + rest + "}]}\n";
    };
    const std::string ran = R"(,"started":"2026-11-23T08:38:10Z","completed":"2026-11-23T08:38:12Z")";
    Recorded recorded(line("own", "") + line("other", ran) + line("own", ran + R"(,"cached":true)")
                      + logLine("other", "made\n"));
    recorded.finish();
    const auto steps = recorded.recording->steps().steps();
    QCOMPARE(steps.size(), std::size_t(2));
    QVERIFY(steps[1].state == StepState::Done);
    QCOMPARE(recorded.recording->log()->linesOfStep(1), std::uint64_t(1));
}

// As BuildKit tells of a first build.
void TestRecording::missingCacheIsNoFailure()
{
    const auto importing = [](const char *error) {
        return std::string(R"({"vertexes":[{"digest":"c","name":"importing cache manifest from host/cache",)"
                           R"("started":"2026-11-23T08:38:10Z","completed":"2026-11-23T08:38:11Z","error":")")
               + error + "\"}]}\n";
    };
    Recorded recorded(importing("host/cache: not found"));
    QVERIFY(recorded.recording->steps().steps()[1].state == StepState::NoCache);
    QCOMPARE(recorded.recording->steps().failedStep(), build::Steps::noStep);
    QVERIFY(recorded.recording->steps().steps()[1].ended());
    Recorded cancelled(importing("context canceled"));
    QVERIFY(cancelled.recording->steps().steps()[1].state == StepState::Cancelled);
}

void TestRecording::hugeLogLine()
{
    const std::size_t longest = build::LineMaker::longestLine;
    const std::string long3(3'000'000, 'a');
    QCOMPARE(Recorded(logLine("a", long3 + "\n")).lines(), std::vector<std::string>{long3});
    const std::string huge(longest * 2 + 5, 'x');
    Recorded recorded(logLine("a", huge) + logLine("a", huge + "\nnext\n"));
    const auto lines = recorded.lines();
    QVERIFY(lines.size() > 2);
    QCOMPARE(lines.front(), std::string(longest, 'x'));
    QCOMPARE(lines.back(), std::string("next"));
    std::size_t bytes = 0;
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
        QVERIFY(i == 0 || lines[i].starts_with(build::LineMaker::goesOn));
        bytes += lines[i].size() - (i == 0 ? 0 : build::LineMaker::goesOn.size());
    }
    QCOMPARE(bytes, 2 * huge.size());
    const std::string just(longest, 'y'); // Nothing of it goes on.
    QCOMPARE(Recorded(logLine("a", just) + logLine("a", "\nnext\n")).lines(), (std::vector<std::string>{just, "next"}));
}

void TestRecording::everyByteIsKept()
{
    for (const char *name : {"fail.jsonl", "multi.jsonl", "biglog.jsonl"}) {
        Recorded recorded(stream(name), 777);
        QCOMPARE(testdata::read(recorded.folder.filePath(build::streamFile)).toStdString(), stream(name));
    }
}

void TestRecording::opensAgain()
{
    Recorded recorded(stream("biglog.jsonl") + stream("fail.jsonl"));
    recorded.finish();
    const auto log = build::Log::open(recorded.path() / build::logFile, recorded.path() / build::indexFile);
    QVERIFY(log);
    QCOMPARE((*log)->lines(), recorded.recording->log()->lines());
    for (const std::uint64_t line : {std::uint64_t(0), std::uint64_t(100), (*log)->lines() - 1}) {
        const auto again = (*log)->read(line, 1)[0];
        const auto before = recorded.recording->log()->read(line, 1)[0];
        QCOMPARE(again.bytes, before.bytes);
        QCOMPARE(again.step, before.step);
        QCOMPARE(again.milliseconds, before.milliseconds);
    }
    const std::size_t step = recorded.step("[broken");
    QCOMPARE((*log)->readStep(step, 0, 9).size(), std::size_t(2));
    QCOMPARE((*log)->indexBytes(), std::size_t(0));
}

void TestRecording::replayGivesTheSame()
{
    Recorded recorded(stream("multi.jsonl"));
    recorded.finish();
    const Lines lines = recorded.lines();
    std::filesystem::remove(recorded.path() / build::indexFile);
    const auto again = build::Recording::replay(recorded.path(), "pack/x/Dockerfile");
    QVERIFY(again);
    QCOMPARE((*again)->log()->lines(), std::uint64_t(lines.size()));
    QCOMPARE((*again)->steps().steps().size(), recorded.recording->steps().steps().size());
    QVERIFY(std::filesystem::exists(recorded.path() / build::indexFile));
}

void TestRecording::replayOfACutStream()
{
    const std::string bytes = logLine("a", "one\ntw") + logLine("a", "o\n").substr(0, 40);
    Recorded recorded(bytes); // as after a crash: nothing is finished
    const auto again = build::Recording::replay(recorded.path(), "");
    QVERIFY(again);
    const auto lines = (*again)->log()->read(0, 9);
    QCOMPARE(lines.size(), std::size_t(3));
    QCOMPARE(lines[1].bytes + lines[2].bytes, bytes.substr(bytes.find('\n') + 1) + "tw");
}

void TestRecording::findingsOfADryRun()
{
    Recorded recorded(
        "Check complete, 3 warnings have been found!\n\n"
        "WARNING: MaintainerDeprecated - https://docs.docker.com/go/dockerfile/rule/maintainer-deprecated/\n"
        "Maintainer instruction is deprecated in favor of using label\n"
        "Dockerfile:5\n--------------------\n   5 | >>> MAINTAINER me\n--------------------\n\n"
        "WARNING: Everywhere - https://docs.docker.com/x\nIt has no line\n\n"
        "WARNING: not one of them\n"
        "WARNING: AtTheEnd - https://docs.docker.com/y\nOver two\nlines\n");
    recorded.finish();
    const Problems warnings = recorded.recording->steps().warnings();
    QCOMPARE(warnings.size(), std::size_t(3));
    QCOMPARE(warnings[0].id, std::string("build-warning"));
    QCOMPARE(warnings[0].message,
             std::string("MaintainerDeprecated: Maintainer instruction is deprecated in favor of using label"));
    QCOMPARE(warnings[0].advice, std::string("See https://docs.docker.com/go/dockerfile/rule/maintainer-deprecated/"));
    QCOMPARE(warnings[0].where.line, 5);
    QCOMPARE(warnings[1].where.line, 0);
    QCOMPARE(warnings[2].message, std::string("AtTheEnd: Over two lines"));
    QCOMPARE(recorded.recording->steps().failure().where.line, 0);
    Recorded failing("WARNING: Some - https://docs.docker.com/x\nERROR: failed to build\n");
    failing.finish();
    QCOMPARE(failing.recording->steps().failure().message, std::string("failed to build"));
    QCOMPARE(failing.recording->steps().warnings().size(), std::size_t(1));
}

void TestRecording::aCutLogIsMadeAnew()
{
    Recorded recorded(stream("multi.jsonl"));
    recorded.finish();
    const Lines lines = recorded.lines();
    const std::filesystem::path log = recorded.path() / build::logFile;
    std::filesystem::resize_file(log, std::filesystem::file_size(log) - 10);
    QCOMPARE(build::Log::open(log, recorded.path() / build::indexFile).error().id, std::string("log-cut"));
    build::BuildRecord record;
    record.folder = recorded.path();
    const auto opened = build::openLog(record);
    QVERIFY(opened);
    QCOMPARE((*opened)->lines(), std::uint64_t(lines.size()));
    QCOMPARE((*opened)->file(), log);
    QVERIFY(build::Log::open(log, recorded.path() / build::indexFile));
}

void TestRecording::aFailedReplayLeavesTheLog()
{
    Recorded recorded(stream("multi.jsonl"));
    recorded.finish();
    const QString log = recorded.folder.filePath(build::logFile);
    const QByteArray before = testdata::read(log);
    QVERIFY(!before.isEmpty());
    std::filesystem::remove(recorded.path() / build::indexFile);
    std::filesystem::remove(recorded.path() / build::streamFile);
    QVERIFY(!build::Recording::replay(recorded.path(), ""));
    QCOMPARE(testdata::read(log), before);
    QCOMPARE(QDir(recorded.folder.path()).entryList(QDir::Files), QStringList(QString::fromLatin1(build::logFile)));
}

// What the last record held is read up to where it was cut.
void TestRecording::cutInTheMiddleOfALine()
{
    const std::string last = logLine("a", "two and more\n");
    Recorded recorded(logLine("a", "one\n") + last.substr(0, last.find("\",\"timestamp") - 3));
    const auto again = build::Recording::replay(recorded.path(), "");
    QVERIFY(again);
    const auto lines = (*again)->log()->read(0, 9);
    QCOMPARE(lines.size(), std::size_t(2));
    QCOMPARE(lines[1].bytes, std::string("two and more"));
    QVERIFY(lines[1].step != build::Steps::noStep);
}

void TestRecording::brokenIndex()
{
    Recorded recorded(stream("fail.jsonl"));
    recorded.finish();
    const QString path = recorded.folder.filePath(build::indexFile);
    const QByteArray whole = testdata::read(path);
    for (const QByteArray &bytes :
         {QByteArray(), whole.left(20), whole.chopped(1), QByteArray("x") + whole.mid(1), whole + "x"}) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(bytes);
        file.close();
        QCOMPARE(build::Log::open(recorded.path() / build::logFile, path.toStdString()).error().id,
                 std::string("log-index-broken"));
    }
}

void TestRecording::sixteenBytesALine()
{
    std::string chunk;
    for (int i = 0; i < 10'000; ++i)
        chunk += "line\n";
    Recorded recorded("");
    for (int i = 0; i < 30; ++i)
        QVERIFY(recorded.recording->write(logLine(i % 3 ? "a" : "b", chunk)));
    const auto log = recorded.recording->log();
    QCOMPARE(log->lines(), std::uint64_t(300'000));
    QVERIFY(log->indexBytes() <= 300'000 * 16);
}

void TestRecording::fullDisk()
{
    Recorded recorded("");
    rlimit before = {};
    ::getrlimit(RLIMIT_FSIZE, &before);
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit small = {4096, before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
    const auto first = recorded.recording->write(logLine("a", "fits\n"));
    const auto second = recorded.recording->write(logLine("a", std::string(8000, 'x') + "\n"));
    ::setrlimit(RLIMIT_FSIZE, &before);
    QVERIFY(first);
    QVERIFY(!second);
    QCOMPARE(second.error().id, std::string("log-unwritable"));
    QCOMPARE(recorded.lines(), Lines{"fits"});
}

QTEST_APPLESS_MAIN(TestRecording)
#include "tst_recording.moc"
