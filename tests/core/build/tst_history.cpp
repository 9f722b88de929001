// The history of builds: kept, found, limited, shared, and read after a crash.
#include "obstacles.h"
#include "recordings.h"

#include "build/database.h"
#include "build/estimate.h"
#include "build/history.h"
#include "build/recordjson.h"
#include "build/zstdfile.h"

#include <QProcess>
#include <QtTest>

#include <atomic>
#include <fstream>
#include <thread>

#include <signal.h>

using namespace runner;
using namespace recordings;
using build::Outcome;

namespace {

build::Request request(const std::string &platform = "linux/amd64")
{
    build::Request request;
    request.folder = "/nowhere";
    request.context = "pack/cuda";
    request.dockerfile = "pack/cuda/Dockerfile";
    request.backend = "cuda";
    request.target = "vllm";
    request.platform = platform;
    request.platformTag =
        "cuda12.9-vllm0.17.1-" + std::string(platform == "linux/amd64" ? "linux-amd64" : "linux-arm64");
    request.images = {"gpustack/runner:" + request.platformTag};
    return request;
}

build::RunEnd endOf(Outcome outcome)
{
    build::RunEnd end;
    end.outcome = outcome;
    end.exitCode = outcome == Outcome::Succeeded ? 0 : 1;
    end.ended = build::currentTime();
    if (outcome != Outcome::Succeeded)
        end.problems = {{"build-failed", Severity::Error, {"pack/cuda/Dockerfile", 23, 0}, "RUN failed", "Mend it"}};
    end.metadata.digest = "sha256:1";
    end.metadata.materials = {{"pkg:docker/base", "2"}};
    return end;
}

/// Keeps a build whose output is a recorded stream; gives its identifier.
std::int64_t keep(build::History &history, const char *name, Outcome outcome, const build::Request &asked = request())
{
    const auto record = history.begin(asked, {{"abc", true}, {}, {}});
    if (!record)
        return 0;
    const auto recording = build::Recording::create(record->folder, asked.dockerfile);
    const bool written = (*recording)->write(stream(name)) && (*recording)->finish();
    return written && history.end(record->id, endOf(outcome), recording->get()) ? record->id : 0;
}

} // namespace

class TestHistory : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<build::History> m_history;

    std::filesystem::path path() const { return std::filesystem::path(m_folder.path().toStdString()) / "state"; }
    std::unique_ptr<build::History> open() const { return std::move(*build::History::open(path())); }

private slots:
    void init();
    void keepsEverything();
    void filters();
    void estimatesByEarlierOnesOnly();
    void checksAreNoBuilds();
    void compresses();
    void limitsDisk();
    void removes();
    void twoConsoles();
    void endsWhileAnotherOpens();
    void deadBuildsThatCannotBeKept();
    void survivesAKill();
    void readsWhereNothingCanBeWritten();
    void fullDisk();
    void readsOnAFullDisk();
    void keepsRoomForTheEnd();
    void brokenFiles();
    void newerSchema();
    void olderSchema();
    void contexts();
    void json();
};

void TestHistory::init()
{
    m_history.reset();
    std::filesystem::remove_all(path());
    m_history = open();
    QVERIFY(m_history);
}

void TestHistory::keepsEverything()
{
    const auto id = keep(*m_history, "fail.jsonl", Outcome::Failed);
    QVERIFY(id > 0);
    m_history = open();
    const auto record = m_history->find(id);
    QVERIFY(record);
    QVERIFY(record->request == request());
    QCOMPARE(record->git, (build::GitState{"abc", true}));
    QCOMPARE(record->outcome, Outcome::Failed);
    QCOMPARE(record->exitCode, 1);
    QCOMPARE(record->metadata, endOf(Outcome::Failed).metadata);
    QCOMPARE(record->problems, endOf(Outcome::Failed).problems);
    QVERIFY(record->steps > 1 && record->lines > 5 && record->ended >= record->started && record->started > 0);
    const auto steps = m_history->steps(id);
    QVERIFY(steps && steps->size() > std::size_t(record->steps));
    const auto failed =
        std::find_if(steps->begin(), steps->end(), [](const auto &s) { return s.state == build::StepState::Failed; });
    QVERIFY(failed != steps->end() && failed->busy > 0 && !failed->error.empty());
    const auto log = build::openLog(*record);
    QVERIFY(log);
    QCOMPARE((*log)->lines(), record->lines);
    const auto cached = m_history->find(keep(*m_history, "cached.jsonl", Outcome::Succeeded));
    QVERIFY(cached->steps > 3);
    QCOMPARE(cached->cachedSteps, cached->steps);
    QCOMPARE(m_history->find(99).error().id, std::string("build-unknown"));
}

