#include "text/recovery.h"
#include "text/savefile.h"
#include "testdata.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QThread>

#include <filesystem>
#include <random>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace runner;
using namespace runner::text;
namespace fs = std::filesystem;

class TestSaveFile : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    fs::path path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)).toStdString(); }
    static std::string bytes(const fs::path &file) { return testdata::read(QString::fromStdString(file)).toStdString(); }
    static std::string idOf(const Result<FileStamp> &saved) { return saved ? "" : saved.error().id; }

private slots:
    void keepsModeAndSymlink()
    {
        const fs::path file = path("real");
        QVERIFY(saveFile(file, "real", "one"));
        fs::permissions(file, fs::perms(0640));
        fs::create_symlink("real", path("link"));
        QVERIFY(saveFile(path("link"), "link", "two"));
        QVERIFY(fs::is_symlink(path("link")));
        QCOMPARE(bytes(file), std::string("two"));
        QCOMPARE(fs::status(file).permissions(), fs::perms(0640));
    }

    void newFilesFollowTheMask()
    {
        const mode_t mask = ::umask(027);
        QVERIFY(saveFile(path("new"), "new", "x"));
        ::umask(mask);
        QCOMPARE(fs::status(path("new")).permissions(), fs::perms(0640));
    }

    void refusesWithTheReason()
    {
        const fs::path file = path("old");
        QVERIFY(saveFile(file, "old", "old"));
        fs::permissions(file, fs::perms(0444));
        QCOMPARE(idOf(saveFile(file, "old", "new")), std::string("file-read-only"));
        fs::permissions(file, fs::perms(0644));
        const FileStamp before = stampOf(file);
        QVERIFY(saveFile(file, "old", "other"));
        QCOMPARE(idOf(saveFile(file, "old", "new", before)), std::string("file-changed-on-disk"));
        fs::remove(file);
        QCOMPARE(idOf(saveFile(file, "old", "new", before)), std::string("file-changed-on-disk"));
        QCOMPARE(idOf(saveFile(path("gone") / "file", "file", "new")), std::string("folder-missing"));
        fs::create_directory(path("folder"));
        QCOMPARE(idOf(saveFile(path("folder"), "folder", "new")), std::string("file-not-regular"));
        QVERIFY(bytes(file).empty());
    }

    void aFullDiskLeavesTheOldFile()
    {
        const fs::path disk = path("disk");
        fs::create_directory(disk);
        if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=64k") != 0)
            QSKIP("a small file system cannot be mounted here");
        const Result<FileStamp> first = saveFile(disk / "file", "file", "old");
        const Result<FileStamp> second = saveFile(disk / "file", "file", std::string(1'000'000, 'x'));
        const std::string kept = bytes(disk / "file");
        const auto count = std::distance(fs::directory_iterator(disk), fs::directory_iterator());
        ::umount(disk.c_str());
        QVERIFY(first);
        QCOMPARE(idOf(second), std::string("disk-full"));
        QCOMPARE(kept, std::string("old"));
        QCOMPARE(count, 1);
    }

    void recoversWork()
    {
        const RecoveryStore store(path("state"));
        const RecoveredText work{"/some/file", "new ä\n", "old\n", true, 0};
        QVERIFY(store.keep(work));
        const auto found = store.find("/some/file");
        QVERIFY(found);
        QCOMPARE(found->text, work.text);
        QCOMPARE(found->base, work.base);
        QVERIFY(found->hasByteOrderMark);
        QCOMPARE(store.all().size(), std::size_t{1});
        QVERIFY(!store.find("/other/file"));
        store.forget("/some/file");
        QVERIFY(store.all().empty());
    }

    void survivesKill()
    {
        const fs::path file = path("target");
        const fs::path state = path("kept");
        std::mt19937 generator(4711);
        for (int i = 0; i < 200; ++i) {
            QProcess saver;
            saver.start(QStringLiteral(SAVER), {QString::fromStdString(file), QString::fromStdString(state)});
            QVERIFY(saver.waitForStarted());
            QVERIFY(saver.waitForReadyRead(30000));
            QThread::usleep(std::uniform_int_distribution<unsigned long>(0, 4000)(generator));
            saver.kill();
            QVERIFY(saver.waitForFinished(30000));
            const std::string saved = bytes(file);
            QCOMPARE(saved.size(), std::size_t{300'000});
            QCOMPARE(saved.find_first_not_of(saved.front()), std::string::npos);
            const auto work = RecoveryStore(state).find(file);
            QVERIFY(work);
            QCOMPARE(work->text.size(), std::size_t{300'000});
            QCOMPARE(work->text.find_first_not_of(work->text.front()), std::string::npos);
        }
        removeLeftovers(file);
        int leftovers = 0;
        for (const auto &entry : fs::directory_iterator(file.parent_path()))
            leftovers += entry.path().extension() == ".saving" ? 1 : 0;
        QCOMPARE(leftovers, 0);
    }
};

QTEST_APPLESS_MAIN(TestSaveFile)
#include "tst_savefile.moc"
