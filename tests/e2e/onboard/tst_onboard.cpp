// A backend is onboarded and its images are built, on stand-ins for what reaches the network: by the buttons of the
// window, and by the command. Runs itself in `scripts/sandbox run`; where that cannot start, it is skipped and the
// sandbox says why.
#include "insandbox.h"
#include "onboardwindow.h"
#include "testdata.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

#include <vector>

using namespace runner;
using namespace runner::ui;

namespace {

struct Ran
{
    int code = -1;
    QByteArray out;
    QByteArray err;
};

/// However long it takes.
Ran run(const QString &folder, const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(program, arguments);
    process.closeWriteChannel();
    const bool ended = process.waitForFinished(-1) && process.exitStatus() == QProcess::NormalExit;
    return {ended ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
}

bool buildsArm()
{
    return run({}, QStringLiteral("docker"), {QStringLiteral("buildx"), QStringLiteral("inspect")})
        .out.contains("linux/arm64");
}

} // namespace

class TestE2eOnboard : public OnboardWindow
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        setUp();
        copyTree(QStringLiteral(RUNNER_SOURCE_DIR "/scripts"), m_root + QStringLiteral("/scripts"));
        reopen();
    }
    void cleanup() { tearDown(); }

    // Pages, review, apply, and the buttons of what to do next.
    void theWindowMakesABackendThatBuilds()
    {
        open("onboardBackend");
        answerNeuware();
        apply();
        press("nextStep0");
        QCOMPARE(find<QLabel>("nextState")->text(), QStringLiteral("It went well."));
        expectRehearsed("4.2.1");
        // BuildKit is asked for real; it wants to see the vendor's image, and here no registry has it.
        QTest::mouseClick(find<QPushButton>("nextStep1"), Qt::LeftButton);
        waitForEnd();
        QVERIFY2(find<QPlainTextEdit>("nextOutput")
                     ->toPlainText()
                     .contains(QStringLiteral("load metadata for docker.io/cambricon/neuware")),
                 qPrintable(find<QPlainTextEdit>("nextOutput")->toPlainText()));
    }

    // It is stopped in the middle, and nothing of it goes on.
    void aRehearsalIsStopped()
    {
        open("onboardBackend");
        answerNeuware();
        apply();
        QTest::mouseClick(find<QPushButton>("nextStep0"), Qt::LeftButton);
        while (wizard()->next()->isRunning()
               && !find<QPlainTextEdit>("nextOutput")->toPlainText().contains(QStringLiteral("neuware linux/amd64")))
            QTest::qWait(20);
        QVERIFY2(wizard()->next()->isRunning(), qPrintable(find<QPlainTextEdit>("nextOutput")->toPlainText()));
        QTest::mouseClick(find<QPushButton>("nextStop"), Qt::LeftButton);
        waitForEnd();
        QVERIFY2(find<QLabel>("nextState")->text().startsWith(QStringLiteral("Stopped. ")),
                 qPrintable(find<QLabel>("nextState")->text()));
        takeBack();
    }

    // What `runnerctl onboard` writes, and every test that the other backends have to pass.
    void theCommandMakesABackendThatPassesEveryTest()
    {
        const QString spec = m_folder->filePath(QStringLiteral("spec.yml"));
        centre::write(spec, run({}, QStringLiteral(RUNNERCTL),
                                {QStringLiteral("onboard"), QStringLiteral("backend"), QStringLiteral("--example")})
                                .out);
        const Ran written = run(m_root, QStringLiteral(RUNNERCTL),
                                {QStringLiteral("-C"), m_root, QStringLiteral("onboard"), QStringLiteral("backend"),
                                 QStringLiteral("--spec"), spec, QStringLiteral("--write"), QStringLiteral("--format"),
                                 QStringLiteral("json")});
        QVERIFY2(written.code == 0, written.err.constData());
        const QJsonObject next =
            QJsonDocument::fromJson(written.out).object()[QStringLiteral("next")].toArray().at(0).toObject();
        QCOMPARE(next[QStringLiteral("kind")].toString(), QStringLiteral("rehearse"));
        QStringList words = next[QStringLiteral("command")].toVariant().toStringList();
        const QString program = m_root + u'/' + words.takeFirst();
        const Ran rehearsed = run(m_root, program, words);
        QVERIFY2(rehearsed.code == 0, (rehearsed.out + rehearsed.err).constData());
        expectRehearsed("4.1.0");
        const Ran arguments = run(m_root, program, QStringList{QStringLiteral("--arguments")} + words);
        QVERIFY2(arguments.code == 0, (arguments.out + arguments.err).constData());
        const Ran tests = run(m_root, m_root + QStringLiteral("/tests/e2e/rehearsal/tests/run"),
                              {QStringLiteral("test_backend.py"), QStringLiteral("neuware")});
        QVERIFY2(tests.code == 0, (tests.out + tests.err).constData());
    }

private:
    void waitForEnd() const
    {
        while (wizard()->next()->isRunning())
            QTest::qWait(50);
    }

    void press(const char *name) const
    {
        QTest::mouseClick(find<QPushButton>(name), Qt::LeftButton);
        QVERIFY(wizard()->next()->isRunning());
        waitForEnd();
        if (!find<QLabel>("nextState")->text().startsWith(QStringLiteral("It went well")))
            qWarning("%s", qPrintable(find<QPlainTextEdit>("nextOutput")->toPlainText()));
    }

    /// The last stage of every image was built and starts as it should; its service has the version of the tag.
    void expectRehearsed(const QByteArray &version) const
    {
        QStringList files{QStringLiteral("vllm.txt")};
        if (buildsArm())
            files << QStringLiteral("vllm.arm64.txt");
        else
            qInfo("not tried: the sandbox cannot run programs of arm64");
        for (const QString &file : files) {
            const QByteArray text =
                testdata::read(m_root + QStringLiteral("/tests/e2e/rehearsal/golden/neuware/") + file);
            const QByteArray image = text.mid(text.lastIndexOf("\nimage\n"));
            QVERIFY2(image.contains("\n  entrypoint tini --\n") && image.contains("\n  folder /\n"), text.constData());
            QVERIFY2(image.contains("\n  NEUWARE_VERSION=" + version + "\n"), image.constData());
            QVERIFY2(image.contains("\n  NEUWARE_HOME=/usr/local/neuware\n"), image.constData());
            QVERIFY2(text.contains("vllm"), text.constData());
        }
    }
};

int main(int argc, char **argv)
{
    enterSandbox(argc, argv);
    const QApplication application(argc, argv);
    TestE2eOnboard test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_onboard.moc"
