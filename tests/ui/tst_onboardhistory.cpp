// Applying is a step of the window's history, over several files.
#include "onboardwindow.h"

#include <QMessageBox>

using namespace runner;
using namespace runner::ui;

class TestOnboardHistory : public OnboardWindow
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void undoTakesItBackAndRedoBringsItAgain()
    {
        QVERIFY(m_window->showPlace(QStringLiteral("pack")));
        QTRY_VERIFY(m_window->currentPlace()->editedDocument());
        open("onboardBackend");
        answerNeuware();
        apply();
        finish();
        const auto after = bytesBelow(m_root);
        QVERIFY(after != m_before);
        QCOMPARE(plain("undo"), QStringLiteral("Undo Onboard the backend neuware"));
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        for (int i = 0; i < 2; ++i) {
            QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
            QTRY_COMPARE(plain("redo"), QStringLiteral("Redo Onboard the backend neuware"));
            QCOMPARE(bytesBelow(m_root), m_before);
            QVERIFY(!QFile::exists(m_root + QStringLiteral("/pack/neuware")));
            QVERIFY(!m_window->documents()->isModified());
            QTRY_VERIFY(!m_window->loader()->current()->workspace->matrix.findBackend("neuware"));
            QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
            QTRY_COMPARE(plain("undo"), QStringLiteral("Undo Onboard the backend neuware"));
            QCOMPARE(bytesBelow(m_root), after);
            QVERIFY(!m_window->documents()->isModified());
            QTRY_VERIFY(m_window->loader()->current()->workspace->matrix.findBackend("neuware"));
        }
    }

    void undoKeepsTheOrderOfEachFile()
    {
        TextDocument *matrix = matrixDocument();
        const std::string first = matrix->text();
        matrix->edit({{{0, 0}, "# before\n"}}, QStringLiteral("Before"));
        QVERIFY(m_window->documents()->saveAll());
        m_before = bytesBelow(m_root);
        onboardAndFinish();
        const std::string onboarded = matrix->text();
        const auto after = bytesBelow(m_root);
        matrix->edit({{{0, 0}, "# after\n"}}, QStringLiteral("After"));
        QTRY_COMPARE(plain("undo"), QStringLiteral("Undo After"));
        trigger("undo");
        QCOMPARE(matrix->text(), onboarded);
        QCOMPARE(bytesBelow(m_root), after);
        trigger("undo");
        QTRY_COMPARE(bytesBelow(m_root), m_before);
        QTRY_COMPARE(matrix->text(), "# before\n" + first);
        QVERIFY(!matrix->isModified());
        trigger("undo");
        QCOMPARE(matrix->text(), first);
        QCOMPARE(bytesBelow(m_root), m_before); // an ordinary step: saved when the user wants it
        QVERIFY(matrix->isModified());
        trigger("redo");
        trigger("redo");
        QTRY_COMPARE(bytesBelow(m_root), after);
        QTRY_COMPARE(matrix->text(), onboarded);
        trigger("redo");
        QCOMPARE(matrix->text(), "# after\n" + onboarded);
    }

    void undoIsRefusedWhereAFileHasGoneOn()
    {
        onboardAndFinish();
        const QString dockerfile = m_root + QStringLiteral("/pack/neuware/Dockerfile");
        QFile file(dockerfile);
        QVERIFY(file.open(QIODevice::Append));
        file.write("# mine\n");
        file.close();
        const auto changed = bytesBelow(m_root);
        const std::string onboarded = matrixDocument()->text();
        trigger("undo");
        QMessageBox *box = nullptr;
        QTRY_VERIFY((box = m_window->findChild<QMessageBox *>(QStringLiteral("stepRefused"))));
        QVERIFY2(box->text().contains(QStringLiteral("pack/neuware/Dockerfile")), qPrintable(box->text()));
        QCOMPARE(bytesBelow(m_root), changed);
        QCOMPARE(matrixDocument()->text(), onboarded);
        QTest::mouseClick(box->findChild<QPushButton *>(QStringLiteral("apart")), Qt::LeftButton);
        QVERIFY(matrixDocument()->text() != onboarded);
        QVERIFY(matrixDocument()->isModified());
        QCOMPARE(bytesBelow(m_root), changed);
        trigger("redo");
        QCOMPARE(matrixDocument()->text(), onboarded);
        QVERIFY(!matrixDocument()->isModified());
        QCOMPARE(bytesBelow(m_root), changed);
    }

    void undoIsRefusedWhereAnotherOpenFileHasOtherSteps()
    {
        open("onboardService");
        answerTei();
        apply();
        finish();
        const auto opened = m_window->documents()->open("pack/cuda/Dockerfile");
        QVERIFY(opened);
        (*opened)->edit({{{0, 0}, "# mine\n"}}, QStringLiteral("Mine"));
        const auto after = bytesBelow(m_root);
        trigger("undo");
        QMessageBox *box = nullptr;
        QTRY_VERIFY((box = m_window->findChild<QMessageBox *>(QStringLiteral("stepRefused"))));
        QVERIFY2(box->text().contains(QStringLiteral("not saved")), qPrintable(box->text()));
        QTest::keyClick(box, Qt::Key_Escape);
        (*opened)->undoStack()->undo();
        trigger("undo");
        QTRY_COMPARE(bytesBelow(m_root), m_before);
        QVERIFY(after != m_before);
    }

    void undoClosesWhatItTakesAway()
    {
        onboardAndFinish();
        QVERIFY(m_window->documents()->open("pack/neuware/Dockerfile"));
        trigger("undo");
        QTRY_COMPARE(bytesBelow(m_root), m_before);
        QTRY_VERIFY(!m_window->documents()->find("pack/neuware/Dockerfile"));
        QVERIFY(!m_window->documents()->isModified());
    }

    void answersAreCorrectedAndAppliedAgain()
    {
        open("onboardBackend");
        answerNeuware();
        apply();
        takeBack();
        QVERIFY(!find<QPushButton>("takeBack")->isVisible());
        QTest::mouseClick(find<QPushButton>("correctAnswers"), Qt::LeftButton);
        QCOMPARE(wizard()->currentId(), wizard()->startId());
        QCOMPARE(editor<QLineEdit>("name")->text(), QStringLiteral("Cambricon Neuware"));
        type("versions", "4.3.0");
        for (int page = 0; page < 3; ++page)
            nextAnd(&OnboardWindow::nothing);
        toReview();
        apply();
        QVERIFY(find<QLabel>("nextState")->text().isEmpty());
        QVERIFY(find<QPushButton>("nextStep0")->isEnabled() && find<QPushButton>("takeBack")->isEnabled());
        QCOMPARE(wizard()->findChildren<QPushButton *>(QStringLiteral("nextStep0")).size(), 1);
        expectSound();
        expectImages({{"neuware", "vllm", "linux/amd64"}});
        QVERIFY(
            bytesBelow(m_root)[QStringLiteral("/pack/neuware/Dockerfile")].contains("\nARG NEUWARE_VERSION=4.3.0\n"));
        QVERIFY(!bytesBelow(m_root)[QStringLiteral("/pack/neuware/Dockerfile")].contains("4.2.1"));
        takeBack();
        finish();
        QCOMPARE(plain("redo"), QStringLiteral("Redo Onboard the backend neuware"));
    }

    void savesFirstWhatIsNotSaved()
    {
        matrixDocument()->edit({{{0, 0}, "# mine\n"}}, QStringLiteral("Mine"));
        m_window->findChild<QAction *>(QStringLiteral("onboardBackend"))->trigger();
        QVERIFY(!wizard());
        auto *box = m_window->findChild<QMessageBox *>(QStringLiteral("saveFirst"));
        QVERIFY(box && box->text().contains(QStringLiteral("matrix.yml")));
        QTest::mouseClick(box->findChild<QPushButton *>(QStringLiteral("saveAndGoOn")), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(wizard(), 20000);
        QVERIFY(!m_window->documents()->isModified());
        m_before = bytesBelow(m_root);
        QVERIFY(m_before[QStringLiteral("/matrix.yml")].startsWith("# mine\n"));
        QVERIFY(QTest::qWaitForWindowExposed(wizard()));
        answerNeuware();
        apply();
        takeBack();
    }
};

QTEST_MAIN(TestOnboardHistory)
#include "tst_onboardhistory.moc"
