#include "testdata.h"
#include "text/savefile.h"
#include "text/temporaryfile.h"
#include "unprivileged.h"
#include "workspace/changeset.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QThread>

#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <random>
#include <sys/file.h>
#include <unistd.h>

using namespace runner;
using namespace runner::workspace;
namespace fs = std::filesystem;

namespace {

constexpr auto foreignSteps =
    "\", \"committed\": true, \"steps\": [{\"file\": \"../victim\", \"temporary\": \"\"}], \"folders\": []}";

} // namespace

class ChangeSetTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_root;
    fs::path m_journals;

    void write(const std::string &name, const std::string &text) const
    {
        fs::create_directories((m_root / name).parent_path());
        std::ofstream(m_root / name, std::ios::binary) << text;
    }
    std::string read(const std::string &name) const
    {
        if (!fs::exists(m_root / name))
            return "(none)";
        return testdata::read(QString::fromStdString(m_root / name)).toStdString();
    }
    std::string idOf(const ChangeSet &changes) const
    {
        const auto done = writeChanges(m_root, changes, m_journals);
        return done ? std::string() : done.error().id;
    }
    int entries() const
    {
        return static_cast<int>(
            std::distance(fs::recursive_directory_iterator(m_root), fs::recursive_directory_iterator()));
    }

    /// As a crash leaves it that came when everything lay ready: each file held \a before; its new text is
    /// .FILE.1.saving.
    fs::path leaveJournal(const std::vector<const char *> &files, const char *before) const
    {
        (void)writeChanges(m_root, {}, m_journals); // makes the folder of journals
        const fs::path journal = fs::path(fs::directory_iterator(m_journals)->path()).replace_extension("");
        const auto digest = QCryptographicHash::hash(before, QCryptographicHash::Sha256).toHex();
        QJsonArray steps;
        for (const char *file : files)
            steps << QJsonObject{{"file", file},
                                 {"temporary", QStringLiteral(".%1.1.saving").arg(QLatin1String(file))},
                                 {"before", QString::fromLatin1(digest)}};
        const QJsonObject json{
            {"root", QString::fromStdString(m_root.string())}, {"committed", true}, {"steps", steps}};
        std::ofstream(journal) << QJsonDocument(json).toJson().toStdString();
        return journal;
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_root = fs::canonical(m_folder->path().toStdString()) / "root";
        m_journals = m_root.parent_path() / "journals";
        fs::create_directory(m_root);
    }

    void writesRemovesAndTakesBack()
    {
        write("a", "old\n");
        write("b", "gone\n");
        const ChangeSet changes{
            {"a", "new\n", "old\n"}, {"b", std::nullopt, "gone\n"}, {"pack/x/Dockerfile", "FROM x\n", std::nullopt}};
        QCOMPARE(idOf(changes), std::string());
        QCOMPARE(read("a"), std::string("new\n"));
        QCOMPARE(read("b"), std::string("(none)"));
        QCOMPARE(read("pack/x/Dockerfile"), std::string("FROM x\n"));
        QCOMPARE(idOf(inverse(changes)), std::string());
        QCOMPARE(read("a"), std::string("old\n"));
        QCOMPARE(read("b"), std::string("gone\n"));
        QCOMPARE(read("pack/x/Dockerfile"), std::string("(none)"));
    }

    void changesNothingWhereOneCannotBe()
    {
        write("a", "old\n");
        write("b", "other\n");
        fs::create_directory_symlink("/tmp", m_root / "out");
        const int before = entries();
        const FileChange good{"a", "new\n", "old\n"};
        QCOMPARE(idOf({good, {"b", "new\n", "stale\n"}}), std::string("changeset-stale"));
        QCOMPARE(idOf({good, {"c", "new\n", "was here\n"}}), std::string("changeset-stale"));
        QCOMPARE(idOf({good, {"../c", "new\n", std::nullopt}}), std::string("path-outside-workspace"));
        QCOMPARE(idOf({good, {"out/c", "new\n", std::nullopt}}), std::string("path-outside-workspace"));
        QCOMPARE(idOf({good, {"/tmp/c", "new\n", std::nullopt}}), std::string("path-outside-workspace"));
        fs::permissions(m_root / "b", fs::perms(0444));
        QCOMPARE(idOf({good, {"b", "new\n", "other\n"}}), std::string("file-read-only"));
        QCOMPARE(read("a"), std::string("old\n"));
        QCOMPARE(entries(), before);
    }

    void writesThroughSymlinksInside()
    {
        write("real", "old\n");
        fs::create_symlink("real", m_root / "link");
        QCOMPARE(idOf({{"link", "new\n", "old\n"}}), std::string());
        QVERIFY(fs::is_symlink(m_root / "link"));
        QCOMPARE(read("real"), std::string("new\n"));
    }

    void aForeignJournalCannotLeaveTheRoot()
    {
        std::ofstream(leaveJournal({}, "")) << "{\"root\": \"" << m_root.string() << foreignSteps;
        std::ofstream(m_root.parent_path() / "victim") << "x";
        QCOMPARE(resumeChanges(m_root, m_journals).error().id, std::string("changeset-unfinished"));
        QVERIFY(fs::exists(m_root.parent_path() / "victim"));
    }

    /// What a crash left to do is not done over what somebody has written since.
    void somebodyWroteAfterTheCrash()
    {
        write("a", "old\n");
        write("b", "new\n"); // In its place already; changed since or not does not matter.
        const auto crash = [&] {
            write(".a.1.saving", "new\n");
            leaveJournal({"b", "a"}, "old\n");
        };
        crash();
        write("a", "old\nmine\n");
        const auto refused = resumeChanges(m_root, m_journals);
        QCOMPARE(refused.error().id, std::string("changeset-unfinished"));
        QVERIFY2(refused.error().message.find("a has been changed since") != std::string::npos,
                 refused.error().message.c_str());
        QCOMPARE(idOf({{"c", "new\n", std::nullopt}}), std::string("changeset-unfinished"));
        QCOMPARE(read("a"), std::string("old\nmine\n"));
        write("a", "old\n");
        QCOMPARE(resumeChanges(m_root, m_journals).value(), Resumed::Completed);
        QCOMPARE(read("a"), std::string("new\n"));
        QCOMPARE(read("b"), std::string("new\n"));
    }

    /// `git clean` may take away what lies ready: then the change is not done, and is not called so.
    void newTextThatIsGoneIsNotDone()
    {
        write("a", "old\n");
        write("b", "old\n");
        write(".a.1.saving", "new\n");
        const fs::path journal = leaveJournal({"a", "b"}, "old\n");
        const auto ended = resumeChanges(m_root, m_journals);
        QVERIFY(!ended);
        QCOMPARE(ended.error().id, std::string("changeset-unfinished"));
        QVERIFY2(ended.error().message.find("b: Its new text") != std::string::npos, ended.error().message.c_str());
        QVERIFY(fs::exists(journal)); // It is told again, until somebody has looked.
        write("b", "new\n");
        QCOMPARE(resumeChanges(m_root, m_journals).value(), Resumed::Completed);
        QCOMPARE(read("a"), std::string("new\n"));
    }

    /// Those who only read are told of it, and change nothing.
    void anInterruptedChangeIsTold()
    {
        write("a", "old\n");
        QVERIFY(!interruptedChange(m_root, m_journals));
        QVERIFY(!fs::exists(m_journals));
        write(".a.1.saving", "new\n");
        const fs::path journal = leaveJournal({"a"}, "old\n");
        const auto told = interruptedChange(m_root, m_journals);
        QVERIFY(told);
        QCOMPARE(told->id, std::string("changeset-interrupted"));
        QVERIFY2(told->message.ends_with(": a") && !told->advice.empty(), told->message.c_str());
        QCOMPARE(read("a"), std::string("old\n"));
        const int lock = ::open((journal.string() + ".lock").c_str(), O_RDWR | O_CLOEXEC);
        QVERIFY(lock >= 0 && ::flock(lock, LOCK_EX) == 0);
        QVERIFY(!interruptedChange(m_root, m_journals)); // Somebody is at it.
        ::close(lock);
        QVERIFY(resumeChanges(m_root, m_journals));
        QVERIFY(!interruptedChange(m_root, m_journals));
        std::ofstream(journal) << "{";
        QCOMPARE(interruptedChange(m_root, m_journals)->id, std::string("changeset-unfinished"));
    }

    void saysWhatBecameOfAFile()
    {
        write("a", "theirs\n");
        const auto messageOf = [&](const FileChange &change) {
            const auto done = writeChanges(m_root, {change}, m_journals);
            return done ? std::string() : done.error().message;
        };
        QCOMPARE(messageOf({"a", "new\n", "old\n"}), std::string("Somebody else has changed the file meanwhile"));
        QCOMPARE(messageOf({"a", "new\n", std::nullopt}),
                 std::string("A file of this name has come into being meanwhile"));
        QCOMPARE(messageOf({"b", "new\n", "old\n"}), std::string("Somebody else has removed the file meanwhile"));
    }

    /// The folder that refuses is named, and not the one that could not be made in it.
    void aFolderThatCannotBeMadeIsNamed()
    {
        write("a", "old\n");
        fs::create_directory(m_root / "pack");
        fs::permissions(m_root.parent_path(), fs::perms(0755));
        fs::permissions(m_root, fs::perms(0777));
        fs::permissions(m_root / "pack", fs::perms(0555));
        fs::create_directory(m_journals);
        fs::permissions(m_journals, fs::perms(0777));
        const testdata::Unprivileged user; // root may write everywhere
        const auto done = writeChanges(m_root, {{"pack/x/deep/Dockerfile", "FROM x\n", std::nullopt}}, m_journals);
        QVERIFY(!done);
        QCOMPARE(done.error().id, std::string("folder-read-only"));
        QCOMPARE(done.error().message,
                 "The folder pack/x cannot be made in " + (m_root / "pack").string() + ": Permission denied");
        QCOMPARE(entries(), 2);
    }

    /// What a journal still has to put in place is none of the rubbish that saving one of the files takes away.
    void savingAFileLeavesWhatIsStaged()
    {
        write("a", "old\n");
        auto file = text::TemporaryFile::beside(m_root / "a", "a", 0600, text::stagedEnding);
        QVERIFY(file);
        const std::string name = file->keep().filename().string();
        const std::string dead = ".a.2147483646-" + name.substr(name.find('-') + 1); // Of no process.
        fs::rename(m_root / name, m_root / dead);
        write(".a.2147483646-7.saving", "half");
        QVERIFY(text::saveFile(m_root / "a", "a", "mine\n"));
        QVERIFY(fs::exists(m_root / dead));
        QVERIFY(!fs::exists(m_root / ".a.2147483646-7.saving"));
        fs::remove(m_root / dead);
    }

    // Wholly there or wholly gone, whenever the program dies.
    void survivesKill()
    {
        std::mt19937 generator(99);
        for (int i = 0; i < 200; ++i) {
            fs::remove_all(m_root);
            write("matrix.yml", std::string(100'000, 'a') + "\n");
            write("catalog.json", std::string(100'000, 'a') + "\n");
            write("pack/old", "fixed\n");
            QProcess changer;
            changer.start(QStringLiteral(CHANGER),
                          {QString::fromStdString(m_root), QString::fromStdString(m_journals)});
            QVERIFY(changer.waitForReadyRead(30000));
            QThread::usleep(std::uniform_int_distribution<unsigned long>(0, 8000)(generator));
            changer.kill();
            QVERIFY(changer.waitForFinished(30000));
            const auto resumed = resumeChanges(m_root, m_journals);
            QVERIFY2(resumed, resumed ? "" : resumed.error().message.c_str());
            const std::string matrix = read("matrix.yml");
            QCOMPARE(matrix.size(), std::size_t{100'001});
            QCOMPARE(read("catalog.json"), matrix);
            const bool odd = (matrix.front() - 'a') % 2 == 1;
            QCOMPARE(read("pack/new/deep/Dockerfile"), std::string(odd ? "fixed\n" : "(none)"));
            QCOMPARE(read("pack/old"), std::string(odd ? "(none)" : "fixed\n"));
            for (const auto &entry : fs::recursive_directory_iterator(m_root))
                QVERIFY2(entry.path().extension() != ".saving" && entry.path().extension() != ".staged",
                         entry.path().c_str());
            QCOMPARE(resumeChanges(m_root, m_journals).value(), Resumed::Nothing);
        }
    }
};

QTEST_APPLESS_MAIN(ChangeSetTest)
#include "tst_changeset.moc"
