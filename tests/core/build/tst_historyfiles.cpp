// The files of the history of builds: compressed, limited, removed, broken, and on a disk that is full.
#include "keptbuilds.h"
#include "obstacles.h"

#include "build/database.h"
#include "build/history.h"
#include "build/zstdfile.h"

#include <QtTest>

#include <fstream>

using namespace runner;
using namespace recordings;
using build::Outcome;

class TestHistoryFiles final : public KeptBuildsTest
{
    Q_OBJECT

private slots:
    void init() { setUp(); }
    void compresses();
    void limitsDisk();
    void removes();
    void readsWhereNothingCanBeWritten();
    void fullDisk();
    void readsOnAFullDisk();
    void keepsRoomForTheEnd();
    void brokenFiles();
};

void TestHistoryFiles::compresses()
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

void TestHistoryFiles::limitsDisk()
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

void TestHistoryFiles::removes()
{
    const auto id = keep(*m_history, "success.jsonl", Outcome::Succeeded);
    const auto running = m_history->begin(request(), {});
    QCOMPARE(m_history->remove(running->id).error().id, std::string("build-running"));
    QVERIFY(m_history->remove(id));
    QVERIFY(!std::filesystem::exists(path() / "builds" / std::to_string(id)));
    QVERIFY(m_history->steps(id)->empty());
}

void TestHistoryFiles::readsWhereNothingCanBeWritten()
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

void TestHistoryFiles::fullDisk()
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
void TestHistoryFiles::readsOnAFullDisk()
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

void TestHistoryFiles::keepsRoomForTheEnd()
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

void TestHistoryFiles::brokenFiles()
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

QTEST_GUILESS_MAIN(TestHistoryFiles)
#include "tst_historyfiles.moc"
