// Applying: not by a click that was meant for another button, and not without a place for the journal.
#include "onboardwindow.h"

#include <QElapsedTimer>

using namespace runner;
using namespace runner::ui;

class TestOnboardApply : public OnboardWindow
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    // Apply stands where Next stood: the second click of two does not write.
    void aSecondClickOnNextWritesNothing()
    {
        const int interval = QApplication::doubleClickInterval();
        QApplication::setDoubleClickInterval(1000); // Longer than it takes to work the proposal out.
        open("onboardBackend");
        QApplication::setDoubleClickInterval(interval);
        answerIdentity();
        nextAnd(&OnboardWindow::answerRuntime);
        nextAnd(&OnboardWindow::answerServices);
        nextAnd(&OnboardWindow::nothing);
        QElapsedTimer sinceNext;
        sinceNext.start();
        QTest::mouseClick(button(QWizard::NextButton), Qt::LeftButton);
        QCOMPARE(wizard()->currentPage(), wizard()->review());
        for (int clicks = 0; !button(QWizard::CommitButton)->isEnabled() && clicks < 20; ++clicks) {
            QTest::mouseClick(button(QWizard::CommitButton), Qt::LeftButton);
            QVERIFY(!wizard()->review()->isApplying());
            QTest::qWait(20);
        }
        QTRY_VERIFY_WITH_TIMEOUT(wizard()->review()->proposal().has_value(), 20000);
        QTRY_VERIFY_WITH_TIMEOUT(button(QWizard::CommitButton)->isEnabled(), 20000);
        QVERIFY(sinceNext.elapsed() >= 1900); // Timers may be a little early.
        QCOMPARE(bytesBelow(m_root), m_before);
        apply();
        takeBack();
    }

    // The journal lies in the user's state folder: without it nothing would be all or nothing.
    void withoutAStateFolderNothingIsWritten()
    {
        open("onboardBackend");
        answerNeuware();
        const QString blocked = m_folder->filePath(QStringLiteral("blocked"));
        QFile file(blocked);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        qputenv("XDG_STATE_HOME", blocked.toUtf8());
        QTest::mouseClick(button(QWizard::CommitButton), Qt::LeftButton);
        auto *state = find<QLabel>("reviewState");
        QTRY_VERIFY(state->text().contains(QStringLiteral("XDG_STATE_HOME")));
        QVERIFY2(state->text().contains(blocked), qPrintable(state->text()));
        QCOMPARE(bytesBelow(m_root), m_before);
        QVERIFY(!m_window->documents()->steps()->isWriting());
        qputenv("XDG_STATE_HOME", m_folder->filePath(QStringLiteral("state")).toUtf8());
        apply(); // It was said what to do.
        takeBack();
    }

    // With another identifier there is another Dockerfile.
    void aFileThatIsNotMadeAnyMoreIsCalledSo()
    {
        open("onboardBackend");
        answerNeuware();
        auto *files = find<QListWidget>("reviewFiles");
        const auto made = files->findItems(QStringLiteral("pack/neuware/Dockerfile (new)"), Qt::MatchExactly);
        QCOMPARE(made.size(), 1);
        files->setCurrentItem(made.first());
        find<QTabWidget>("reviewTabs")->setCurrentIndex(1);
        auto *text = find<CodeEditor>("reviewText");
        text->moveCursor(QTextCursor::Start);
        QTest::keyClicks(text, QStringLiteral("# Mine."));
        QTest::keyClick(text, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(button(QWizard::CommitButton)->isEnabled(), 20000);
        while (wizard()->currentId() != wizard()->startId())
            QTest::mouseClick(button(QWizard::BackButton), Qt::LeftButton);
        type("id", "cambricon"); // Another Dockerfile, and that one is not made.
        type("home", "/usr/local/neuware");
        for (int pages = 0; pages < 3; ++pages)
            nextAnd(&OnboardWindow::nothing);
        toReview();
        QCOMPARE(find<QLabel>("reviewNotice")->text(),
                 QStringLiteral("pack/neuware/Dockerfile is not made any more, so your edits of it are put aside."));
    }
};

QTEST_MAIN(TestOnboardApply)
#include "tst_onboardapply.moc"