void TestHistory::filters()
{
    const auto one = keep(*m_history, "success.jsonl", Outcome::Succeeded);
    const auto two = keep(*m_history, "fail.jsonl", Outcome::Failed, request("linux/arm64"));
    const auto running = m_history->begin(request(), {});
    const auto ids = [&](const build::HistoryFilter &filter) {
        QList<qint64> found;
        const auto records = m_history->list(filter);
        for (const auto &record : *records)
            found.append(record.id);
        return found;
    };
    using Ids = QList<qint64>;
    QCOMPARE(ids({}), (Ids{running->id, two, one}));
    QCOMPARE(ids({.platform = "linux/arm64"}), Ids{two});
    QCOMPARE(ids({.outcome = Outcome::Succeeded}), Ids{one});
    QCOMPARE(ids({.running = true}), Ids{running->id});
    QCOMPARE(ids({.text = "VLLM0.17.1-linux-arm"}), Ids{two});
    QCOMPARE(ids({.text = "'; DROP TABLE builds; --%"}), Ids());
    QCOMPARE(ids({.before = two}), Ids{one});
    QCOMPARE(ids({.count = 1}), Ids{running->id});
    QCOMPARE(ids({.folder = "/elsewhere"}), Ids());
    QCOMPARE(ids({.backend = "cuda"}), (Ids{running->id, two, one}));
    QCOMPARE(ids({.backend = "corex"}), Ids());
}

void TestHistory::estimatesByEarlierOnesOnly()
{
    const auto first = keep(*m_history, "success.jsonl", Outcome::Succeeded);
    const auto second = keep(*m_history, "success.jsonl", Outcome::Succeeded);
    QVERIFY(!build::estimateDuration(*m_history, request(), first));
    QCOMPARE(build::estimateDuration(*m_history, request(), second)->runs, 1);
    QCOMPARE(build::estimateDuration(*m_history, request())->runs, 2);
}

/// A check says nothing of what a build would find in the cache, nor how long it would take.
void TestHistory::checksAreNoBuilds()
{
    build::Request check = request();
    check.call = build::Call::Check;
    keep(*m_history, "success.jsonl", Outcome::Succeeded, check);
    const auto built = m_history->find(keep(*m_history, "success.jsonl", Outcome::Succeeded));
    QVERIFY(m_history->list(build::successBefore(*built))->empty());
    QCOMPARE(build::estimateDuration(*m_history, request())->runs, 1);
    const auto again = m_history->find(keep(*m_history, "success.jsonl", Outcome::Succeeded));
    QCOMPARE(m_history->list(build::successBefore(*again))->front().id, built->id);
}

void TestHistory::compresses()
{
    const auto record = m_history->find(keep(*m_history, "biglog.jsonl", Outcome::Succeeded));
    const std::string before = stream("biglog.jsonl");
    QVERIFY(build::compressRecording(record->folder));
    QVERIFY(!std::filesystem::exists(record->folder / build::streamFile));
    QVERIFY(std::filesystem::file_size(record->folder / build::compressedStreamFile) < before.size() / 3);
    std::string after;
    QVERIFY(build::readCompressed(record->folder / build::compressedStreamFile, [&](std::string_view bytes) {
        after += bytes;
        return true;
    }));
    QVERIFY(after == before);
    std::filesystem::remove(record->folder / build::indexFile);
    const auto log = build::openLog(*record);
    QVERIFY(log);
    QCOMPARE((*log)->lines(), record->lines);
}

void TestHistory::limitsDisk()
{
    const auto one = keep(*m_history, "biglog.jsonl", Outcome::Succeeded);
    const auto two = keep(*m_history, "biglog.jsonl", Outcome::Succeeded);
    QVERIFY(build::compressRecording(m_history->find(one)->folder));
    QVERIFY(build::compressRecording(m_history->find(two)->folder));
    const std::uint64_t all = m_history->diskUse();
    QVERIFY(*m_history->limitDisk(all) == all);
    QVERIFY(*m_history->limitDisk(all - 1) < all);
    QVERIFY(!std::filesystem::exists(m_history->find(one)->folder / build::logFile));
    QVERIFY(std::filesystem::exists(m_history->find(two)->folder / build::logFile));
    QVERIFY(build::openLog(*m_history->find(one))); // made anew
    QVERIFY(m_history->limitDisk(0));
    QVERIFY(m_history->list()->empty());
    QCOMPARE(m_history->diskUse(), std::uint64_t(0));
}

