// The history of builds: kept, found, limited, shared, and read after a crash.
#include "keptbuilds.h"

#include "build/database.h"
#include "build/estimate.h"
#include "build/history.h"
#include "build/recordjson.h"

#include <QProcess>
#include <QtTest>

#include <atomic>
#include <fstream>
#include <thread>

#include <signal.h>

using namespace runner;
using namespace recordings;
using build::Outcome;

class TestHistory final : public KeptBuildsTest
{
    Q_OBJECT

private slots:
    void init() { setUp(); }
    void keepsEverything();
    void filters();
    void estimatesByEarlierOnesOnly();
    void checksAreNoBuilds();
    void twoConsoles();
    void endsWhileAnotherOpens();
    void deadBuildsThatCannotBeKept();
    void survivesAKill();
    void newerSchema();
    void olderSchema();
    void contexts();
    void json();
};

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
    QVERIFY(std::filesystem::exists(record.folder / build::compressedStreamFile)); // As of any finished build.
    QVERIFY(!std::filesystem::exists(record.folder / build::streamFile));
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
