#include "testdata.h"
#include "workspace/changeset.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QThread>

#include <filesystem>
#include <fstream>
#include <random>

using namespace runner;
using namespace runner::workspace;
namespace fs = std::filesystem;

namespace {

constexpr auto foreignSteps = "\", \"committed\": true, \"steps\": [{\"file\": \"../victim\", \"temporary\": \"\"}], \"folders\": []}";

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
        return static_cast<int>(std::distance(fs::recursive_directory_iterator(m_root), fs::recursive_directory_iterator()));
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
        const ChangeSet changes{{"a", "new\n", "old\n"}, {"b", std::nullopt, "gone\n"}, {"pack/x/Dockerfile", "FROM x\n", std::nullopt}};
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
        write("a", "old\n");
        QCOMPARE(idOf({{"a", "new\n", "old\n"}}), std::string()); // makes the folder of journals
        const auto journal = [&] {
            for (const auto &entry : fs::directory_iterator(m_journals))
                return fs::path(entry.path()).replace_extension("");
            return fs::path();
        }();
        std::ofstream(journal) << "{\"root\": \"" << m_root.string() << foreignSteps;
        std::ofstream(m_root.parent_path() / "victim") << "x";
        QCOMPARE(resumeChanges(m_root, m_journals).error().id, std::string("changeset-unfinished"));
        QVERIFY(fs::exists(m_root.parent_path() / "victim"));
    }

    /// What a crash left to do is not done over what somebody has written since.
    void somebodyWroteAfterTheCrash()
    {
        write("a", "old\n");
        write("b", "new\n"); // In its place already; changed since or not does not matter.
        QCOMPARE(idOf({{"a", "old\n", "old\n"}}), std::string()); // makes the folder of journals
        const fs::path journal = fs::path(fs::directory_iterator(m_journals)->path()).replace_extension("");
        const auto digest = QCryptographicHash::hash("old\n", QCryptographicHash::Sha256).toHex().toStdString();
        const auto crash = [&] {
            write(".a.1.saving", "new\n");
            const auto step = [&](const char *file) {
                return QJsonObject{{"file", file}, {"temporary", QStringLiteral(".%1.1.saving").arg(QLatin1String(file))},
                                   {"before", QString::fromStdString(digest)}};
            };
            const QJsonObject json{{"root", QString::fromStdString(m_root.string())}, {"committed", true},
                                   {"steps", QJsonArray{step("b"), step("a")}}};
            std::ofstream(journal) << QJsonDocument(json).toJson().toStdString();
        };
        crash();
        write("a", "old\nmine\n");
        const auto refused = resumeChanges(m_root, m_journals);
        QCOMPARE(refused.error().id, std::string("changeset-unfinished"));
        QVERIFY2(refused.error().message.find("a has been changed since") != std::string::npos, refused.error().message.c_str());
        QCOMPARE(idOf({{"c", "new\n", std::nullopt}}), std::string("changeset-unfinished"));
        QCOMPARE(read("a"), std::string("old\nmine\n"));
        write("a", "old\n");
        QCOMPARE(resumeChanges(m_root, m_journals).value(), Resumed::Completed);
        QCOMPARE(read("a"), std::string("new\n"));
        QCOMPARE(read("b"), std::string("new\n"));
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
            changer.start(QStringLiteral(CHANGER), {QString::fromStdString(m_root), QString::fromStdString(m_journals)});
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
                QVERIFY2(entry.path().extension() != ".saving", entry.path().c_str());
            QCOMPARE(resumeChanges(m_root, m_journals).value(), Resumed::Nothing);
        }
    }
};

QTEST_APPLESS_MAIN(ChangeSetTest)
#include "tst_changeset.moc"