void TestHistory::removes()
{
    const auto id = keep(*m_history, "success.jsonl", Outcome::Succeeded);
    const auto running = m_history->begin(request(), {});
    QCOMPARE(m_history->remove(running->id).error().id, std::string("build-running"));
    QVERIFY(m_history->remove(id));
    QVERIFY(!std::filesystem::exists(path() / "builds" / std::to_string(id)));
    QVERIFY(m_history->steps(id)->empty());
}

void TestHistory::twoConsoles()
{
    const auto other = open();
    const auto mine = m_history->begin(request(), {});
    QCOMPARE(*other->recover(), 0); // it is alive
    QVERIFY(other->find(mine->id)->isRunning());
    QThread *writer = QThread::create([&] {
        const auto third = open();
        for (int i = 0; i < 20; ++i)
            keep(*third, "success.jsonl", Outcome::Succeeded);
    });
    writer->start();
    for (int i = 0; i < 20; ++i)
        QVERIFY(keep(*other, "success.jsonl", Outcome::Succeeded) > 0);
    QVERIFY(writer->wait(60000));
    delete writer;
    QCOMPARE(m_history->list()->size(), std::size_t(41));
    QVERIFY(m_history->end(mine->id, endOf(Outcome::Cancelled), nullptr));
    QCOMPARE(other->find(mine->id)->outcome, Outcome::Cancelled);
}

/// A console that opens the history looks for dead builds, and finds some that are just ending.
void TestHistory::endsWhileAnotherOpens()
{
    std::atomic<bool> done = false;
    std::thread opener([&] {
        while (!done)
            open();
    });
    int kept = 0;
    for (int i = 0; i < 200; ++i)
        kept += keep(*m_history, "success.jsonl", Outcome::Succeeded) > 0;
    done = true;
    opener.join();
    QCOMPARE(kept, 200);
    const auto records = m_history->list({});
    for (const build::BuildRecord &record : *records)
        QCOMPARE(record.outcome, Outcome::Succeeded);
}

/// With a full disk nothing can be written of a build whose console died; it does not run for all that.
void TestHistory::deadBuildsThatCannotBeKept()
{
    const auto other = open();
    const auto mine = m_history->begin(request(), {});
    QVERIFY(other->database().run(QStringLiteral("PRAGMA query_only = 1"), {}));
    m_history.reset();
    QCOMPARE(*other->recover(), 0);
    QCOMPARE(other->find(mine->id)->outcome, Outcome::Interrupted);
    QCOMPARE(other->list()->front().outcome, Outcome::Interrupted);
    QVERIFY(other->database().run(QStringLiteral("PRAGMA query_only = 0"), {}));
    QCOMPARE(*other->recover(), 1);
}

void TestHistory::survivesAKill()
{
    m_history.reset();
    QProcess console;
    console.start(QCoreApplication::applicationFilePath(), {"--console", QString::fromStdString(path().string())});
    QVERIFY(console.waitForReadyRead());
    ::kill(pid_t(console.processId()), SIGKILL);
    console.waitForFinished();
    m_history = open();
    const auto records = m_history->list();
    QCOMPARE(records->size(), std::size_t(1));
    const build::BuildRecord &record = records->front();
    QCOMPARE(record.outcome, Outcome::Interrupted);
    QCOMPARE(record.problems.front().id, std::string("build-interrupted"));
    const auto log = build::openLog(record);
    QVERIFY(log);
    QCOMPARE((*log)->lines(), record.lines);
    QCOMPARE((*log)->read(record.lines - 1, 1).front().bytes, std::string("the last words"));
    QVERIFY(!m_history->steps(record.id)->empty());
}

void TestHistory::readsWhereNothingCanBeWritten()
{
    const auto record = m_history->find(keep(*m_history, "success.jsonl", Outcome::Succeeded));
    for (const char *name : {build::logFile, build::indexFile})
        std::filesystem::remove(record->folder / name);
    std::filesystem::create_directory(record->folder / build::logFile);
    const auto log = build::openLog(*record);
    QVERIFY(log);
    QVERIFY((*log)->isInMemory());
    QVERIFY(record->lines > 0);
    QCOMPARE((*log)->lines(), record->lines);
    QCOMPARE((*log)->read(0, record->lines).size(), std::size_t(record->lines));
    std::ifstream found((*log)->file(), std::ios::binary); // As whoever searches it reads it.
    const std::string text((std::istreambuf_iterator<char>(found)), std::istreambuf_iterator<char>());
    QCOMPARE(text.size(), std::size_t((*log)->size()));
    // A dead one too gets its lines, steps and times.
    const auto dead = m_history->begin(request(), {});
    std::ofstream(dead->folder / build::streamFile, std::ios::binary) << stream("success.jsonl");
    std::filesystem::create_directory(dead->folder / build::logFile);
    m_history.reset();
    m_history = open();
    const auto ended = m_history->find(dead->id);
    QCOMPARE(ended->outcome, Outcome::Interrupted);
    QCOMPARE(ended->lines, record->lines);
    QVERIFY(!m_history->steps(dead->id)->empty());
    QVERIFY(!std::filesystem::exists(dead->folder / "reserve"));
}

