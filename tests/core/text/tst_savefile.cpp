#include "obstacles.h"
#include "testdata.h"
#include "text/recovery.h"
#include "text/savefile.h"

#include <QProcess>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QThread>

#include <csignal>
#include <filesystem>
#include <random>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
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
    static std::string bytes(const fs::path &file)
    {
        return testdata::read(QString::fromStdString(file)).toStdString();
    }
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

    /// What to do about it depends on what forbids it.
    void saysWhatKeepsItFromWriting()
    {
        const fs::path disk = path("mounted");
        fs::create_directory(disk);
        if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=64k") != 0)
            QSKIP("a small file system cannot be mounted here");
        const auto unmount = qScopeGuard([&disk] { ::umount2(disk.c_str(), MNT_DETACH); });
        fs::permissions(disk, fs::perms(0777));
        fs::permissions(m_folder.path().toStdString(), fs::perms(0755));
        QVERIFY(saveFile(disk / "file", "file", "old"));
        {
            const obstacles::WithoutRoot ordinary;
            QVERIFY(ordinary.isDone());
            const auto foreign = saveFile(disk / "file", "file", "new");
            QCOMPARE(idOf(foreign), std::string("file-read-only"));
            QVERIFY2(foreign.error().message.find("another user") != std::string::npos,
                     foreign.error().message.c_str());
            QVERIFY2(foreign.error().advice.find("owner") != std::string::npos, foreign.error().advice.c_str());
        }
        for (const auto mode : {0644, 0444}) {
            QCOMPARE(::mount("tmpfs", disk.c_str(), "tmpfs", MS_REMOUNT, "size=64k"), 0);
            fs::permissions(disk / "file", fs::perms(mode));
            QCOMPARE(::mount("tmpfs", disk.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, "size=64k"), 0);
            const auto refused = saveFile(disk / "file", "file", "new");
            QCOMPARE(idOf(refused), std::string("file-read-only"));
            QVERIFY2(refused.error().message.find("mounted read-only") != std::string::npos,
                     refused.error().message.c_str());
            QVERIFY2(refused.error().advice.find("chmod") == std::string::npos, refused.error().advice.c_str());
        }
        QCOMPARE(bytes(disk / "file"), std::string("old"));
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

    /// The number of a process may be another one's by now: after the machine was started again, say.
    void anotherProcessWithThatNumberHoldsNothing()
    {
        const fs::path folder = path("numbers");
        fs::create_directory(folder);
        const auto leave = [&](const std::string &start) {
            const std::string text = R"({"file": "/some/file", "time": 1, "process": )" + std::to_string(::getppid())
                                     + start + R"(, "text": "new", "base": "old"})";
            return saveFile(folder / "0123.unsaved", "left", text).has_value();
        };
        const RecoveryStore store(folder);
        QVERIFY(leave({})); // By an older version, and its process may be there.
        QVERIFY(store.all().empty());
        if (!fs::exists("/proc/self/stat"))
            QSKIP("no /proc: processes have numbers only");
        QVERIFY(leave(R"(, "start": "another boot/1")"));
        QCOMPARE(store.all().size(), std::size_t{1});
        QCOMPARE(store.all().front().text, std::string("new"));
        store.forget(store.all().front());
        QVERIFY(!fs::exists(folder / "0123.unsaved"));
    }

    /// A killed process that nobody has waited for; and what it left stays beside what is kept for the same file now.
    void workOfOthersIsNotWrittenOver()
    {
        const RecoveryStore store(path("others"));
        int written[2];
        QCOMPARE(::pipe(written), 0);
        const pid_t other = ::fork();
        QVERIFY(other >= 0);
        if (other == 0) {
            const bool kept = store.keep({"/some/file", "theirs", "old", false, 0}).has_value();
            if (::write(written[1], kept ? "k" : "-", 1) == 1)
                ::pause();
            ::_exit(0);
        }
        bool waited = false;
        const auto end = qScopeGuard([&] { // However this test ends.
            if (!waited && ::kill(other, SIGKILL) == 0)
                ::waitpid(other, nullptr, 0);
            ::close(written[0]);
            ::close(written[1]);
        });
        char answer = 0;
        QCOMPARE(::read(written[0], &answer, 1), ssize_t{1});
        QCOMPARE(answer, 'k');
        QVERIFY(store.all().empty()); // It is at work on it.
        QVERIFY(store.keep({"/some/file", "ours", "old", false, 0}));
        QCOMPARE(store.all().size(), std::size_t{1});
        QCOMPARE(store.find("/some/file")->text, std::string("ours"));
        ::kill(other, SIGKILL);
        siginfo_t ended;
        QCOMPARE(::waitid(P_PID, static_cast<id_t>(other), &ended, WEXITED | WNOWAIT), 0); // It stays a zombie.
        const std::size_t seen = store.all().size();
        store.forget("/some/file");
        const auto left = store.find("/some/file");
        waited = ::waitpid(other, nullptr, 0) == other;
        QVERIFY(waited);
        if (fs::exists("/proc/self/stat"))
            QCOMPARE(seen, std::size_t{2});
        QVERIFY(left || !fs::exists("/proc/self/stat"));
        QCOMPARE(store.find("/some/file")->text, std::string("theirs"));
    }

    /// A writer that was killed leaves its temporary file: the next one takes it away, and nothing else.
    void savingTakesAwayWhatTheDeadLeft()
    {
        const fs::path folder = path("leftovers");
        fs::create_directory(folder);
        const auto put = [&folder](const std::string &name) {
            QFile file(QString::fromStdString(folder / name));
            return file.open(QIODevice::WriteOnly) && file.write("half") == 4;
        };
        const std::string dead = "2147483646"; // More than any process has.
        const std::vector<std::string> gone{".file." + dead + "-1.saving", ".file." + dead + "-4294967295.saving"};
        const std::vector<std::string> kept{".file." + std::to_string(::getpid()) + "-1.saving", // At work.
                                            ".file.bak." + dead + "-1.saving",                   // Another file's.
                                            ".file." + dead + "-x.saving",
                                            ".file.saving",
                                            "file." + dead + "-1.saving",
                                            ".file." + dead + "-1.saving.txt"};
        for (const auto *names : {&gone, &kept}) {
            for (const std::string &name : *names)
                QVERIFY(put(name));
        }
        QVERIFY(saveFile(folder / "file", "file", "new"));
        for (const std::string &name : gone)
            QVERIFY2(!fs::exists(folder / name), name.c_str());
        for (const std::string &name : kept)
            QVERIFY2(fs::exists(folder / name), name.c_str());
        QVERIFY(put(gone.front()));
        if (::geteuid() == 0) { // Only root can make a file of somebody else.
            QCOMPARE(::chown((folder / gone.front()).c_str(), 12345, static_cast<gid_t>(-1)), 0);
            QVERIFY(saveFile(folder / "file", "file", "newer"));
            QVERIFY(fs::exists(folder / gone.front()));
        }
        QCOMPARE(bytes(folder / "file").substr(0, 3), std::string("new"));
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
            RecoveryStore(state).forget(*work);
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
