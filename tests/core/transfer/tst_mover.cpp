// The mover with a shell script in skopeo's place.
#include "tarwriter.h"
#include "transfer/mover.h"

#include <QTemporaryDir>
#include <QtTest>

#include <csignal>

using namespace runner::transfer;
using std::chrono::milliseconds;

class MoverTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    MoverOptions m_options;
    std::vector<MoveEnd> m_ends;
    std::vector<milliseconds> m_waits;
    bool m_finished = false;

    QString path(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    QByteArray read(const char *name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void write(const char *name, const QByteArray &bytes) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    /// The script runs with $H, the test's folder; `$*` holds skopeo's arguments.
    void script(const QByteArray &body)
    {
        write("skopeo", "#!/bin/sh\nH='" + m_folder->path().toUtf8() + "'\necho \"$*\" >>\"$H/log\"\n" + body);
        m_options.program = path("skopeo").toStdString();
    }
    Move save(const char *tag = "t") const
    {
        const std::filesystem::path out = path("out").toStdString();
        Move move{MoveKind::Save, "h.io/g/r:" + std::string(tag), "h.io/g/r:" + std::string(tag), out,
                  out / "h.io/g/r" / (std::string(tag) + ".tar")};
        move.platform = "linux/amd64";
        return move;
    }
    MoverEvents events()
    {
        MoverEvents made;
        made.retrying = [this](std::size_t, const std::string &, milliseconds wait) { m_waits.push_back(wait); };
        made.ended = [this](std::size_t index, const MoveEnd &end) {
            if (m_ends.size() <= index)
                m_ends.resize(index + 1);
            QVERIFY2(m_ends[index].attempts == 0 && m_ends[index].message.empty(), "a second end event");
            m_ends[index] = end;
        };
        made.finished = [this] { m_finished = true; };
        return made;
    }
    void moveAll(const Moves &moves)
    {
        m_ends.clear();
        m_finished = false;
        Mover mover(moves, m_options, events());
        mover.start();
        QTRY_VERIFY_WITH_TIMEOUT(m_finished, 20000);
        QCOMPARE(m_ends.size(), moves.size());
    }
    bool nothingPartial() const { return !QDir(path("out")).exists() || files().isEmpty(); }
    QStringList files() const
    {
        QStringList found;
        QDirIterator at(path("out"), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (at.hasNext())
            found.append(at.next());
        return found;
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_options = {};
        m_options.random = [] { return 0.0; };
        m_waits.clear();
        write("good", testimages::ociArchive("amd64", "hi"));
    }
    void savesAndPutsInPlace()
    {
        script("cp \"$H/good\" image.tar\n");
        moveAll({save()});
        QVERIFY2(m_ends[0].outcome == Outcome::Done, m_ends[0].message.c_str());
        QCOMPARE(files().size(), 1);
        QCOMPARE(read("out/h.io/g/r/t.tar"), read("good"));
    }
    void skipsWhatIsThereAndTheSame()
    {
        const QByteArray layer = testimages::tar({{"hello", "hi"}});
        write("config", testimages::configFor("amd64", layer));
        script("case \"$*\" in *inspect*) cat \"$H/config\";; *) cp \"$H/good\" image.tar;; esac\n");
        moveAll({save()});
        moveAll({save()});
        QVERIFY(m_ends[0].outcome == Outcome::Skipped);
        QCOMPARE(read("log").count(" copy "), 1);
        write("out/h.io/g/r/t.tar", read("good").left(2000));
        moveAll({save()});
        QVERIFY(m_ends[0].outcome == Outcome::Done);
        QCOMPARE(read("out/h.io/g/r/t.tar"), read("good"));
        write("out/h.io/g/r/t.tar", testimages::ociArchive("amd64", "another image"));
        moveAll({save()});
        QVERIFY(m_ends[0].outcome == Outcome::Done);
        QCOMPARE(read("out/h.io/g/r/t.tar"), read("good"));
    }
    void retriesWithAClockOfItsOwn()
    {
        script("n=$(wc -l <\"$H/log\")\nif [ $n -lt 4 ]; then echo 'level=fatal msg=\"EOF\"' >&2; touch image.tar;"
               " exit 1; fi\ncp \"$H/good\" image.tar\n");
        m_options.retries = 5;
        m_options.later = [](milliseconds, std::function<void()> call) { QTimer::singleShot(0, std::move(call)); };
        moveAll({save()});
        QVERIFY(m_ends[0].outcome == Outcome::Done);
        QCOMPARE(m_ends[0].attempts, 4);
        QVERIFY((m_waits == std::vector<milliseconds>{milliseconds(500), milliseconds(1000), milliseconds(2000)}));
    }
    void givesUpAndLeavesNothing()
    {
        script("head -c 900 \"$H/good\" >image.tar; echo 'msg=\"pa55 failed\"' >&2; exit 1\n");
        m_options.retries = 0;
        m_options.scrub = Scrubber(std::vector<Credentials>{{"me", "pa55"}});
        moveAll({save()});
        QVERIFY(m_ends[0].outcome == Outcome::Failed);
        QCOMPARE(m_ends[0].message, std::string("*** failed"));
        QVERIFY(!QDir(path("out/h.io")).exists());
    }
    void doesNotRetryWhatCannotHelp()
    {
        script("echo 'msg=\"unauthorized: authentication required\"' >&2; exit 1\n");
        m_options.retries = 9;
        moveAll({save()});
        QCOMPARE(m_ends[0].attempts, 1);
    }
    void refusesTheWrongPlatformAndTruncatedOutput()
    {
        m_options.retries = 0;
        write("good", testimages::ociArchive("arm64", "hi"));
        script("cp \"$H/good\" image.tar\n");
        moveAll({save()});
        QVERIFY(m_ends[0].outcome == Outcome::Failed);
        script("head -c 1500 \"$H/good\" >image.tar\n");
        moveAll({save()});
        QVERIFY(m_ends[0].outcome == Outcome::Failed);
        QVERIFY(nothingPartial());
    }
    void runsAsManyAsAllowed()
    {
        script("sleep 0.3; ls -d \"$H\"/out/h.io/g/r/.*.tar.* | wc -l >>\"$H/count\"; cp \"$H/good\" image.tar; sleep "
               "0.2\n");
        m_options.jobs = 2;
        moveAll({save("a"), save("b"), save("c"), save("d"), save("e")});
        for (const MoveEnd &end : m_ends)
            QVERIFY(end.outcome == Outcome::Done);
        QVERIFY(read("count").contains("2"));
        for (const char *more : {"3", "4", "5"})
            QVERIFY(!read("count").contains(more));
    }
    void cancelsEvenTheStubborn()
    {
        script(
            "trap '' INT\nhead -c 900 \"$H/good\" >image.tar\nsleep 60 & echo $! >\"$H/child\"; echo $$ >\"$H/pid\"\n"
            "while :; do sleep 1; done\n");
        m_options.grace = milliseconds(200);
        m_ends.clear();
        m_finished = false;
        Mover mover({save("a"), save("b")}, m_options, events());
        mover.start();
        QTRY_VERIFY_WITH_TIMEOUT(!read("pid").isEmpty(), 5000);
        mover.cancel();
        QTRY_VERIFY_WITH_TIMEOUT(m_finished, 5000);
        QVERIFY(m_ends[0].outcome == Outcome::Cancelled && m_ends[1].outcome == Outcome::Cancelled);
        QVERIFY(::kill(read("pid").trimmed().toInt(), 0) != 0);
        // The orphaned grandchild is dead too, if perhaps not reaped by init yet.
        QFile stat(QStringLiteral("/proc/%1/stat").arg(QString::fromLatin1(read("child").trimmed())));
        QTRY_VERIFY_WITH_TIMEOUT(!stat.exists() || (stat.open(QIODevice::ReadOnly) && stat.readAll().contains(" Z ")),
                                 3000);
        QVERIFY(nothingPartial());
    }
    void cancelsWhileItWaits()
    {
        script("echo 'msg=\"EOF\"' >&2; exit 1\n");
        m_options.backOff.first = milliseconds(60000);
        m_finished = false;
        m_ends.clear();
        Mover mover({save()}, m_options, events());
        mover.start();
        QTRY_VERIFY_WITH_TIMEOUT(!m_waits.empty(), 5000);
        mover.cancel();
        QTRY_VERIFY_WITH_TIMEOUT(m_finished, 1000);
        QVERIFY(m_ends[0].outcome == Outcome::Cancelled);
    }
    void loadsThroughALinkAndSkipsOtherPlatforms()
    {
        script("readlink image.tar >\"$H/link\"; echo made >load.tar\n");
        write("docker",
              "#!/bin/sh\nH='" + m_folder->path().toUtf8() + "'\necho \"$*\" $(cat load.tar) >\"$H/loaded\"\n");
        m_options.docker = path("docker").toStdString();
        Move move{MoveKind::Load, {}, "h.io/g/r:t", {}, path("good").toStdString()};
        move.anyFormat = true;
        moveAll({move});
        QVERIFY2(m_ends[0].outcome == Outcome::Done, m_ends[0].message.c_str());
        QCOMPARE(read("link").trimmed(), path("good").toUtf8());
        QCOMPARE(read("loaded"), QByteArray("load --quiet --input load.tar made\n"));
        write("docker", "#!/bin/sh\necho 'no space left' >&2; exit 1\n");
        m_options.retries = 0;
        moveAll({move});
        QVERIFY(m_ends[0].outcome == Outcome::Failed);
        QCOMPARE(m_ends[0].message, std::string("no space left"));
        m_options.docker = "/no/such/docker";
        moveAll({move});
        QVERIFY(m_ends[0].message.find("could not be started") != std::string::npos);
        move.platform = "linux/arm64";
        moveAll({move});
        QVERIFY(m_ends[0].outcome == Outcome::Skipped);
        move.file = path("skopeo").toStdString();
        moveAll({move});
        QVERIFY(m_ends[0].outcome == Outcome::Failed);
    }
    void saysThatAProgramIsMissing()
    {
        m_options.program = "/no/such/skopeo";
        moveAll({save()});
        QVERIFY(m_ends[0].outcome == Outcome::Failed);
        QVERIFY(m_ends[0].message.find("could not be started") != std::string::npos);
    }
    void doesNotFollowLinksOutOfTheOutput()
    {
        script("cp \"$H/good\" image.tar\n");
        QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("out")));
        QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("elsewhere")));
        QVERIFY(QFile::link(path("elsewhere"), path("out/h.io")));
        moveAll({save()});
        QVERIFY(m_ends[0].outcome == Outcome::Failed);
        QVERIFY(!QFile::exists(path("elsewhere/g/r/t.tar")));
    }
};

QTEST_GUILESS_MAIN(MoverTest)
#include "tst_mover.moc"
