// What is to be done after an onboarding is run for real.
#include "onboardwindow.h"
#include "testdata.h"

using namespace runner;
using namespace runner::ui;

namespace {

/// A docker of our own is the first in PATH.
class Docker
{
public:
    explicit Docker(const QString &folder)
        : m_log(folder + QStringLiteral("/docker.log"))
    {
        QVERIFY(QDir(folder).mkpath(QStringLiteral("bin")));
        QVERIFY(QFile::link(QStringLiteral(FAKE_DOCKER), folder + QStringLiteral("/bin/docker")));
        centre::write(folder + QStringLiteral("/docker.out"), "checking…\n");
        qputenv("PATH", folder.toUtf8() + "/bin:" + m_path);
        qputenv("FAKE_DOCKER_STREAM", folder.toUtf8() + "/docker.out");
        qputenv("FAKE_DOCKER_LOG", m_log.toUtf8());
    }
    ~Docker()
    {
        qputenv("PATH", m_path);
        for (const char *name : {"FAKE_DOCKER_STREAM", "FAKE_DOCKER_LOG", "FAKE_DOCKER_EXIT", "FAKE_DOCKER_HANG"})
            qunsetenv(name);
    }
    QByteArray calls() const { return testdata::read(m_log); }

private:
    QString m_log;
    QByteArray m_path = qgetenv("PATH");
};

} // namespace

class TestOnboardNext : public OnboardWindow
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void runsWhatIsToBeDoneNext()
    {
        QVERIFY(QDir(m_root).mkpath(QStringLiteral("scripts")));
        centre::write(m_root + QStringLiteral("/scripts/rehearse"),
                      "#!/bin/sh\necho \"in $(basename \"$PWD\"): $*\"\n");
        QVERIFY(QFile::setPermissions(m_root + QStringLiteral("/scripts/rehearse"),
                                      QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        reopen();
        const Docker docker(m_folder->path());
        open("onboardBackend");
        answerNeuware();
        apply();
        auto *state = find<QLabel>("nextState");
        auto *output = find<QPlainTextEdit>("nextOutput");
        auto *stop = find<QPushButton>("nextStop");
        auto *rehearse = find<QPushButton>("nextStep0");
        QCOMPARE(plainText(rehearse->text()), QStringLiteral("Rehearse"));
        QTest::mouseClick(rehearse, Qt::LeftButton);
        QVERIFY(stop->isVisible() && find<QWidget>("nextBusy")->isVisible() && !rehearse->isEnabled());
        QVERIFY(state->text().startsWith(QStringLiteral("Running")));
        QTRY_COMPARE(state->text(), QStringLiteral("It went well."));
        QCOMPARE(output->toPlainText(), QStringLiteral("in centre: --update neuware\n"));
        QVERIFY(!stop->isVisible() && rehearse->isEnabled());

        auto *dryRun = find<QPushButton>("nextStep1");
        QCOMPARE(plainText(dryRun->text()), QStringLiteral("Dry run"));
        qputenv("FAKE_DOCKER_EXIT", "3");
        QTest::mouseClick(dryRun, Qt::LeftButton);
        QTRY_COMPARE(state->text(), QStringLiteral("It ended with exit code 3."));
        QVERIFY(output->toPlainText().contains(QStringLiteral("checking…")));
        QCOMPARE(docker.calls(), QByteArray("buildx build --call=check --target runtime --file pack/neuware/Dockerfile "
                                            "--build-context common=pack/common pack/neuware\n"));

        for (const char *manner : {"polite", "deaf"}) {
            qputenv("FAKE_DOCKER_HANG", manner);
            QTest::mouseClick(dryRun, Qt::LeftButton);
            QTRY_VERIFY(output->toPlainText().contains(QStringLiteral("checking…")));
            QTest::mouseClick(stop, Qt::LeftButton);
            if (qstrcmp(manner, "deaf") == 0) {
                QVERIFY(state->text().startsWith(QStringLiteral("Stopping")));
                QTest::mouseClick(stop, Qt::LeftButton);
            }
            QTRY_VERIFY(state->text().startsWith(QStringLiteral("Stopped. ")));
            QVERIFY(!stop->isVisible() && dryRun->isEnabled());
        }
        picture("next-stopped");
        takeBack();
        picture("next-taken-back");
    }
};

QTEST_MAIN(TestOnboardNext)
#include "tst_onboardnext.moc"