void TestHistory::fullDisk()
{
    QVERIFY(m_history->database().run(QStringLiteral("PRAGMA max_page_count = 1"), {})); // As many as there are.
    Result<bool> kept = true;
    for (int i = 0; i < 1000 && kept; ++i)
        kept = m_history->database().run(
            QStringLiteral("INSERT INTO queue (plan, request, waits_for) VALUES (1, ?, '')"), {QString(10'000, u'x')});
    QVERIFY(!kept);
    QCOMPARE(kept.error().id, std::string("history-full"));
    QCOMPARE(kept.error().message, std::string("The disk is full: the history of builds cannot be kept"));
}

/// What is there can be read; what could not be recorded does not begin.
void TestHistory::readsOnAFullDisk()
{
    m_history.reset();
    const obstacles::SmallDisk disk(path(), "3m");
    if (!disk.isMounted())
        QSKIP("a small disk cannot be mounted here");
    m_history = open();
    const auto id = keep(*m_history, "success.jsonl", Outcome::Succeeded);
    m_history.reset();
    const std::filesystem::path rest = path() / "rest";
    std::ofstream fill(rest, std::ios::binary);
    while (fill << std::string(4096, 'x') << std::flush) {
    }
    fill.close();
    m_history = open();
    QVERIFY(m_history);
    QCOMPARE(m_history->list()->size(), std::size_t(1));
    QVERIFY(!m_history->steps(id)->empty());
    QVERIFY(build::openLog(*m_history->find(id)));
    QCOMPARE(m_history->begin(request(), {}).error().id, std::string("history-full"));
    QCOMPARE(m_history->list()->size(), std::size_t(1));
    std::filesystem::resize_file(rest, std::filesystem::file_size(rest) - 100'000);
    m_history.reset();
    m_history = open();
    QCOMPARE(m_history->begin(request(), {}).error().id, std::string("history-full"));
    std::filesystem::remove(rest);
    const auto begun = m_history->begin(request(), {});
    QVERIFY2(begun, begun ? "" : (begun.error().id + begun.error().message).c_str());
    QCOMPARE(m_history->list()->size(), std::size_t(2));
    m_history.reset();
}

void TestHistory::keepsRoomForTheEnd()
{
    const auto record = m_history->begin(request(), {});
    QVERIFY(std::filesystem::file_size(record->folder / "reserve") > 100'000);
    QVERIFY(m_history->end(record->id, endOf(Outcome::Failed), nullptr));
    QVERIFY(!std::filesystem::exists(record->folder / "reserve"));
    QCOMPARE(m_history->requestCancel(record->id).error().message,
             "The build " + std::to_string(record->id) + " does not run: it failed");
    const auto other = m_history->begin(request(), {});
    QVERIFY(m_history->end(other->id, endOf(Outcome::Cancelled), nullptr));
    QCOMPARE(m_history->requestCancel(other->id).error().message,
             "The build " + std::to_string(other->id) + " does not run: it was cancelled");
}

void TestHistory::brokenFiles()
{
    const auto record = m_history->find(keep(*m_history, "success.jsonl", Outcome::Succeeded));
    QVERIFY(build::compressRecording(record->folder));
    std::filesystem::resize_file(record->folder / build::compressedStreamFile, 200);
    std::filesystem::remove(record->folder / build::indexFile);
    QCOMPARE(build::openLog(*record).error().id, std::string("file-unreadable"));
    std::ofstream(record->folder / build::compressedStreamFile) << "no zstd";
    QCOMPARE(build::openLog(*record).error().id, std::string("file-unreadable"));
    m_history.reset();
    std::ofstream(path() / "history.sqlite") << std::string(5000, 'x');
    QCOMPARE(build::History::open(path()).error().id, std::string("history-unreadable"));
    QCOMPARE(build::History::open("/dev/null/x").error().id, std::string("folder-unwritable"));
}

/// Version 1 had no plans.
void TestHistory::olderSchema()
{
    m_history->begin(build::Request{}, {});
    m_history.reset();
    QProcess sqlite;
    sqlite.start("sqlite3", {QString::fromStdString((path() / "history.sqlite").string()),
                             "DROP TABLE plans; PRAGMA user_version = 1"});
    if (!sqlite.waitForFinished() || sqlite.exitCode() != 0)
        QSKIP("sqlite3 is not installed");
    QCOMPARE(open()->list()->size(), std::size_t(1));
    sqlite.start("sqlite3",
                 {QString::fromStdString((path() / "history.sqlite").string()), "SELECT count(*) FROM plans"});
    QVERIFY(sqlite.waitForFinished() && sqlite.exitCode() == 0);
}

void TestHistory::newerSchema()
{
    m_history.reset();
    QProcess sqlite;
    sqlite.start("sqlite3", {QString::fromStdString((path() / "history.sqlite").string()), "PRAGMA user_version = 99"});
    if (!sqlite.waitForStarted())
        QSKIP("sqlite3 is not installed");
    QVERIFY(sqlite.waitForFinished());
    QVERIFY(build::History::open(path()).error().message.find("newer") != std::string::npos);
}

void TestHistory::contexts()
{
    const QTemporaryDir centre;
    const auto write = [&](const char *name, const char *text) {
        QDir().mkpath(QFileInfo(centre.filePath(name)).path());
        std::ofstream(centre.filePath(name).toStdString()) << text;
    };
    write("pack/cuda/Dockerfile", "FROM x\n");
    write("pack/cuda/patch", "one");
    write("pack/common/install", "a");
    build::Request asked = request();
    asked.folder = centre.path().toStdString();
    asked.contexts = {{"common", "pack/common"}, {"base", "docker-image://x"}};
    const auto record = m_history->begin(asked, build::readInputs(asked));
    QVERIFY(record);
    QCOMPARE(m_history->dockerfileOf(*record), std::string("FROM x\n"));
    const auto before = m_history->contextFilesOf(*record);
    QCOMPARE(before.size(), std::size_t(3));
    write("pack/cuda/patch", "two");
    write("pack/cuda/new", "");
    QFile::remove(centre.filePath("pack/common/install"));
    QCOMPARE(build::changedFiles(before, build::readContextFiles(asked)),
             (std::vector<std::string>{"pack/common/install", "pack/cuda/new", "pack/cuda/patch"}));
    const auto written = build::readContextFiles(asked);
    QFile program(centre.filePath("pack/cuda/new"));
    QVERIFY(program.setPermissions(program.permissions() | QFileDevice::ExeOwner));
    QVERIFY(QFile::link("patch", centre.filePath("pack/cuda/link")));
    const auto changed = build::readContextFiles(asked);
    QCOMPARE(build::changedFiles(written, changed), (std::vector<std::string>{"pack/cuda/link", "pack/cuda/new"}));
    QCOMPARE(changed.at("pack/cuda/link"), std::string("link:patch"));
    QVERIFY(build::contextFilesFromJson("[").empty() && build::contextFilesFromJson("{\"a\":1}").empty());
}

void TestHistory::json()
{
    const auto id = keep(*m_history, "fail.jsonl", Outcome::Failed);
    const auto object = QJsonDocument::fromJson(
                            QByteArray::fromStdString(build::buildJson(*m_history->find(id), *m_history->steps(id))))
                            .object();
    QCOMPARE(object["result"].toString(), QString("failed"));
    QCOMPARE(object["problems"].toArray()[0].toObject()["line"].toInt(), 23);
    QVERIFY(object["step_list"].toArray().size() > 3);
    QCOMPARE(build::describeTime(1795423092462924448), std::string("2026-11-23T08:38:12.462Z"));
    QVERIFY(build::problemsFromJson("[1,{\"id\":2},null]").size() == 1);
    QCOMPARE(build::metadataFromJson("{\"materials\":[1,{\"uri\":3}]}").materials.size(), std::size_t(1));
}

namespace {

// A console that begins a build, writes part of its output, says so and waits for its end.
int console(const char *folder)
{
    const auto history = build::History::open(folder);
    const auto record = (*history)->begin(request(), {});
    const auto recording = build::Recording::create(record->folder, "pack/cuda/Dockerfile");
    if (!(*recording)->write(stream("daemon-killed.jsonl") + logLine("a", "the last words")))
        return 1;
    std::puts("written");
    std::fflush(stdout);
    ::pause();
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc == 3 && std::string_view(argv[1]) == "--console")
        return console(argv[2]);
    TestHistory test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_history.moc"
