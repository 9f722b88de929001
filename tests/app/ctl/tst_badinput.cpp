// Files that are broken in every way: a message with its place, an exit code, and never a crash or a hang.
#include "ctlfixture.h"

#include <sys/stat.h>
#include <unistd.h>

namespace {

QByteArray aliasBomb()
{
    QByteArray text = "schema: 1\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 12; ++i) {
        const QByteArray before = "*a" + QByteArray::number(i - 1);
        const QByteArray name = "a" + QByteArray::number(i);
        text += name + ": &" + name + " [" + QByteArrayList(10, before).join(", ") + "]\n";
    }
    return text + "rules: *a11\nrunners: *a11\n";
}

} // namespace

class TestBadInput : public QObject
{
    Q_OBJECT

private slots:
    void matrix_data();
    void matrix();
    void harmless_data();
    void harmless();
    void notAFile_data();
    void notAFile();
    void unreadable();
    void dockerfile_data();
    void dockerfile();
    void catalogue_data();
    void catalogue();
};

void TestBadInput::matrix_data()
{
    const QByteArray good = ctl::matrixText;
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("place");
    QTest::newRow("truncated") << good.left(good.indexOf("\"8.5.1\", ")) + "\"8" << QByteArray("matrix.yml:");
    QTest::newRow("binary") << QByteArray("schema: 1\nab\0cd", 15) << QByteArray("matrix.yml:2:3");
    QTest::newRow("invalid utf-8") << "schema: 1\nx: \xff\n" + good << QByteArray("matrix.yml:2:4");
    QTest::newRow("tab") << QByteArray("schema: 1\nservices:\n\tvllm: {}\n") << QByteArray("matrix.yml:3:");
    QTest::newRow("duplicate key") << good + "rules: []\n" << QByteArray("matrix.yml:35:1");
    QTest::newRow("alias bomb") << aliasBomb() << QByteArray("matrix.yml:");
    QTest::newRow("deep nesting") << "schema: 1\nrules: " + QByteArray(10000, '[') << QByteArray("matrix.yml:2:");
    QTest::newRow("50 MB") << "schema: 1\nx: " + QByteArray(50 << 20, 'x') << QByteArray("matrix.yml");
    QTest::newRow("no map") << QByteArray("- a\n") << QByteArray("matrix.yml:1:1");
    QTest::newRow("schema") << QByteArray("schema: 99\n") << QByteArray("matrix.yml");
}

void TestBadInput::matrix()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, place);
    const ctl::Centre centre;
    centre.write("matrix.yml", text);
    const ctl::Ran check = centre.run({"check"});
    QCOMPARE(check.code, 1);
    QVERIFY2(check.out.contains(place), check.out.left(2000));
    const ctl::Ran json = centre.run({"check", "--format", "json"});
    QCOMPARE(json.code, 1);
    QVERIFY(!json.list().isEmpty());
    for (const QStringList &command : {QStringList{"table"}, {"runners"}, {"expand", "--target", "services"}}) {
        const ctl::Ran ran = centre.run(command);
        QVERIFY2(ran.code == 1 || (ran.code == 3 && ran.out.isEmpty()), ran.err.left(2000));
        QVERIFY2(ran.err.contains("matrix.yml"), ran.err.left(2000));
    }
}

void TestBadInput::harmless_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("byte-order mark") << "\xef\xbb\xbf" + QByteArray(ctl::matrixText);
    QTest::newRow("CRLF") << QByteArray(ctl::matrixText).replace("\n", "\r\n");
}

void TestBadInput::harmless()
{
    QFETCH(QByteArray, text);
    const ctl::Centre plain;
    const ctl::Centre centre;
    centre.write("matrix.yml", text);
    QCOMPARE(centre.run({"table"}).out, plain.run({"table"}).out);
    QCOMPARE(centre.run({"check"}).out.count("[yaml-"), 0);
}

void TestBadInput::notAFile_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("fifo");
    for (const char *name : {"matrix.yml", "pack/cann/Dockerfile"}) {
        QTest::addRow("folder %s", name) << name << false;
        QTest::addRow("fifo %s", name) << name << true;
    }
}

void TestBadInput::notAFile()
{
    QFETCH(QString, name);
    QFETCH(bool, fifo);
    const ctl::Centre centre;
    QVERIFY(QFile::remove(centre.path(name)));
    if (fifo)
        QCOMPARE(::mkfifo(centre.path(name).toLocal8Bit().constData(), 0600), 0);
    else
        QVERIFY(QDir().mkpath(centre.path(name)));
    const ctl::Ran ran = centre.run({"check"});
    QVERIFY2(ran.code == 1 || ran.code == 3, ran.out);
    QVERIFY2((ran.out + ran.err).contains(name.toUtf8()) || ran.err.contains("workspace-not-found"), ran.out + ran.err);
}

void TestBadInput::unreadable()
{
    if (::geteuid() == 0)
        QSKIP("root can read everything");
    const ctl::Centre centre;
    QFile::setPermissions(centre.path("matrix.yml"), {});
    QCOMPARE(centre.run({"check"}).code, 1);
    QCOMPARE(centre.run({"table"}).code, 3);
}

void TestBadInput::dockerfile_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("place");
    QTest::newRow("unclosed heredoc") << QByteArray(ctl::cannText) + "RUN <<EOF\necho\n"
                                      << QByteArray("pack/cann/Dockerfile:13:");
    QTest::newRow("unclosed quote") << QByteArray("ARG A=\"x\n") + ctl::cannText
                                    << QByteArray("pack/cann/Dockerfile:1:");
    QTest::newRow("no stage") << QByteArray("ARG A=1\n") << QByteArray("pack/cann/Dockerfile");
    QTest::newRow("binary") << QByteArray("FROM a\n\0x", 9) << QByteArray("pack/cann/Dockerfile:2:1");
    QTest::newRow("empty") << QByteArray() << QByteArray("pack/cann/Dockerfile");
}

void TestBadInput::dockerfile()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, place);
    const ctl::Centre centre;
    centre.write("pack/cann/Dockerfile", text);
    const ctl::Ran check = centre.run({"check"});
    QCOMPARE(check.code, 1);
    QVERIFY2(check.out.contains(place), check.out);
    QVERIFY(centre.run({"expand", "--target", "services"}).code >= 0);
    QCOMPARE(centre.run({"expand", "--target", "vllm", "--backend", "cuda"}).code, 0);
}

void TestBadInput::catalogue_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("no list") << QByteArray("{\"a\": 1}");
    QTest::newRow("no JSON") << QByteArray("[{\"a\": ");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("bad record") << QByteArray("[1]");
    QTest::newRow("deep") << QByteArray(10000, '[');
}

void TestBadInput::catalogue()
{
    QFETCH(QByteArray, text);
    const ctl::Centre centre;
    QVERIFY(QFile::remove(centre.path("matrix.yml")));
    centre.write("pack/matrix.yaml", "rules:\n  - { backend: cann, services: [vllm], args: [\"CANN_ARCHS=a3\"] }\n");
    centre.write("gpustack_runner/runner.py.json", text);
    const ctl::Ran runners = centre.run({"runners"});
    QCOMPARE(runners.code, 1);
    QVERIFY2(runners.err.contains("gpustack_runner/runner.py.json"), runners.err);
    const ctl::Ran check = centre.run({"check"});
    QCOMPARE(check.code, 1);
    QVERIFY2(check.out.contains("gpustack_runner/runner.py.json"), check.out);
}

QTEST_GUILESS_MAIN(TestBadInput)
#include "tst_badinput.moc"
