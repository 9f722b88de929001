// runnerctl against a real registry on this machine.
#include "images.h"

#include <csignal>
#include <memory>

using namespace e2e;

namespace {
const QByteArray both = "tests/runner:cuda12.8-vllm0.11.0";
const QByteArray single = "tests/runner:cuda12.8-vllm0.10.2";
} // namespace

class ImagesTest : public QObject
{
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    Registry m_registry;

    QByteArray folder(const char *name = "") const { return m_folder->filePath(QString::fromLatin1(name)).toUtf8(); }
    QString outFolder() const { return m_folder->filePath(QStringLiteral("out")); }
    QList<QByteArray> line(const QList<QByteArray> &arguments) const
    {
        return QList<QByteArray>{"-C", folder("centre")} + arguments;
    }
    Ran ctl(const QList<QByteArray> &arguments, const QList<QPair<QByteArray, QByteArray>> &variables = {},
            const QByteArray &input = {}) const
    {
        return run(QStringLiteral(RUNNERCTL), line(arguments), variables, input);
    }
    /// save-images of the amd64 images into out/.
    QList<QByteArray> saving(const QByteArray &host) const
    {
        return {"save-images", "--platform", "linux/amd64", "--source", host, "--source-tls-verify=false",
                folder("out")};
    }
    QString archive(const QByteArray &host, const char *tag) const
    {
        return outFolder() + QStringLiteral("/") + QString::fromUtf8(host) + QStringLiteral("/tests/runner/")
               + QString::fromLatin1(tag) + QStringLiteral(".tar");
    }
    QByteArray inspect(const QByteArray &reference) const
    {
        return run(QStringLiteral("skopeo"), {"inspect", "--raw", "--tls-verify=false", reference}).out;
    }

private slots:
    void initTestCase()
    {
        for (const char *program : {"skopeo", "docker-registry"}) {
            if (QStandardPaths::findExecutable(QString::fromLatin1(program)).isEmpty())
                QSKIP(qPrintable(QStringLiteral("%1 is not installed").arg(QString::fromLatin1(program))));
        }
        QVERIFY(m_registry.start());
        const Ran pushed = push(m_registry.host(), both, {"amd64", "arm64"});
        QVERIFY2(pushed.code == 0, pushed.err);
        QVERIFY(push(m_registry.host(), single, {"amd64"}).code == 0);
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        writeFile(m_folder->filePath(QStringLiteral("centre/matrix.yml")), matrixText);
    }
    void lists()
    {
        QCOMPARE(ctl({"list-images"}).out, both + "\n" + single + "\n");
        QVERIFY(ctl({"list-images", "--deprecated"}).out.contains("vllm0.9.1"));
        const Ran none = ctl({"list-images", "--backend", "nothing", "--format", "json"});
        QCOMPARE(none.out, QByteArray("[]\n"));
        QCOMPARE(none.code, 0);
        QCOMPARE(ctl({"list-images", "--repository", "a", "--no-repository", "b"}).code, 2);
    }
    void doesNothingInADryRun()
    {
        const Ran ran = ctl(saving(m_registry.host()) + QList<QByteArray>{"--dry-run"});
        QCOMPARE(ran.code, 0);
        QCOMPARE(ran.out.count('\n'), 2);
        QVERIFY(!QDir(outFolder()).exists());
    }
    void savesAndSkips_data()
    {
        QTest::addColumn<QByteArray>("format");
        QTest::newRow("oci") << QByteArray("oci");
        QTest::newRow("docker") << QByteArray("docker");
    }
    void savesAndSkips()
    {
        QFETCH(QByteArray, format);
        const auto save = saving(m_registry.host()) + QList<QByteArray>{"--jobs", "2", "--archive-format", format};
        const Ran first = ctl(save);
        QVERIFY2(first.code == 0, first.err);
        QVERIFY2(first.err.contains("2 done"), first.err);
        QCOMPARE(allFiles(outFolder()).size(), 2);
        const QString file = archive(m_registry.host(), "cuda12.8-vllm0.11.0");
        const QByteArray whole = readFile(file);
        const Ran second = ctl(save);
        QVERIFY2(second.code == 0 && second.err.contains("0 done, 2 skipped"), second.err);

        writeFile(file, whole.left(whole.size() / 2));
        writeFile(archive(m_registry.host(), "cuda12.8-vllm0.10.2"), "something else");
        const Ran third = ctl(save);
        QVERIFY2(third.code == 0 && third.err.contains("2 done"), third.err);
        QCOMPARE(readFile(file).size(), whole.size());
    }
    void replacesWhatTheRegistryHasAnew()
    {
        Registry registry;
        QVERIFY(registry.start());
        QVERIFY(push(registry.host(), both, {"amd64", "arm64"}).code == 0);
        QVERIFY(push(registry.host(), single, {"amd64"}).code == 0);
        QCOMPARE(ctl(saving(registry.host())).code, 0);
        QVERIFY(push(registry.host(), single, {"amd64"}, "a newer build").code == 0);
        const Ran again = ctl(saving(registry.host()));
        QVERIFY2(again.err.contains("1 done, 1 skipped"), again.err);
        registry.stop();
        const Ran offline = ctl(saving(registry.host()));
        QVERIFY2(offline.code == 0 && offline.err.contains("2 skipped"), offline.err);
    }
    void savesTheOtherPlatform()
    {
        const Ran ran = ctl({"save-images", "--platform", "linux/arm64", "--source", m_registry.host(),
                             "--source-tls-verify=false", folder("out")});
        QVERIFY2(ran.code == 0, ran.err);
        QCOMPARE(allFiles(outFolder()).size(), 1);
        const QByteArray reference = "oci-archive:image.tar";
        QFile::copy(archive(m_registry.host(), "cuda12.8-vllm0.11.0"), m_folder->filePath(QStringLiteral("image.tar")));
        QProcess skopeo;
        prepare(skopeo, QStringLiteral("skopeo"), {"inspect", "--config", reference});
        skopeo.setWorkingDirectory(m_folder->path());
        skopeo.start();
        QVERIFY(finish(skopeo).out.contains("\"arm64\""));
    }
    void verifiesTlsUnlessToldOtherwise()
    {
        const Ran ran = ctl({"save-images", "--platform", "linux/amd64", "--src", m_registry.host(), folder("out")});
        QCOMPARE(ran.code, 1);
        QVERIFY2(ran.err.contains("HTTPS") || ran.err.contains("tls") || ran.err.contains("https"), ran.err);
        QVERIFY(allFiles(outFolder()).isEmpty());
    }
    void copiesAllArchitectures()
    {
        Registry other(Registry::Auth::Password);
        QVERIFY(other.start());
        const QList<QByteArray> copy{"copy-images",
                                     "--source",
                                     m_registry.host(),
                                     "--source-tls-verify=false",
                                     "--dest",
                                     other.host(),
                                     "--destination-namespace",
                                     "mirror/deep",
                                     "--destination-tls-verify=false",
                                     "--destination-username",
                                     user,
                                     "--destination-password-stdin"};
        const Ran ran = ctl(copy, {}, QByteArray(password) + "\n");
        QVERIFY2(ran.code == 0, ran.err);
        const QByteArray raw =
            run(QStringLiteral("skopeo"),
                {"inspect", "--raw", "--tls-verify=false", "--creds", QByteArray(user) + ":" + password,
                 "docker://" + other.host() + "/mirror/deep/runner:cuda12.8-vllm0.11.0"})
                .out;
        QCOMPARE(raw, inspect("docker://" + m_registry.host() + "/" + both));
        QVERIFY(raw.contains("arm64") && raw.contains("amd64"));
    }
    void hidesPasswordsOfRefusedLogins()
    {
        Registry registry(Registry::Auth::Password);
        QVERIFY(registry.start());
        QVERIFY(push(registry.host(), both, {"amd64", "arm64"}).code == 0);
        QVERIFY(push(registry.host(), single, {"amd64"}).code == 0);
        const auto save = saving(registry.host()) + QList<QByteArray>{"--max-retries", "5"};
        const Ran wrong = ctl(save, {{"SOURCE_USERNAME", user}, {"SOURCE_PASSWORD", "wr0ng-pass"}});
        QCOMPARE(wrong.code, 1);
        QVERIFY2(!wrong.err.contains("wr0ng-pass") && !wrong.err.contains("again in"), wrong.err);
        QVERIFY2(wrong.err.contains("failed: "), wrong.err);
        QVERIFY(allFiles(outFolder()).isEmpty());
        const Ran incomplete = ctl(save, {{"SOURCE_USERNAME", user}});
        QCOMPARE(incomplete.code, 2);
        const Ran right = ctl(save, {{"SOURCE_USERNAME", user}, {"SOURCE_PASSWORD", password}});
        QVERIFY2(right.code == 0, right.err);
    }
    void waitsForARegistryThatStartsLate()
    {
        Registry late;
        const QByteArray host = late.host();
        QProcess process;
        prepare(process, QStringLiteral(RUNNERCTL), line(saving(host) + QList<QByteArray>{"--max-retries", "8"}));
        process.start();
        QTest::qSleep(700);
        QVERIFY(late.start());
        QVERIFY(push(host, both, {"amd64", "arm64"}).code == 0);
        QVERIFY(push(host, single, {"amd64"}).code == 0);
        const Ran ran = finish(process);
        // A registry that is up but has no images yet is an answer, so the first image may have met that.
        QVERIFY2(ran.err.contains("again in"), ran.err);
        QVERIFY2(ran.code == 0 || ran.err.contains("manifest unknown"), ran.err);
    }
    void stopsAndLeavesNothing_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGINT") << SIGINT;
        QTest::newRow("SIGTERM") << SIGTERM;
    }
    void stopsAndLeavesNothing()
    {
        QFETCH(int, signal);
        Port silent;
        silent.listenWithoutAnswer();
        const QString secrets = m_folder->filePath(QStringLiteral("secrets"));
        QVERIFY(QDir().mkpath(secrets));
        QProcess process;
        prepare(process, QStringLiteral(RUNNERCTL), line(saving(silent.host()) + QList<QByteArray>{"--jobs", "2"}),
                {{"SOURCE_USERNAME", user}, {"SOURCE_PASSWORD", password}, {"XDG_RUNTIME_DIR", secrets.toUtf8()}});
        process.start();
        QTRY_COMPARE_WITH_TIMEOUT(childrenOf(process.processId()).size(), 2, 30000);
        QTest::qWait(300);
        QCOMPARE(allFiles(secrets).size(), 1);
        QCOMPARE(findInChildren(process.processId(), password), QByteArray());
        const QList<qint64> children = childrenOf(process.processId());
        ::kill(static_cast<pid_t>(process.processId()), signal);
        const Ran ran = finish(process);
        QVERIFY2(ran.code == 1 && ran.err.contains("2 cancelled"), ran.err);
        for (const qint64 child : children)
            QVERIFY(::kill(static_cast<pid_t>(child), 0) != 0);
        QVERIFY(allFiles(secrets).isEmpty() && QDir(secrets).isEmpty());
        QVERIFY(QDir(outFolder()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).isEmpty());
    }
    void plansLoads()
    {
        QCOMPARE(ctl(saving(m_registry.host())).code, 0);
        const Ran plan = ctl({"load-images", "--dry-run", "--destination", "docker.io", folder("out")});
        QVERIFY2(plan.out.contains("as docker.io/" + both + " into Docker"), plan.err);
        QCOMPARE(plan.out.count('\n'), 2);
        const Ran one =
            ctl({"load-images", "--dry-run", "--service-version", "0.10.2", "--storage", "podman", folder("out")});
        QCOMPARE(one.out.count('\n'), 1);
        const Ran other = ctl({"load-images", "--platform", "linux/arm64", folder("out")});
        QVERIFY2(other.code == 0 && other.err.contains("2 skipped"), other.err);
    }
    void loadsIntoDocker()
    {
        if (run(QStringLiteral("docker"), {"version"}).code != 0)
            QSKIP("no Docker daemon answers; scripts/sandbox run ctest … gives one to root");
        QCOMPARE(ctl(saving(m_registry.host())).code, 0);
        const Ran ran = ctl({"load-images", "--destination", "runnerctl-test.invalid", folder("out")});
        QVERIFY2(ran.code == 0, ran.err);
        for (const QByteArray &name : {both, single}) {
            const QByteArray image = "runnerctl-test.invalid/" + name;
            const Ran found =
                run(QStringLiteral("docker"), {"image", "inspect", "--format", "{{.Architecture}}", image});
            QCOMPARE(found.out, QByteArray("amd64\n"));
            QCOMPARE(run(QStringLiteral("docker"), {"rmi", image}).code, 0);
        }
    }
    void saysThatSkopeoIsMissing()
    {
        const Ran ran = ctl(saving(m_registry.host()), {{"PATH", "/nonexistent"}});
        QCOMPARE(ran.code, 1);
        QVERIFY2(ran.err.contains("Install the package skopeo"), ran.err);
    }
    void comparesWithFilesAndRevisions()
    {
        const QString centre = m_folder->filePath(QStringLiteral("centre"));
        QByteArray older(matrixText);
        older.replace("{ version: \"0.9.1\", deprecated: true,", "{ version: \"0.9.1\",");
        older.replace("version: \"0.10.2\"", "version: \"0.10.1\"");
        const QString file = m_folder->filePath(QStringLiteral("older.yml"));
        writeFile(file, older);
        const QByteArray expected = "+ tests/runner:cuda12.8-vllm0.10.2 (linux/amd64)\n"
                                    "~ tests/runner:cuda12.8-vllm0.9.1 (linux/amd64)\n"
                                    "- tests/runner:cuda12.8-vllm0.10.1 (linux/amd64)\n";
        const Ran ran = ctl({"compare-images", "--target", file.toUtf8()});
        QVERIFY2(ran.code == 0, ran.err);
        QCOMPARE(ran.out, expected);
        QCOMPARE(ctl({"compare-images", "--target", folder("centre")}).out, QByteArray());
        QCOMPARE(ctl({"compare-images", "--target", "no-such-thing"}).code, 1);

        if (QStandardPaths::findExecutable(QStringLiteral("git")).isEmpty())
            QSKIP("git is not installed, so there is no repository to compare with");
        const QByteArray path = centre.toUtf8();
        QVERIFY(run(QStringLiteral("git"), {"init", "-q", folder()}).code == 0);
        writeFile(centre + QStringLiteral("/matrix.yml"), older);
        QVERIFY(run(QStringLiteral("git"), {"-C", path, "add", "matrix.yml"}).code == 0);
        const Ran committed = run(QStringLiteral("git"), {"-C", path, "-c", "user.name=a", "-c",
                                                          "user.email=a@b.invalid", "commit", "-qm", "older"});
        QVERIFY2(committed.code == 0, committed.err);
        writeFile(centre + QStringLiteral("/matrix.yml"), matrixText);
        const Ran revision = ctl({"compare-images", "--target", "HEAD"});
        QVERIFY2(revision.out == expected, revision.err);
    }
};

QTEST_GUILESS_MAIN(ImagesTest)
#include "tst_images.moc"
