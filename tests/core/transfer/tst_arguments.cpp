#include "transfer/backoff.h"
#include "transfer/credentials.h"
#include "transfer/platform.h"
#include "transfer/skopeo.h"

#include <QFileInfo>
#include <QtTest>

#include <algorithm>

using namespace runner::transfer;

class TransferArgumentsTest : public QObject
{
    Q_OBJECT

private slots:
    void savesOnePlatformWithTlsVerified()
    {
        Move move{MoveKind::Save, "docker.io/g/r:t", "docker.io/g/r:t", "/o", "/o/t.tar"};
        move.platform = "linux/arm/v7";
        QCOMPARE(copyArguments(move, {}),
                 (Arguments{"--tmpdir", ".", "--override-os", "linux", "--override-arch", "arm", "--override-variant",
                            "v7", "copy", "--retry-times", "0", "--src-tls-verify=true", "docker://docker.io/g/r:t",
                            "oci-archive:image.tar:docker.io/g/r:t"}));
        move.format = ArchiveFormat::Docker;
        QCOMPARE(copyArguments(move, {}).back(), std::string("docker-archive:image.tar:docker.io/g/r:t"));
    }
    void copiesAllPlatformsUnlessOneIsNamed()
    {
        Move move{MoveKind::Copy, "a.io/g/r:t", "b:5000/g/r:t"};
        const Access access{{"/s/auth.json", true}, {"/d/auth.json", false}};
        QCOMPARE(copyArguments(move, access),
                 (Arguments{"--tmpdir", ".", "copy", "--retry-times", "0", "--all", "--src-tls-verify=true",
                            "--src-authfile", "/s/auth.json", "--dest-tls-verify=false", "--dest-authfile",
                            "/d/auth.json", "docker://a.io/g/r:t", "docker://b:5000/g/r:t"}));
        move.platform = "linux/amd64";
        const Arguments one = copyArguments(move, access);
        QVERIFY(std::find(one.begin(), one.end(), "--all") == one.end());
        QVERIFY(std::find(one.begin(), one.end(), "amd64") != one.end());
    }
    void loadsIntoTheEnginesStorage()
    {
        Move move{MoveKind::Load, {}, "docker.io/g/r:t", {}, "/in/t.tar"};
        QCOMPARE(copyArguments(move, {}),
                 (Arguments{"--tmpdir", ".", "copy", "--retry-times", "0", "oci-archive:image.tar",
                            "docker-archive:load.tar:docker.io/g/r:t"}));
        move.storage = Storage::Podman;
        move.format = ArchiveFormat::Docker;
        const Arguments podman = copyArguments(move, {});
        QCOMPARE(podman.back(), std::string("containers-storage:docker.io/g/r:t"));
        QCOMPARE(podman[podman.size() - 2], std::string("docker-archive:image.tar"));
    }
    void inspectsAConfiguration()
    {
        QCOMPARE(inspectArguments("a.io/r:t", "linux/amd64", {"/f", false}),
                 (Arguments{"--override-os", "linux", "--override-arch", "amd64", "inspect", "--retry-times", "0",
                            "--config", "--tls-verify=false", "--authfile", "/f", "docker://a.io/r:t"}));
    }
    void takesTheReasonOutOfTheLog()
    {
        const std::string log =
            "Getting image source\n"
            "time=\"2024-01-01T00:00:00Z\" level=fatal msg=\"reading \\\"x\\\": unauthorized: no\"\n\n";
        QCOMPARE(reasonOf(log), std::string("reading \"x\": unauthorized: no"));
        QVERIFY(isPermanent(reasonOf(log)));
        QVERIFY(isPermanent("requested access to the resource is denied"));
        QVERIFY(!isPermanent("dial tcp 127.0.0.1:5000: connect: connection refused"));
        QCOMPARE(reasonOf(""), std::string());
    }
    void readsPlatforms()
    {
        QCOMPARE(describe(*parsePlatform("linux/arm64")), std::string("linux/arm64"));
        QCOMPARE(parsePlatform("linux/arm/v7")->variant, std::string("v7"));
        for (const char *bad : {"", "linux", "linux/", "/amd64", "a/b/c/d", "linux/--x", "linux/a b"})
            QVERIFY2(!parsePlatform(bad), bad);
        QVERIFY(serves({"linux", "arm64", "v8"}, {"linux", "arm64", ""}));
        QVERIFY(!serves({"linux", "arm", "v6"}, {"linux", "arm", "v7"}));
        QVERIFY(parsePlatform(describe(thisMachine())).has_value());
    }
    void waitsLongerEachTime()
    {
        using std::chrono::milliseconds;
        const BackOff backOff{milliseconds(1000), milliseconds(10000)};
        QVERIFY(backOff.delay(1, 0) == milliseconds(500));
        QVERIFY(backOff.delay(2, 0) == milliseconds(1000));
        QVERIFY(backOff.delay(3, 0.5) == milliseconds(3000));
        QVERIFY(backOff.delay(50, 0.999999) <= milliseconds(10000));
        QVERIFY(backOff.delay(50, 0) == milliseconds(5000));
    }
    void keepsCredentialsPrivateAndRemovesThem()
    {
        std::string path;
        {
            const auto file = AuthFile::create("127.0.0.1:5000", {"me", "pa:ss"});
            QVERIFY(file.has_value());
            path = file->path();
            const QFileInfo info(QString::fromStdString(path));
            const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
            QVERIFY(!(info.permissions() & others));
            QVERIFY(!(QFileInfo(info.path()).permissions() & (others | QFile::ExeGroup | QFile::ExeOther)));
            QFile opened(info.filePath());
            QVERIFY(opened.open(QIODevice::ReadOnly));
            QCOMPARE(opened.readAll(), QByteArray("{\"auths\":{\"127.0.0.1:5000\":{\"auth\":\"bWU6cGE6c3M=\"}}}"));
        }
        QVERIFY(!QFileInfo::exists(QString::fromStdString(path)));
        QVERIFY(!QFileInfo::exists(QFileInfo(QString::fromStdString(path)).path()));
    }
    void scrubsEveryFormOfAPassword()
    {
        const Scrubber scrub(std::vector<Credentials>{{"me", "p@ss\"w"}, {"you", ""}});
        QCOMPARE(scrub("x p@ss\"w y"), std::string("x *** y"));
        QCOMPARE(scrub("p@ss\\\"w"), std::string("***"));
        QCOMPARE(scrub("https://me:p%40ss%22w@h/"), std::string("https://me:***@h/"));
        QCOMPARE(scrub("Basic " + QByteArray("me:p@ss\"w").toBase64().toStdString()), std::string("Basic ***"));
        QCOMPARE(Scrubber()("nothing"), std::string("nothing"));
    }
};

QTEST_APPLESS_MAIN(TransferArgumentsTest)
#include "tst_arguments.moc"
