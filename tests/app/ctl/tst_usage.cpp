// runnerctl's command line: help, wrong usage, exit codes, output that cannot be written, completion.
#include "ctlfixture.h"

class TestUsage : public QObject
{
    Q_OBJECT

private slots:
    void helpAndVersion_data();
    void helpAndVersion();
    void wrongUsage_data();
    void wrongUsage();
    void noCentre();
    void folderBelow();
    void readerGoesAway();
    void fullDisk();
    void completionScripts();
    void completeWords_data();
    void completeWords();
    void bashCompletes();
};

void TestUsage::helpAndVersion_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("version") << QStringList{"--version"};
    QTest::newRow("help") << QStringList{"--help"};
    for (const char *command : {"table", "runners", "expand", "args", "image", "check", "resume", "completion",
                                "command", "build", "builds", "bake", "builders"})
        QTest::newRow(command) << QStringList{command, "--help"};
    QTest::newRow("image parse") << QStringList{"image", "parse", "--help"};
}

void TestUsage::helpAndVersion()
{
    QFETCH(QStringList, arguments);
    const ctl::Ran ran = ctl::run(arguments);
    QCOMPARE(ran.code, 0);
    QCOMPARE(ran.err, QByteArray());
    QVERIFY(!ran.out.isEmpty());
}

void TestUsage::wrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("nothing") << QStringList{};
    QTest::newRow("unknown command") << QStringList{"nope"};
    QTest::newRow("unknown option") << QStringList{"table", "--nope"};
    QTest::newRow("unknown format") << QStringList{"table", "--format", "pdf"};
    QTest::newRow("missing value") << QStringList{"runners", "--backend"};
    QTest::newRow("missing tag") << QStringList{"args"};
    QTest::newRow("missing shell") << QStringList{"completion"};
    QTest::newRow("extra word") << QStringList{"check", "it"};
}

void TestUsage::wrongUsage()
{
    QFETCH(QStringList, arguments);
    const ctl::Ran ran = ctl::run(arguments);
    QCOMPARE(ran.code, 2);
    QCOMPARE(ran.out, QByteArray());
    QVERIFY(!ran.err.isEmpty());
}

void TestUsage::noCentre()
{
    const QTemporaryDir folder;
    for (const QStringList &command : {QStringList{"table"}, {"runners"}, {"check"}, {"expand", "--target", "vllm"}}) {
        const ctl::Ran ran = ctl::run(QStringList{"-C", folder.path()} + command);
        QCOMPARE(ran.code, 3);
        QCOMPARE(ran.out, QByteArray());
        QVERIFY(ran.err.contains("workspace-not-found"));
    }
    QCOMPARE(ctl::run({"-C", folder.filePath("missing"), "table"}).code, 3);
}

void TestUsage::folderBelow()
{
    const ctl::Centre centre;
    QCOMPARE(ctl::run({"table", "-C", centre.path("pack/cann")}).code, 0);
}

void TestUsage::readerGoesAway()
{
    const ctl::Ran ran = ctl::shell("\"$CTL\" -C \"$1\" runners | head -1; echo ${PIPESTATUS[0]}", testdata::project());
    QCOMPARE(ran.out, QByteArray("[\n0\n"));
    QCOMPARE(ran.err, QByteArray());
}

void TestUsage::fullDisk()
{
    if (!QFile::exists("/dev/full"))
        QSKIP("there is no /dev/full");
    const ctl::Ran ran = ctl::shell("\"$CTL\" -C \"$1\" runners >/dev/full", testdata::project());
    QCOMPARE(ran.code, 1);
    QVERIFY2(ran.err.contains("cannot be written"), ran.err);
}

void TestUsage::completionScripts()
{
    QCOMPARE(ctl::run({"completion", "bash"}).out,
             testdata::read(testdata::project("resources/completion/runnerctl.bash")));
    QCOMPARE(ctl::run({"completion", "zsh"}).out, testdata::read(testdata::project("resources/completion/_runnerctl")));
    QCOMPARE(ctl::run({"completion", "fish"}).code, 2);
}

void TestUsage::completeWords_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QByteArray>("candidates");
    QTest::newRow("commands") << QStringList{"exp"} << QByteArray("expand\n");
    QTest::newRow("nested") << QStringList{"image", ""} << QByteArray("parse\nsort\n");
    QTest::newRow("options") << QStringList{"table", "--no"} << QByteArray("--no-deprecated\n");
    QTest::newRow("choices") << QStringList{"table", "--format", "m"} << QByteArray("markdown\n");
    QTest::newRow("split at =") << QStringList{"table", "--format", "=", "m"} << QByteArray("markdown\n");
    QTest::newRow("backends") << QStringList{"table", "--backend", ""} << QByteArray("cann\ncuda\n");
    QTest::newRow("targets") << QStringList{"expand", "--target", "s"} << QByteArray("sglang\nservices\n");
    QTest::newRow("tags") << QStringList{"args", "cu"} << QByteArray("cuda12.9-vllm0.13.0\ncuda12.9.1-python3.11\n");
    QTest::newRow("shells") << QStringList{"completion", ""} << QByteArray("bash\nzsh\n");
    QTest::newRow("nothing") << QStringList{"check", "x"} << QByteArray();
    QTest::newRow("unknown option") << QStringList{"table", "--nope", "x"} << QByteArray();
}

void TestUsage::completeWords()
{
    QFETCH(QStringList, words);
    QFETCH(QByteArray, candidates);
    const ctl::Centre centre;
    const ctl::Ran ran = ctl::run(QStringList{"complete", "-C", centre.path()} + words);
    QCOMPARE(ran.code, 0);
    QCOMPARE(ran.err, QByteArray());
    QCOMPARE(ran.out, candidates);
}

void TestUsage::bashCompletes()
{
    const ctl::Centre centre;
    const ctl::Ran ran = ctl::shell("source <(\"$CTL\" completion bash); COMP_WORDS=(\"$CTL\" table --backend cu); "
                                    "COMP_CWORD=3; cd \"$1\" && _runnerctl; echo \"${COMPREPLY[@]}\"",
                                    centre.path());
    QCOMPARE(ran.out, QByteArray("cuda\n"));
}

QTEST_GUILESS_MAIN(TestUsage)
#include "tst_usage.moc"
